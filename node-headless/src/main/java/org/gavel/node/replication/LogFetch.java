package org.gavel.node.replication;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * A candidate gets another's log, from what it knows committed itself up to a target, in pieces; the pieces take effect together. Where the other's log begins
 * later, its snapshot comes first.
 */
final class LogFetch {
    /** What a piece brought. */
    enum Progress {
        /** More is to come, and was asked for. */
        MORE,
        /** The log up to the target is this node's own now. */
        DONE,
        /** That log parts from this one before an entry known committed: it is of no use to anyone. */
        FOREIGN,
        /** The window to it is full, or what came does not fit itself. */
        LOST
    }

    private final long epoch;
    private final NodeRef source;
    private final long target;
    private final long targetEpoch;
    private final boolean part;
    private final Replica replica;
    private final GroupLinks links;
    private final GroupListener listener;
    private final List<LogEntry> fetched = new ArrayList<>();
    private final SnapshotAssembly assembly;

    /**
     * @param target      last index wanted
     * @param targetEpoch of the entry there, as the source said it; unused for a part
     * @param part        the source's log goes on behind the target
     */
    LogFetch(long epoch, NodeRef source, long target, long targetEpoch, boolean part, Replica replica, GroupLinks links, GroupListener listener,
             GroupSettings settings) {
        this.epoch = epoch;
        this.source = source;
        this.target = target;
        this.targetEpoch = targetEpoch;
        this.part = part;
        this.replica = replica;
        this.links = links;
        this.listener = listener;
        this.assembly = new SnapshotAssembly(settings);
    }

    NodeRef source() {
        return source;
    }

    /** True if only a part of the source's log is fetched. */
    boolean isPart() {
        return part;
    }

    /** Asks for what comes next. */
    Progress request() {
        return links.send(source, new Message.Fetch(epoch, after())) ? Progress.MORE : Progress.LOST;
    }

    private long after() {
        return replica.committedIndex() + fetched.size();
    }

    Progress onFetched(PeerId from, Message.Fetched m) {
        if (m.epoch() != epoch || !from.equals(source.peer()) || m.afterIndex() != after()) {
            return Progress.MORE;
        }
        try {
            for (LogEntry entry : EntryBytes.read(m.bytes())) {
                if (after() < target && !take(entry)) {
                    return Progress.FOREIGN;
                }
            }
            if (after() < target && !m.last()) {
                return request();
            }
            if (after() < target || !part && !fetched.isEmpty() && fetched.get(fetched.size() - 1).epoch() != targetEpoch) {
                throw new MalformedException("it ends at " + after() + ", not where it was promised");
            }
            adopt();
            return Progress.DONE;
        } catch (MalformedException e) {
            listener.onCorruption("the log of " + source + " is not used: " + e.getMessage());
            return Progress.LOST;
        }
    }

    /** False if the very first one does not follow what is known committed here. */
    private boolean take(LogEntry entry) throws MalformedException {
        long before = fetched.isEmpty() ? replica.log().checksumAt(replica.committedIndex()) : fetched.get(fetched.size() - 1).checksum();
        if (entry.index() != after() + 1 || !entry.follows(before)) {
            if (fetched.isEmpty() && entry.index() == after() + 1) {
                return false;
            }
            throw new MalformedException("entry " + entry + " does not fit its checksum");
        }
        fetched.add(entry);
        return true;
    }

    /** Puts the fetched tail in place of this node's own, all at once: a part of it might be less than what this node holds for others. */
    private void adopt() throws MalformedException {
        ReplicaLog log = replica.log();
        for (LogEntry entry : fetched) {
            if (entry.index() <= log.last()) {
                if (log.checksumAt(entry.index()) == entry.checksum()) {
                    continue;
                }
                replica.truncateFrom(entry.index());
            }
            replica.append(entry);
        }
        if (!part) {
            replica.truncateFrom(target + 1);
        }
    }

    Progress onSnapshotPiece(PeerId from, Message.SnapshotPiece m) {
        if (!from.equals(source.peer())) {
            return Progress.MORE;
        }
        try {
            SnapshotImage image = assembly.add(from, m);
            if (image == null) {
                return Progress.MORE;
            }
            replica.install(image);
            fetched.clear();
            return request();
        } catch (MalformedException e) {
            listener.onCorruption("the snapshot of " + source + " is not used: " + e.getMessage());
            return Progress.LOST;
        }
    }
}
