package org.gavel.protocol.wire;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The JSON that one codec has read and written of late. A cluster says the same again and again, letter by letter: that it exists, who looks for it, how far
 * everybody is. What was read once need not be read again: messages cannot be changed, so an equal text may give the very object. Only what was found well-formed
 * is kept, and a text is recognised by all its bytes, never by a hash alone. Bounded: {@link #SLOTS} texts and one message of each type, each of at most
 * {@link #JSON_BYTES_MAX}. Not thread-safe.
 */
final class RecentJson {
    static final int SLOTS = 64;
    static final int JSON_BYTES_MAX = 1_024;

    private record Read(MessageType type, byte[] json, Message message) { }

    private record Written(Message message, byte[] json) { }

    private final Read[] read = new Read[SLOTS];
    private final Map<MessageType, Written> written = new EnumMap<>(MessageType.class);

    /** The message of from[offset..offset+length), or null if it was not read of late. */
    Message known(MessageType type, byte[] from, int offset, int length) {
        if (length > JSON_BYTES_MAX) {
            return null;
        }
        Read slot = read[slot(type, from, offset, length)];
        boolean same = slot != null && slot.type == type && Arrays.equals(slot.json, 0, slot.json.length, from, offset, offset + length);
        return same ? slot.message : null;
    }

    void remember(MessageType type, byte[] from, int offset, int length, Message message) {
        if (length <= JSON_BYTES_MAX) {
            read[slot(type, from, offset, length)] = new Read(type, Arrays.copyOfRange(from, offset, offset + length), message);
        }
    }

    /** The JSON of the last message of this type if that was equal, or null. Carried bytes are no part of it, so those who carry any are not asked for. */
    byte[] written(Message message) {
        Written last = message instanceof Message.Carrier ? null : written.get(message.type());
        return last != null && last.message.equals(message) ? last.json : null;
    }

    void wrote(Message message, byte[] json) {
        if (json.length <= JSON_BYTES_MAX && !(message instanceof Message.Carrier)) {
            written.put(message.type(), new Written(message, json));
        }
    }

    private static int slot(MessageType type, byte[] from, int offset, int length) {
        int hash = type.code();
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + from[i];
        }
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
