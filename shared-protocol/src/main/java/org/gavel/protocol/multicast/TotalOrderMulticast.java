package org.gavel.protocol.multicast;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/**
 * The sequencer's side of the reliable total-order multicast: committed entries of one group go to every attached participant, in order,
 * each from where it stands. The log itself is the buffer: a participant costs one number, and what several need at the same place is
 * built once.
 */
public final class TotalOrderMulticast {
    /** What became of participants. Called at the end of a call into the multicast, never in the midst of it. */
    public interface Listener {
        /** It did not keep up with what is committed now (its window is full) and is no longer served. It rejoins by itself. */
        void onCut(NodeRef participant);

        /** It stands before the first entry still kept and is no longer served: only a snapshot helps. */
        default void onTooOld(NodeRef participant) {
            onCut(participant);
        }
    }

    /**
     * @param batchBytes      entries and outcomes in one message: as many as one datagram holds
     * @param participantsMax attached at once
     */
    public record Settings(int batchBytes, int participantsMax) {
        public static final Settings DEFAULTS = new Settings(1180, 10_000);
    }

    private static final class Cursor {
        final NodeRef participant;
        long next;
        /** It has been level with the log since it was attached; from then on it has to keep up. */
        boolean live;

        Cursor(NodeRef participant, long next) {
            this.participant = participant;
            this.next = next;
        }
    }

    private final Links links;
    private final long group;
    private final EntrySource source;
    private final Listener listener;
    private final Settings settings;
    private final Map<PeerId, Cursor> cursors = new LinkedHashMap<>();
    /** Batches of the present call, by first index. */
    private final Map<Long, Message.Delivered> built = new LinkedHashMap<>();
    private final List<Runnable> reports = new ArrayList<>();
    private long timeMs;

    public TotalOrderMulticast(Links links, long group, EntrySource source, Listener listener, Settings settings) {
        this.links = links;
        this.group = group;
        this.source = source;
        this.listener = listener;
        this.settings = settings;
    }

    public TotalOrderMulticast(Links links, long group, EntrySource source, Listener listener) {
        this(links, group, source, listener, Settings.DEFAULTS);
    }

    /**
     * Serves a participant from {@code nextIndex} on, beginning with the next {@link #committed} (which knows the group's time); one that was
     * attached before is moved there.
     *
     * @return false if there are too many participants
     */
    public boolean attach(NodeRef participant, long nextIndex) {
        if (cursors.size() >= settings.participantsMax() && !cursors.containsKey(participant.peer())) {
            return false;
        }
        cursors.remove(participant.peer());
        cursors.put(participant.peer(), new Cursor(participant, nextIndex));
        return true;
    }

    public void detach(PeerId participant) {
        cursors.remove(participant);
    }

    public boolean isAttached(PeerId participant) {
        return cursors.containsKey(participant);
    }

    public int participants() {
        return cursors.size();
    }

    /**
     * The commit index has moved, or somebody was attached.
     *
     * @param groupTimeMs the group's time, for clocks at the participants
     */
    public void committed(long groupTimeMs) {
        timeMs = groupTimeMs;
        long committed = source.committedIndex();
        for (Cursor cursor : List.copyOf(cursors.values())) {
            pump(cursor, committed);
        }
        finish();
    }

    /** The link to a participant has room again: goes on with one that is still catching up. */
    public void onRoom(NodeRef participant) {
        Cursor cursor = cursors.get(participant.peer());
        if (cursor != null) {
            pump(cursor, source.committedIndex());
            finish();
        }
    }

    private void pump(Cursor cursor, long committed) {
        if (cursor.next < source.firstIndex()) {
            cursors.remove(cursor.participant.peer());
            reports.add(() -> listener.onTooOld(cursor.participant));
            return;
        }
        while (cursor.next <= committed) {
            Message.Delivered batch = built.computeIfAbsent(cursor.next, first -> build(first, committed));
            if (!links.send(cursor.participant, group, batch)) {
                // One that catches up fills its window by right and goes on in onRoom; one that was level is too slow.
                if (cursor.live) {
                    cursors.remove(cursor.participant.peer());
                    reports.add(() -> listener.onCut(cursor.participant));
                }
                return;
            }
            cursor.next += batch.count();
        }
        cursor.live = true;
    }

    private Message.Delivered build(long first, long committed) {
        List<byte[]> parts = new ArrayList<>();
        int bytes = 0;
        long index = first;
        for (; index <= committed; index++) {
            byte[] entry = source.entry(index).bytes();
            byte[] outcome = source.outcome(index);
            int more = 4 + entry.length + 4 + outcome.length;
            if (bytes > 0 && bytes + more > settings.batchBytes()) {
                break;
            }
            parts.add(entry);
            parts.add(outcome);
            bytes += more;
        }
        ByteBuffer out = ByteBuffer.allocate(bytes);
        parts.forEach(part -> out.putInt(part.length).put(part));
        return new Message.Delivered(first, (int) (index - first), timeMs, out.array());
    }

    private void finish() {
        built.clear();
        if (!reports.isEmpty()) {
            List<Runnable> now = List.copyOf(reports);
            reports.clear();
            now.forEach(Runnable::run);
        }
    }
}
