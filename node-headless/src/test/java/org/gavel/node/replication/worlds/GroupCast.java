package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.List;
import org.gavel.node.replication.GroupSettings;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;

/**
 * Who plays: node 0 is the first active, 1 to 3 are its followers and the acceptors, 4 is the spare.
 *
 * @param members     who is sent the log besides the acceptors
 * @param storeIsSlow writes complete as events of their own
 * @param settings    of every node's group
 */
record GroupCast(List<NodeRef> refs, List<Integer> acceptors, List<Integer> members, boolean storeIsSlow, GroupSettings settings) {
    static final int SPARE = 4;
    static final List<String> NAMES = List.of("active", "f1", "f2", "f3", "spare");

    static GroupCast of(boolean withSpare, boolean activeFollowsLater, boolean storeIsSlow, boolean oneEntryAnAppend) {
        GroupSettings usual = GroupSettings.defaults();
        List<NodeRef> refs = new ArrayList<>();
        for (int i = 0; i < (withSpare ? 5 : 4); i++) {
            refs.add(new NodeRef(new Uid(i + 1), 1, new Address(0x7f000001, 1_000 + i), NAMES.get(i), ProcessIdentity.UNKNOWN));
        }
        return new GroupCast(List.copyOf(refs), List.of(1, 2, 3), activeFollowsLater ? List.of(0) : List.of(), storeIsSlow, oneEntryAnAppend ? oneByOne(usual) : usual);
    }

    private static GroupSettings oneByOne(GroupSettings s) {
        return new GroupSettings(s.takeOverTimeoutMs(), s.commitDelayMs(), s.stallMs(), s.queueTimeoutMs(), s.nearlyThereEntries(), 1, s.fetchBytesMax(),
                s.snapshotPieceBytes(), s.snapshotBytesMax(), s.snapshotEveryEntries(), s.learnerLogBytesMax(),
                s.uncommittedMax(), s.queuedMax(), s.bodyBytesMax(), s.sessionsMax(), s.repliesMax());
    }

    long logId(int node) {
        return 100 + node;
    }

    Acceptor acceptor(int node) {
        return new Acceptor(refs.get(node), logId(node));
    }
}
