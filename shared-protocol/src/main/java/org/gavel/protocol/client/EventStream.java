package org.gavel.protocol.client;

import java.nio.ByteBuffer;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * The total order as one participant receives it: no number twice, none skipped but by a snapshot that names it. Reads entries where they
 * lie in the message, without copying: tens of thousands pass each second.
 */
final class EventStream {
    /** Told of each committed entry, in order, once. */
    interface Sink {
        void onEntry(long index, long timeMs, Uid client, long session, long sequence, Outcome outcome);
    }

    private static final int INDEX_AT = 4 + 8 + 8;
    private static final int TIME_AT = INDEX_AT + 8;
    private static final int CLIENT_AT = TIME_AT + 8 + 1;
    private static final int SESSION_AT = CLIENT_AT + 8;
    private static final int SEQUENCE_AT = SESSION_AT + 8;

    private final Sink sink;
    private long next;

    EventStream(Sink sink) {
        this.sink = sink;
    }

    /** The first index not yet seen; 0 before the first. */
    long next() {
        return next;
    }

    /** The stream goes on from there: by a snapshot of everything before it. */
    void restore(long nextIndex) {
        next = nextIndex;
    }

    /**
     * Takes what continues the stream and skips what was seen.
     *
     * @return false, and nothing is taken, if entries before these are missing
     * @throws MalformedException if the bytes are no entries; those before the fault were taken
     */
    boolean take(Message.Delivered delivered) throws MalformedException {
        if (next == 0 || delivered.firstIndex() > next) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(delivered.bytes());
        for (int i = 0; i < delivered.count(); i++) {
            int entryLength = length(in);
            int entryAt = in.position();
            in.position(entryAt + entryLength);
            int outcomeLength = length(in);
            int outcomeAt = in.position();
            in.position(outcomeAt + outcomeLength);
            if (entryLength < LogEntry.HEADER_BYTES || in.getLong(entryAt + INDEX_AT) != delivered.firstIndex() + i) {
                throw new MalformedException("a delivered entry is not the one it should be");
            }
            if (delivered.firstIndex() + i == next) {
                next++;
                sink.onEntry(next - 1, in.getLong(entryAt + TIME_AT), new Uid(in.getLong(entryAt + CLIENT_AT)),
                        in.getLong(entryAt + SESSION_AT), in.getLong(entryAt + SEQUENCE_AT),
                        new Outcome(delivered.bytes(), outcomeAt, outcomeLength));
            }
        }
        return true;
    }

    private static int length(ByteBuffer in) throws MalformedException {
        if (in.remaining() < 4) {
            throw new MalformedException("delivered entries are truncated");
        }
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new MalformedException("a delivered entry of " + length + " bytes does not fit");
        }
        return length;
    }
}
