package org.gavel.protocol.wire;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Messages as bytes and back. A frame (big-endian):
 * <pre>
 *   type (1) | group (8) | length of the JSON (4) | JSON, UTF-8 | carried bytes, to the end of the frame
 * </pre>
 * Only a {@link Message.Carrier} has bytes behind its JSON. Not thread-safe: one per host.
 */
public final class MessageCodec {
    /** The largest frame: 1 MiB of payload (the largest body of a log entry), and 64 KiB for all that is wrapped around it. */
    public static final int MESSAGE_BYTES_MAX = (1 << 20) + (1 << 16);
    private static final int PREFIX_BYTES = 1 + 8 + 4;
    private static final byte[] NOTHING = new byte[0];
    private static final Gson GSON = ScalarJson.gson();

    private final HotJson hot = new HotJson();
    private final RecentJson recent = new RecentJson();
    private final Map<MessageType, TypeAdapter<Message>> adapters = new EnumMap<>(MessageType.class);

    /**
     * The frame of a message. It may be longer than {@link #MESSAGE_BYTES_MAX}: who queues it judges that.
     *
     * @throws IllegalArgumentException naming the component if one that is not {@link OrNull} is null
     */
    public byte[] encode(long group, Message message) {
        byte[] carried = message instanceof Message.Carrier carrier ? carrier.bytes() : NOTHING;
        int jsonLength = hot.write(message);
        byte[] json = hot.written();
        if (jsonLength < 0) {
            json = unusual(message);
            jsonLength = json.length;
        }
        byte[] frame = new byte[PREFIX_BYTES + jsonLength + carried.length];
        ByteBuffer.wrap(frame).put((byte) message.type().code()).putLong(group).putInt(jsonLength).put(json, 0, jsonLength).put(carried);
        return frame;
    }

    /**
     * Reads the frame from[offset..offset+length); carried bytes are copied.
     *
     * @throws MalformedException with a sentence, for whatever is not exactly a frame
     */
    public Envelope decode(byte[] from, int offset, int length) throws MalformedException {
        if (length < PREFIX_BYTES || length > MESSAGE_BYTES_MAX) {
            throw new MalformedException("a message of " + length + " bytes");
        }
        MessageType type = MessageType.ofCode(from[offset]);
        if (type == null) {
            throw new MalformedException("unknown message type " + (from[offset] & 255));
        }
        ByteBuffer in = ByteBuffer.wrap(from);
        long group = in.getLong(offset + 1);
        int jsonLength = in.getInt(offset + 9);
        if (jsonLength < 0 || jsonLength > length - PREFIX_BYTES) {
            throw new MalformedException(type + " claims " + jsonLength + " bytes of JSON in " + length);
        }
        int json = offset + PREFIX_BYTES;
        Message message = hot.read(type, from, json, jsonLength);
        if (message == null) {
            message = recent.known(type, from, json, jsonLength);
        }
        if (message == null) {
            message = readUnusual(type, from, json, jsonLength);
            recent.remember(type, from, json, jsonLength, message);
        }
        int carried = json + jsonLength;
        int end = offset + length;
        if (message instanceof Message.Carrier carrier) {
            message = carrier.withBytes(Arrays.copyOfRange(from, carried, end));
        } else if (carried != end) {
            throw new MalformedException(type + " has " + (end - carried) + " bytes behind its end");
        }
        return new Envelope(group, message);
    }

    private byte[] unusual(Message message) {
        byte[] json = recent.written(message);
        if (json == null) {
            json = adapter(message.type()).toJson(message).getBytes(StandardCharsets.UTF_8);
            recent.wrote(message, json);
        }
        return json;
    }

    private Message readUnusual(MessageType type, byte[] from, int offset, int length) throws MalformedException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(from, offset, length)).toString();
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            Message message = adapter(type).read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedException(type + " has something behind its JSON");
            }
            return message;
        } catch (CharacterCodingException e) {
            throw new MalformedException(type + " is not UTF-8", e);
        } catch (IOException | JsonParseException | IllegalStateException | IllegalArgumentException e) {
            throw new MalformedException(type + " is malformed: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private TypeAdapter<Message> adapter(MessageType type) {
        return adapters.computeIfAbsent(type, t -> (TypeAdapter<Message>) GSON.getAdapter(t.record()));
    }
}
