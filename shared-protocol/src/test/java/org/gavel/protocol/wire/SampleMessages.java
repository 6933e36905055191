package org.gavel.protocol.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.Uid;

/** Random messages of every type, made from the records themselves, so that no new one is forgotten. */
final class SampleMessages {
    private static final long[] LONGS = {0, 1, -1, 42, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1, 1_800_000_000_000L, 0x8000_0000_0000_0001L};
    private static final String[] TEXTS = {"", "mika", "a \"quoted\" \\ line\n\t\u0000", "Grüße, 競売 \uD83D\uDD28", "{\"json\":[1,2]}", "</script>\u2028"};

    private final SplittableRandom random;

    SampleMessages(long seed) {
        random = new SplittableRandom(seed);
    }

    Message of(MessageType type) {
        return (Message) record(type.record());
    }

    private Object record(Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean nothing = components[i].isAnnotationPresent(OrNull.class) && random.nextBoolean();
            values[i] = nothing ? null : value(types[i], components[i].getGenericType());
        }
        try {
            return record.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(record.toString(), e);
        }
    }

    private Object value(Class<?> type, Type generic) {
        if (type == long.class) {
            return random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
        }
        if (type == int.class) {
            return random.nextBoolean() ? random.nextInt(100) : random.nextInt();
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == String.class) {
            return TEXTS[random.nextInt(TEXTS.length)];
        }
        if (type == Uid.class) {
            return new Uid(random.nextLong());
        }
        if (type == Address.class) {
            return new Address(random.nextInt(), random.nextInt(65536));
        }
        if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(50)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
            List<Object> list = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                list.add(value(element, element));
            }
            return list;
        }
        return record(type);
    }
}
