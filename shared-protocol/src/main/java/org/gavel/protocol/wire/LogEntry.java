package org.gavel.protocol.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.gavel.protocol.identity.Uid;

/**
 * One entry of a replicated log, encoded exactly once: the same bytes go to followers, to participants and into the checksum.
 * <p>Layout (big-endian): length of all that follows (4), checksum (8), epoch (8), index (8), time (8), kind (1), client (8), session (8),
 * sequence (8), lowest unanswered (8), body (JSON, the rest). The checksum covers everything behind itself, chained to the checksum of the
 * entry before (protocol.md section 7).
 */
public final class LogEntry {
    /** Bytes of an entry besides its body. */
    public static final int HEADER_BYTES = 4 + 8 + 8 + 8 + 8 + 1 + 8 + 8 + 8 + 8;
    /** A body above this is refused when it is proposed. */
    public static final int BODY_BYTES_MAX = 1 << 20;

    /** What an entry is for. */
    public enum Kind {
        /** Applied by the state machine. */
        COMMAND,
        /** Names the acceptors of all entries behind it; its body also goes to the state machine. */
        CONFIG,
        /** A new leader's own first entry; changes nothing. */
        EMPTY
    }

    private static final Kind[] KINDS = Kind.values();

    private final byte[] bytes;
    private final long checksum;
    private final long epoch;
    private final long index;
    private final long timeMs;
    private final Kind kind;
    private final Uid client;
    private final long session;
    private final long sequence;
    private final long lowestUnanswered;

    private LogEntry(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        in.getInt();
        checksum = in.getLong();
        epoch = in.getLong();
        index = in.getLong();
        timeMs = in.getLong();
        kind = KINDS[in.get()];
        client = new Uid(in.getLong());
        session = in.getLong();
        sequence = in.getLong();
        lowestUnanswered = in.getLong();
        this.bytes = bytes;
    }

    /**
     * Makes the entry behind one with {@code previousChecksum} (0 for the first).
     *
     * @param body at most {@link #BODY_BYTES_MAX} bytes
     */
    public static LogEntry create(long previousChecksum, long epoch, long index, long timeMs, Kind kind, Uid client, long session,
                                  long sequence, long lowestUnanswered, byte[] body) {
        byte[] bytes = new byte[HEADER_BYTES + body.length];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putInt(bytes.length - 4).putLong(0).putLong(epoch).putLong(index).putLong(timeMs).put((byte) kind.ordinal());
        out.putLong(client.value()).putLong(session).putLong(sequence).putLong(lowestUnanswered).put(body);
        out.putLong(4, Checksum64.of(previousChecksum, bytes, 12, bytes.length - 12));
        return new LogEntry(bytes);
    }

    /**
     * Reads the entry that starts at {@code offset}; it is copied.
     *
     * @throws MalformedException if it is truncated or its lengths or kind make no sense; the checksum is not judged here
     */
    public static LogEntry read(byte[] from, int offset, int limit) throws MalformedException {
        if (limit - offset < HEADER_BYTES) {
            throw new MalformedException("log entry truncated");
        }
        int length = ByteBuffer.wrap(from).getInt(offset);
        if (length < HEADER_BYTES - 4 || length > limit - offset - 4) {
            throw new MalformedException("log entry of " + length + " bytes does not fit");
        }
        int kind = from[offset + 36];
        if (kind < 0 || kind >= KINDS.length) {
            throw new MalformedException("log entry of unknown kind " + kind);
        }
        return new LogEntry(Arrays.copyOfRange(from, offset, offset + 4 + length));
    }

    /** The group time of the entry that starts at {@code offset} of these bytes, of which at least {@link #HEADER_BYTES} are there; nothing else is looked at. */
    public static long timeMsAt(ByteBuffer from, int offset) {
        return from.getLong(offset + 28);
    }

    /** The exact bytes; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public byte[] body() {
        return Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
    }

    public int bodyLength() {
        return bytes.length - HEADER_BYTES;
    }

    /** True if the checksum fits these bytes behind an entry with that checksum. */
    public boolean follows(long previousChecksum) {
        return checksum == Checksum64.of(previousChecksum, bytes, 12, bytes.length - 12);
    }

    public long checksum() {
        return checksum;
    }

    /** The epoch in which it was first sequenced, for ever. */
    public long epoch() {
        return epoch;
    }

    public long index() {
        return index;
    }

    /** The leader's group time when it was sequenced: auction time in an auction. */
    public long timeMs() {
        return timeMs;
    }

    public Kind kind() {
        return kind;
    }

    /** NOBODY for a command of the leader itself. */
    public Uid client() {
        return client;
    }

    public long session() {
        return session;
    }

    public long sequence() {
        return sequence;
    }

    public long lowestUnanswered() {
        return lowestUnanswered;
    }

    @Override
    public String toString() {
        return kind + " " + epoch + "." + index;
    }
}
