package org.gavel.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;

/**
 * The five kinds of message that every bid or every heartbeat costs, written and read straight as bytes: about a tenth of Gson's time.
 * The spelling is Gson's own, character by character. Reading gives up (null) on any other spelling, which then goes to Gson: the fast
 * way decides nothing by itself. Not thread-safe: it reuses its buffer.
 */
final class HotJson {
    private static final byte[][] APPEND = keys("epoch", "prevIndex", "prevChecksum", "commitIndex", "count");
    private static final byte[][] HELD = keys("epoch", "index", "logId");
    private static final byte[][] SUBMIT = keys("client", "session", "sequence", "lowestUnanswered");
    private static final byte[][] DELIVERED = keys("firstIndex", "count", "timeMs");
    private static final byte[][] HEARTBEAT = keys("view", "epoch", "lastIndex", "commitIndex", "timeMs", "members");
    private static final byte[][] VIEW = keys("foundation", "epoch", "number");
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LEAST = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = new byte[0];
    /** Longest key, number, hex and punctuation together: what one step may write. */
    private static final int STEP_BYTES_MAX = 64;

    private byte[] buffer = new byte[512];
    private int at;
    private int end;
    private boolean usual;

    private static byte[][] keys(String... names) {
        byte[][] keys = new byte[names.length][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ((i == 0 ? "{\"" : ",\"") + names[i] + "\":").getBytes(StandardCharsets.US_ASCII);
        }
        return keys;
    }

    // ---------------------------------------------------------------- writing

    /** The JSON of {@code message} is afterwards in {@link #written} [0..result); -1 if the message is none of the five. */
    int write(Message message) {
        at = 0;
        switch (message.type()) {
            case APPEND -> {
                Message.Append m = (Message.Append) message;
                put(APPEND[0], m.epoch()).put(APPEND[1], m.prevIndex()).put(APPEND[2], m.prevChecksum());
                put(APPEND[3], m.commitIndex()).put(APPEND[4], m.count());
            }
            case HELD -> {
                Message.Held m = (Message.Held) message;
                put(HELD[0], m.epoch()).put(HELD[1], m.index()).put(HELD[2], m.logId());
            }
            case SUBMIT -> {
                Message.Submit m = (Message.Submit) message;
                put(SUBMIT[0]).put(m.client()).put(SUBMIT[1], m.session()).put(SUBMIT[2], m.sequence());
                put(SUBMIT[3], m.lowestUnanswered());
            }
            case DELIVERED -> {
                Message.Delivered m = (Message.Delivered) message;
                put(DELIVERED[0], m.firstIndex()).put(DELIVERED[1], m.count()).put(DELIVERED[2], m.timeMs());
            }
            case HEARTBEAT -> putHeartbeat((Message.Heartbeat) message);
            default -> {
                return -1;
            }
        }
        put((byte) '}');
        return at;
    }

    byte[] written() {
        return buffer;
    }

    private void putHeartbeat(Message.Heartbeat m) {
        put(HEARTBEAT[0]).put(VIEW[0], m.view().foundation()).put(VIEW[1], m.view().epoch()).put(VIEW[2], m.view().number());
        put((byte) '}').put(HEARTBEAT[1], m.epoch()).put(HEARTBEAT[2], m.lastIndex()).put(HEARTBEAT[3], m.commitIndex());
        put(HEARTBEAT[4], m.timeMs()).put(HEARTBEAT[5]).put((byte) '[');
        boolean first = true;
        for (Uid member : m.members()) {
            if (!first) {
                put((byte) ',');
            }
            first = false;
            put(member);
        }
        put((byte) ']');
    }

    private HotJson put(byte[] text) {
        if (buffer.length - at < STEP_BYTES_MAX) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        System.arraycopy(text, 0, buffer, at, text.length);
        at += text.length;
        return this;
    }

    private HotJson put(byte one) {
        if (buffer.length - at < STEP_BYTES_MAX) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        buffer[at++] = one;
        return this;
    }

