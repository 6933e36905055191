package org.gavel.node.replication.worlds;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.link.Links;

/**
 * The state of production objects as bytes: two objects with equal bytes behave alike. Read by reflection, so a field that is added counts by itself.
 * <p>Left out are the host, functional fields (wired once, in constructors) and what {@link #UNSEEN} names: counters and sentences that decide nothing. Maps and
 * sets are written sorted, since here none is iterated in an order that matters: one session, one test group.
 */
final class Fingerprint {
    /** Class.field that decides nothing here; {@code highestEpoch} only tells leaps of a thousand million epochs, and what to ask for when a node is known ended. */
    private static final Set<String> UNSEEN = Set.of("LcrElection.passed", "LcrElection.swallowed", "LcrElection.because", "LcrElection.round",
            "RingHops.tokensSent", "RingHops.electedSent", "RingHops.resends", "RingHops.repairs", "HopGate.dropped", "Replica.snapshotBytes",
            "ReplicaLog.outcomes", "LogEntry.bytes", "GroupRoles.highestEpoch");

    private final Set<String> unseenHere;
    private final Map<Class<?>, Field[]> fields;
    private final Map<Object, Integer> met = new IdentityHashMap<>();
    private byte[] bytes = new byte[1 << 12];
    private int length;

    Fingerprint() {
        this(Set.of());
    }

    /** @param unseenHere class.field of what decides nothing in this world, beside {@link #UNSEEN} */
    Fingerprint(Set<String> unseenHere) {
        this(unseenHere, new HashMap<>());
    }

    private Fingerprint(Set<String> unseenHere, Map<Class<?>, Field[]> fields) {
        this.unseenHere = unseenHere;
        this.fields = fields;
    }

    void reset() {
        met.clear();
        length = 0;
    }

    /** What was written so far. */
    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** 128 bits of what was written so far. */
    Key key() {
        return Key.of(bytes, length);
    }

    void number(long value) {
        if (length + 8 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        for (int i = 0; i < 8; i++) {
            bytes[length++] = (byte) (value >>> 8 * i);
        }
    }

    void raw(byte[] value) {
        number(value.length);
        while (length + value.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void any(Object value) {
        if (value == null) {
            number(-1);
        } else if (value instanceof Number || value instanceof Boolean || value instanceof String || value instanceof Enum<?>) {
            simple(value);
        } else if (value instanceof byte[] array) {
            raw(array);
        } else if (value.getClass().isArray()) {
            sparse(value);
        } else if (value instanceof Map<?, ?> map) {
            List<byte[]> parts = new ArrayList<>();
            map.forEach((k, v) -> parts.add(part(k, v)));
            sorted(parts);
        } else if (value instanceof Set<?> set) {
            List<byte[]> parts = new ArrayList<>();
            set.forEach(e -> parts.add(part(e, null)));
            sorted(parts);
        } else if (value instanceof Collection<?> list) {
            number(list.size());
            list.forEach(this::any);
        } else {
            object(value);
        }
    }

    private void simple(Object value) {
        if (value instanceof Number n) {
            number(n.longValue());
        } else if (value instanceof Boolean b) {
            number(b ? 1 : 0);
        } else {
            raw(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Mostly empty, as a ring buffer: what stands there, with its place. */
    private void sparse(Object array) {
        for (int i = 0; i < Array.getLength(array); i++) {
            Object element = Array.get(array, i);
            if (element != null) {
                number(i);
                any(element);
            }
        }
        number(-2);
    }

    /** Elements of unordered collections are values, or objects that nothing else points to. */
    private byte[] part(Object key, Object value) {
        Fingerprint part = new Fingerprint(unseenHere, fields);
        part.met.putAll(met);
        part.any(key);
        part.any(value);
        return part.bytes();
    }

    private void sorted(List<byte[]> parts) {
        parts.sort(Arrays::compare);
        number(parts.size());
        parts.forEach(this::raw);
    }

    private void object(Object value) {
        Class<?> type = value.getClass();
        if (!type.getName().startsWith("org.gavel.")) {
            throw new IllegalStateException("no rule for the state of a " + type.getName());
        }
        if (!type.isRecord() && !type.getSimpleName().equals("LogEntry")) {
            Integer before = met.putIfAbsent(value, met.size());
            if (before != null) {
                number(before);
                return;
            }
        }
        number(type.getName().hashCode()); // else a Fenced and a Fetch with equal numbers would be one message
        if (value instanceof Timers<?>) {
            return; // the host knows which of them run
        }
        for (Field field : fieldsOf(type)) {
            try {
                any(field.get(value));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Field[] fieldsOf(Class<?> type) {
        return fields.computeIfAbsent(type, t -> {
            List<Field> seen = new ArrayList<>();
            for (Class<?> c = t; c != Object.class; c = c.getSuperclass()) {
                for (Field field : c.getDeclaredFields()) {
                    if (isSeen(field)) {
                        field.setAccessible(true);
                        seen.add(field);
                    }
                }
            }
            return seen.toArray(Field[]::new);
        });
    }

    private boolean isSeen(Field field) {
        Class<?> type = field.getType();
        String simple = type.getSimpleName();
        boolean wired = Host.class.isAssignableFrom(type) || Links.class.isAssignableFrom(type) || simple.endsWith("Listener")
                || simple.endsWith("Settings") || simple.equals("StateMachine") || type.getName().startsWith("java.util.function.")
                || type == Runnable.class;
        return !Modifier.isStatic(field.getModifiers()) && !wired
                && !UNSEEN.contains(nameOf(field)) && !unseenHere.contains(nameOf(field));
    }

    private static String nameOf(Field field) {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    /** 128 bits that stand for a state. With a million states the chance that two of them share it is below 10 to the power of -26. */
    record Key(long high, long low) {
        static Key of(byte[] bytes, int length) {
            long a = 0x9E3779B97F4A7C15L;
            long b = 0xC2B2AE3D27D4EB4FL;
            for (int i = 0; i < length; i++) {
                a = mix(a ^ bytes[i]);
                b = mix(b + bytes[i] + 0x165667B19E3779F9L);
            }
            return new Key(mix(a ^ length), mix(b + length));
        }
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
