package org.gavel.protocol.wire;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records as JSON objects, stricter than Gson's own way: a component that is missing, null, doubled or of another type is an error
 * unless it is marked {@link OrNull}. (Gson would fill in zero and null, which a protocol then trips over.) {@code byte[]} components
 * are left out: they travel behind the JSON. Names that a record does not know are skipped, so that a later version may add some.
 */
final class RecordJson implements TypeAdapterFactory {
    private static final byte[] NOTHING = new byte[0];

    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        return type.getRawType().isRecord() ? new Adapter<>(gson, type) : null;
    }

    private static final class Adapter<T> extends TypeAdapter<T> {
        private final Class<? super T> record;
        private final Constructor<? super T> constructor;
        private final Part[] parts;
        private final Map<String, Integer> places = new LinkedHashMap<>();

        Adapter(Gson gson, TypeToken<T> type) {
            record = type.getRawType();
            RecordComponent[] components = record.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            parts = new Part[components.length];
            for (int i = 0; i < parts.length; i++) {
                types[i] = components[i].getType();
                parts[i] = Part.of(gson, components[i]);
                if (!parts[i].isCarried()) {
                    places.put(parts[i].name, i);
                }
            }
            try {
                constructor = record.getDeclaredConstructor(types);
                constructor.setAccessible(true); // or the caller's right is looked up at each message
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(record + " has no canonical constructor", e);
            }
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            out.beginObject();
            for (Part part : parts) {
                if (!part.isCarried()) {
                    part.write(out, record, value);
                }
            }
            out.endObject();
        }

        @Override
        public T read(JsonReader in) throws IOException {
            Object[] values = new Object[parts.length];
            in.beginObject();
            while (in.hasNext()) {
                Integer place = places.get(in.nextName());
                if (place == null) {
                    in.skipValue();
                } else if (in.peek() == JsonToken.NULL) {
                    in.nextNull();
                } else if (values[place] != null) {
                    throw new JsonParseException(record.getSimpleName() + " names " + parts[place].name + " twice");
                } else {
                    values[place] = parts[place].read(in);
                }
            }
            in.endObject();
            return make(values);
        }

        @SuppressWarnings("unchecked")
        private T make(Object[] values) {
            for (int i = 0; i < parts.length; i++) {
                if (parts[i].isCarried()) {
                    values[i] = NOTHING;
                } else if (values[i] == null && !parts[i].orNull) {
                    throw new JsonParseException(record.getSimpleName() + " lacks " + parts[i].name);
                }
            }
            try {
                return (T) constructor.newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new JsonParseException(record.getSimpleName() + " refuses its values", e);
            }
        }
    }

    private static final class Part {
        final String name;
        final boolean orNull;
        private final Method accessor;
        /** Null for the bytes that travel behind the JSON. */
        private final TypeAdapter<Object> adapter;

        private Part(String name, boolean orNull, Method accessor, TypeAdapter<Object> adapter) {
            this.name = name;
            this.orNull = orNull;
            this.accessor = accessor;
            this.adapter = adapter;
        }

        @SuppressWarnings("unchecked")
        static Part of(Gson gson, RecordComponent component) {
            TypeAdapter<?> adapter = component.getType() == byte[].class ? null
                    : gson.getAdapter(TypeToken.get(component.getGenericType()));
            component.getAccessor().setAccessible(true);
            return new Part(component.getName(), component.isAnnotationPresent(OrNull.class), component.getAccessor(),
                    (TypeAdapter<Object>) adapter);
        }

        boolean isCarried() {
            return adapter == null;
        }

        void write(JsonWriter out, Class<?> record, Object owner) throws IOException {
            Object value;
            try {
                value = accessor.invoke(owner);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(record.getSimpleName() + "." + name + " cannot be read", e);
            }
            if (value != null) {
                out.name(name);
                adapter.write(out, value);
            } else if (!orNull) {
                throw new IllegalArgumentException(record.getSimpleName() + "." + name + " must not be null");
            }
        }

        Object read(JsonReader in) throws IOException {
            Object value = adapter.read(in);
            return value instanceof List<?> list ? List.copyOf(list) : value;
        }
    }
}