    private HotJson put(byte[] key, long number) {
        put(key);
        if (number == Long.MIN_VALUE) {
            return put(LEAST);
        }
        long rest = number;
        if (rest < 0) {
            buffer[at++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long power = 10; digits < 19 && rest >= power; power *= 10) {
            digits++;
        }
        for (int i = at + digits - 1; i >= at; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at += digits;
        return this;
    }

    private HotJson put(Uid uid) {
        put((byte) '"');
        for (int shift = 60; shift >= 0; shift -= 4) {
            buffer[at++] = HEX[(int) (uid.value() >>> shift) & 15];
        }
        buffer[at++] = '"';
        return this;
    }

    // ---------------------------------------------------------------- reading

    /** The message of JSON from[offset..offset+length), its carried bytes still empty; null if it is none of the five or spelled otherwise. */
    Message read(MessageType type, byte[] from, int offset, int length) {
        byte[] own = buffer;
        buffer = from;
        at = offset;
        end = offset + length;
        usual = true;
        Message message = switch (type) {
            case APPEND -> new Message.Append(number(APPEND[0]), number(APPEND[1]), number(APPEND[2]), number(APPEND[3]),
                    count(APPEND[4]), NOTHING);
            case HELD -> new Message.Held(number(HELD[0]), number(HELD[1]), number(HELD[2]));
            case SUBMIT -> new Message.Submit(uid(SUBMIT[0]), number(SUBMIT[1]), number(SUBMIT[2]), number(SUBMIT[3]), NOTHING);
            case DELIVERED -> new Message.Delivered(number(DELIVERED[0]), count(DELIVERED[1]), number(DELIVERED[2]), NOTHING);
            case HEARTBEAT -> new Message.Heartbeat(view(HEARTBEAT[0]), number(HEARTBEAT[1]), number(HEARTBEAT[2]), number(HEARTBEAT[3]),
                    number(HEARTBEAT[4]), uids(HEARTBEAT[5]));
            default -> null;
        };
        expect('}');
        buffer = own;
        return usual && at == end ? message : null;
    }

    private boolean expect(byte[] text) {
        if (!usual || end - at < text.length || !Arrays.equals(buffer, at, at + text.length, text, 0, text.length)) {
            usual = false;
        } else {
            at += text.length;
        }
        return usual;
    }

    private boolean expect(char one) {
        if (!usual || at >= end || buffer[at] != one) {
            usual = false;
        } else {
            at++;
        }
        return usual;
    }

    private long number(byte[] key) {
        if (!expect(key)) {
            return 0;
        }
        boolean negative = at < end && buffer[at] == '-';
        int first = negative ? at + 1 : at;
        int i = first;
        long value = 0;
        while (i < end && buffer[i] >= '0' && buffer[i] <= '9' && i - first < 19) {
            value = 10 * value - (buffer[i++] - '0');
        }
        // Summed up negatively, so that the least long fits; 19 digits too large for a long wrap to a positive value.
        boolean overflow = value > 0 || !negative && value == Long.MIN_VALUE;
        boolean zeroAhead = i - first > 1 && buffer[first] == '0';
        if (i == first || overflow || zeroAhead) {
            usual = false;
        }
        at = i;
        return negative ? value : -value;
    }

    private int count(byte[] key) {
        long value = number(key);
        if (value != (int) value) {
            usual = false;
        }
        return (int) value;
    }

    private Uid uid(byte[] key) {
        return expect(key) ? uid() : Uid.NOBODY;
    }

    private Uid uid() {
        if (!expect('"') || end - at < 17) {
            usual = false;
            return Uid.NOBODY;
        }
        long value = 0;
        for (int i = 0; i < 16; i++) {
            int digit = Character.digit(buffer[at++], 16);
            if (digit < 0) {
                usual = false;
            }
            value = value << 4 | digit;
        }
        expect('"');
        return new Uid(value);
    }

    private ViewId view(byte[] key) {
        expect(key);
        ViewId view = new ViewId(number(VIEW[0]), number(VIEW[1]), number(VIEW[2]));
        expect('}');
        return view;
    }

    private List<Uid> uids(byte[] key) {
        if (!expect(key) || !expect('[')) {
            return List.of();
        }
        if (at < end && buffer[at] == ']') {
            at++;
            return List.of();
        }
        List<Uid> uids = new ArrayList<>();
        do {
            uids.add(uid());
        } while (usual && at < end && buffer[at] == ',' && expect(','));
        expect(']');
        return List.copyOf(uids);
    }
}
