package org.gavel.node.replication;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;

/**
 * What a watcher sees of one replica (protocol.md section 11).
 *
 * @param epoch         of the leader that is followed, or of the own leadership or candidacy
 * @param promisedEpoch highest epoch promised: lower ones are refused
 * @param leader        NOBODY where none is known
 * @param lastEntries   the last 8, oldest first
 * @param holders       leader only: what each peer holds
 * @param paused        leader only: 'paused: 1 of 3 acceptors', or empty
 */
public record GroupStatus(Role role, long epoch, long promisedEpoch, Uid leader, long firstIndex, long committedIndex, long lastIndex,
                          List<Entry> lastEntries, List<Holder> holders, String paused) {
    private static final int LAST_ENTRIES = 8;

    /** What a replica is doing. */
    public enum Role {
        /** Holds what a leader sends, or waits for one. */
        FOLLOWER,
        /** Nominated: collects promises and fetches the best log. */
        CANDIDATE,
        /** Promised by enough; its own empty entry is not committed yet. */
        LEADER,
        /** Its empty entry is committed: takes commands. */
        SERVING,
        /** Answers nothing any more. */
        CLOSED
    }

    /** @param held stored on this node */
    public record Entry(long index, long epoch, LogEntry.Kind kind, boolean held, boolean committed) { }

    static List<Entry> lastEntries(Replica replica) {
        List<Entry> entries = new ArrayList<>();
        for (long i = Math.max(replica.firstIndex(), replica.lastIndex() - LAST_ENTRIES + 1); i <= replica.lastIndex(); i++) {
            LogEntry entry = replica.entry(i);
            entries.add(new Entry(i, entry.epoch(), entry.kind(), i <= replica.storedIndex(), i <= replica.committedIndex()));
        }
        return entries;
    }

    /** @param heldIndex -1 while unknown; {@code lag} in entries */
    public record Holder(NodeRef node, boolean acceptor, boolean up, long heldIndex, long lag) { }
}
