package org.gavel.node.hostile;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.gavel.protocol.wire.MessageType;

/** Changes bytes, frames and JSON, from a seed. */
final class Mutator {
    private static final int FRAME_PREFIX_BYTES = 13;
    private static final byte[] SIGNS = "{}[]\",:-0123456789eE.ntf\\u".getBytes(StandardCharsets.US_ASCII);
    private static final String[] TEXTS = {"", "\u0000", "x".repeat(400), "{}", "[[[[", "null", "\ud800", "lamp-1", "-1", "127.0.0.1:99999", "0000000000000000", "ffffffffffffffff"};
    private static final String[] NUMBERS = {"0", "1", "-1", "2", "3", "7", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1e400", "1.5", "-0",
        "2147483647", "-2147483648", "4294967296", "4611686018427387904", "9".repeat(300)};

    private final SplittableRandom random;
    /** Texts and numbers that mean something in the cluster under attack: uids, groups, epochs. */
    private final List<JsonPrimitive> known;

    Mutator(SplittableRandom random, List<JsonPrimitive> known) {
        this.random = random;
        this.known = known;
    }

    /** Flips, overwrites, moves, cuts and lengthens bytes from {@code from} on. */
    byte[] bytes(byte[] original, int from) {
        byte[] bytes = original.clone();
        for (int i = 1 + random.nextInt(4); i > 0 && from < bytes.length; i--) {
            int at = from + random.nextInt(bytes.length - from);
            switch (random.nextInt(7)) {
                case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) random.nextInt();
                case 3 -> bytes[at] = SIGNS[random.nextInt(SIGNS.length)];
                case 4 -> {
                    int other = from + random.nextInt(bytes.length - from);
                    System.arraycopy(bytes, other, bytes, at, Math.min(random.nextInt(24), bytes.length - Math.max(at, other)));
                }
                case 5 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(9)), (byte) (random.nextBoolean() ? 0xff : 0));
                default -> bytes = random.nextBoolean() ? Arrays.copyOf(bytes, at) : Arrays.copyOf(bytes, Math.min(1_300, bytes.length + random.nextInt(40)));
            }
        }
        return bytes;
    }

    /** Type, group, lengths, or what is carried behind the JSON. */
    byte[] frame(byte[] original, long[] groups) {
        byte[] frame = original.clone();
        if (frame.length < FRAME_PREFIX_BYTES) {
            return frame;
        }
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        switch (random.nextInt(5)) {
            case 0 -> frame[0] = (byte) MessageType.values()[random.nextInt(MessageType.values().length)].code();
            case 1 -> bytes.putLong(1, groups[random.nextInt(groups.length)]);
            case 2 -> bytes.putInt(9, random.nextBoolean() ? random.nextInt() : bytes.getInt(9) + random.nextInt(9) - 4);
            case 3 -> {
                int json = Math.min(Math.max(0, bytes.getInt(9)), frame.length - FRAME_PREFIX_BYTES);
                return bytes(frame, FRAME_PREFIX_BYTES + json);
            }
            default -> {
                frame[0] = (byte) random.nextInt();
                bytes.putLong(1, random.nextLong());
            }
        }
        return frame;
    }

    /** The same message with one to three of its JSON's values changed. */
    byte[] json(byte[] frame) {
        if (frame.length < FRAME_PREFIX_BYTES) {
            return frame;
        }
        int length = ByteBuffer.wrap(frame).getInt(9);
        if (length < 2 || length > frame.length - FRAME_PREFIX_BYTES) {
            return frame;
        }
        JsonElement root = JsonParser.parseString(new String(frame, FRAME_PREFIX_BYTES, length, StandardCharsets.UTF_8));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            change(root);
        }
        byte[] json = spelled(root);
        byte[] carried = Arrays.copyOfRange(frame, FRAME_PREFIX_BYTES + length, frame.length);
        return ByteBuffer.allocate(FRAME_PREFIX_BYTES + json.length + carried.length).put(frame, 0, 9).putInt(json.length).put(json).put(carried).array();
    }

    private byte[] spelled(JsonElement root) {
        String text = root.toString();
        if (random.nextInt(60) == 0) {
            String deep = "[".repeat(500);
            text = text.replaceFirst(":", ":" + deep);
        } else if (random.nextInt(60) == 0) {
            text = text.replaceFirst("\\{", "{\"later\":" + "[".repeat(300) + "]".repeat(300) + ",");
        } else if (random.nextInt(60) == 0) {
            text = text.replaceFirst("\\}", "," + text.substring(1));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void change(JsonElement root) {
        List<JsonElement> containers = new ArrayList<>();
        gather(root, containers);
        if (containers.isEmpty()) {
            return;
        }
        JsonElement container = containers.get(random.nextInt(containers.size()));
        if (container instanceof JsonObject object && !object.isEmpty()) {
            List<String> names = new ArrayList<>(object.keySet());
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(12) == 0) {
                object.remove(name);
            } else {
                object.add(name, instead(object.get(name)));
            }
        } else if (container instanceof JsonArray array) {
            if (array.isEmpty() || random.nextInt(4) == 0) {
                array.add(array.isEmpty() ? any() : array.get(random.nextInt(array.size())));
            } else {
                array.set(random.nextInt(array.size()), instead(array.get(0)));
            }
        }
    }

    private static void gather(JsonElement element, List<JsonElement> containers) {
        if (element instanceof JsonObject object) {
            containers.add(object);
            for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
                gather(entry.getValue(), containers);
            }
        } else if (element instanceof JsonArray array) {
            containers.add(array);
            array.forEach(e -> gather(e, containers));
        }
    }

    private JsonElement instead(JsonElement value) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return any();
        }
        if (value instanceof JsonPrimitive primitive && primitive.isNumber() && kind < 5) {
            BigInteger near = new BigInteger(primitive.getAsString().matches("-?[0-9]+") ? primitive.getAsString() : "0");
            return number(near.add(BigInteger.valueOf(random.nextInt(7) - 3)).toString());
        }
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            return kind < 7 ? like(primitive) : number(NUMBERS[random.nextInt(NUMBERS.length)]);
        }
        return value instanceof JsonPrimitive primitive && kind < 8 ? like(primitive) : value == null || kind == 9 ? any() : value;
    }

    /** One of the known values of the same kind. */
    private JsonElement like(JsonPrimitive value) {
        JsonPrimitive one = known.get(random.nextInt(known.size()));
        return one.isString() == value.isString() ? one : value.isString() ? new JsonPrimitive(TEXTS[random.nextInt(TEXTS.length)]) : number(NUMBERS[random.nextInt(NUMBERS.length)]);
    }

    private static JsonElement number(String spelled) {
        return new JsonPrimitive(new com.google.gson.internal.LazilyParsedNumber(spelled));
    }

    private JsonElement any() {
        return switch (random.nextInt(7)) {
            case 0 -> JsonNull.INSTANCE;
            case 1 -> new JsonPrimitive(random.nextBoolean());
            case 2 -> new JsonArray();
            case 3 -> new JsonObject();
            case 4 -> new JsonPrimitive(TEXTS[random.nextInt(TEXTS.length)]);
            case 5 -> known.get(random.nextInt(known.size()));
            default -> number(NUMBERS[random.nextInt(NUMBERS.length)]);
        };
    }
}
