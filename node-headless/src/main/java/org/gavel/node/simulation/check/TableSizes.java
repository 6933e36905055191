package org.gavel.node.simulation.check;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/**
 * How many elements every collection inside an object has, whoever wrote it: found by reflection, so a table that is added is seen without anybody naming it.
 * Follows the fields of Gavel's own objects and the elements of collections and arrays; not the host, nor what stands behind functions.
 */
final class TableSizes {
    private static final String OURS = "org.gavel.";
    private static final List<String> OUTSIDE = List.of("org.gavel.node.simulation.", "org.gavel.protocol.host.");

    private final Map<Class<?>, List<Field>> fields = new HashMap<>();

    /** @param found 'Class.field' and the number of its elements, once for each collection and array of objects that is reached from {@code root} */
    void of(Object root, ObjIntConsumer<String> found) {
        Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> toDo = new ArrayDeque<>();
        follow(root, met, toDo);
        while (!toDo.isEmpty()) {
            Object object = toDo.remove();
            for (Field field : fields.computeIfAbsent(object.getClass(), TableSizes::fieldsOf)) {
                Object value = get(field, object);
                if (value != null) {
                    measure(field.getDeclaringClass().getSimpleName() + "." + field.getName(), value, met, toDo, found);
                }
            }
        }
    }

    private static void measure(String name, Object value, Set<Object> met, Deque<Object> toDo, ObjIntConsumer<String> found) {
        if (value instanceof Map<?, ?> map) {
            found.accept(name, map.size());
            map.keySet().forEach(k -> measure(name + " key", k, met, toDo, found));
            map.values().forEach(v -> measure(name + " value", v, met, toDo, found));
        } else if (value instanceof Collection<?> collection) {
            found.accept(name, collection.size());
            collection.forEach(e -> measure(name + " element", e, met, toDo, found));
        } else if (value instanceof Object[] array) {
            int filled = 0;
            for (int i = 0; i < Array.getLength(array); i++) {
                if (array[i] != null) {
                    filled++;
                    measure(name + " element", array[i], met, toDo, found);
                }
            }
            found.accept(name, filled);
        } else {
            follow(value, met, toDo);
        }
    }

    private static void follow(Object value, Set<Object> met, Deque<Object> toDo) {
        Class<?> type = value.getClass();
        if (type.getName().startsWith(OURS) && OUTSIDE.stream().noneMatch(type.getName()::startsWith) && !type.isHidden() && !type.isEnum()
                && met.add(value)) {
            toDo.add(value);
        }
    }

    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> all = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive() && field.getType() != String.class) {
                    field.setAccessible(true);
                    all.add(field);
                }
            }
        }
        return all;
    }

    private static Object get(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " was made accessible", e);
        }
    }
}
