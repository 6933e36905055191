package org.gavel.protocol.multicast;

import java.nio.ByteBuffer;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * A participant's side of the reliable total-order multicast: takes what came and hands out each entry once, in index order, without a gap,
 * its checksum compared with the entry before.
 */
public final class OrderedReceiver {
    /** Takes the sequence. */
    public interface Sink {
        /** The next entry of the total order and what the state machine answered to it (JSON). */
        void onEntry(LogEntry entry, byte[] outcome);

        /** Entries from {@code index} on are missing before what has come: rejoin from there. Said once for each gap. */
        void needFrom(long index);
    }

    private final Sink sink;
    private long next;
    private boolean chained;
    private long checksum;
    private boolean asked;

    public OrderedReceiver(Sink sink) {
        this.sink = sink;
    }

    /** The sequence starts (again, after a snapshot) at {@code nextIndex}; the checksum before it is not known. */
    public void start(long nextIndex) {
        next = nextIndex;
        chained = false;
        asked = false;
    }

    /** The same where the checksum of the entry before {@code nextIndex} is known. */
    public void start(long nextIndex, long previousChecksum) {
        start(nextIndex);
        chained = true;
        checksum = previousChecksum;
    }

    /** The first index not handed out yet; 0 before {@link #start}. */
    public long nextIndex() {
        return next;
    }

    /**
     * Takes what continues the sequence, skips what was seen.
     *
     * @throws MalformedException if the bytes are no such entries, or do not follow from what was handed out before; the entries before the
     *                            fault were handed out, {@link #nextIndex} says from where to ask again
     */
    public void onDelivered(Message.Delivered delivered) throws MalformedException {
        if (next == 0) {
            return;
        }
        if (delivered.firstIndex() > next) {
            if (!asked) {
                asked = true;
                sink.needFrom(next);
            }
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(delivered.bytes());
        for (int i = 0; i < delivered.count(); i++) {
            int entryLength = length(in);
            int entryAt = in.position();
            in.position(entryAt + entryLength);
            byte[] outcome = new byte[length(in)];
            in.get(outcome);
            if (delivered.firstIndex() + i == next) {
                hand(LogEntry.read(delivered.bytes(), entryAt, entryAt + entryLength), outcome);
            }
        }
        if (in.hasRemaining()) {
            throw new MalformedException("something stands behind " + delivered.count() + " delivered entries");
        }
    }

    private void hand(LogEntry entry, byte[] outcome) throws MalformedException {
        if (entry.index() != next) {
            throw new MalformedException("entry " + entry + " was delivered as number " + next);
        }
        if (chained && !entry.follows(checksum)) {
            throw new MalformedException("entry " + entry + " does not follow from the one before: its checksum differs");
        }
        chained = true;
        checksum = entry.checksum();
        next++;
        asked = false;
        sink.onEntry(entry, outcome);
    }

    private static int length(ByteBuffer in) throws MalformedException {
        int length = in.remaining() < 4 ? -1 : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new MalformedException("delivered entries are truncated");
        }
        return length;
    }
}
