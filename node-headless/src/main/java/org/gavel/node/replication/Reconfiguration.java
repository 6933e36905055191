package org.gavel.node.replication;

import java.util.List;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;

/**
 * A change of acceptors (protocol.md section 7): one at a time, its newcomers hold the whole log before its entry is appended, nothing is appended behind it until the
 * old acceptors committed it. While a newcomer is nearly there the intake is shut, so that it can get there.
 */
final class Reconfiguration {
    private final NodeRef self;
    private final Replica replica;
    private final Leadership leadership;
    private final GroupSettings settings;
    private List<Acceptor> acceptors;
    private String payload;

    Reconfiguration(NodeRef self, Replica replica, Leadership leadership, GroupSettings settings) {
        this.self = self;
        this.replica = replica;
        this.leadership = leadership;
        this.settings = settings;
    }

    /** True if nothing may be appended. */
    boolean isBlocking() {
        return acceptors != null || replica.configurations().isPending();
    }

    boolean isWaiting() {
        return acceptors != null;
    }

    /** Begins one; false, and nothing changes, if another is pending or a newcomer is not nearly there. */
    boolean begin(List<Acceptor> wanted, String wantedPayload) {
        if (isBlocking() || wanted.isEmpty() || !wanted.stream().allMatch(a -> lag(a) <= settings.nearlyThereEntries())) {
            return false;
        }
        acceptors = List.copyOf(wanted);
        payload = wantedPayload;
        continueIfReady();
        return true;
    }

    /** Appends the entry once every newcomer holds all; true if it was appended. */
    boolean continueIfReady() {
        if (acceptors == null || !acceptors.stream().allMatch(a -> lag(a) == 0)) {
            return false;
        }
        byte[] body = new Configuration(0, 0, acceptors, payload).body();
        acceptors = null;
        replica.sequence(leadership.epoch(), 0, LogEntry.Kind.CONFIG, Uid.NOBODY, 0, 0, 0, body);
        leadership.refreshTargets();
        return true;
    }

    void giveUp() {
        acceptors = null;
    }

    /**
     * No configuration in the log counts that node, and a majority of the committed one holds its entry and was told that it is committed: nobody can need that node's
     * log or promise any more (protocol.md section 7, change of acceptors).
     */
    boolean isDoneWithout(Uid uid) {
        Configuration now = replica.configurations().committed();
        boolean told = replica.committedIndex() > now.index() || !leadership.hasUntoldCommit();
        return told && replica.configurations().all().stream().noneMatch(c -> c.contains(uid))
                && leadership.quorum().reached(now.acceptors(), a -> leadership.heldBy(a) >= now.index());
    }

    /** Entries that a newcomer lacks; 0 for who is an acceptor already. */
    private long lag(Acceptor acceptor) {
        if (replica.configurations().latest().contains(acceptor.node().uid(), acceptor.logId())) {
            return 0;
        }
        long held = leadership.heldBy(acceptor);
        boolean own = acceptor.node().uid().equals(self.uid());
        return held < 0 ? (own ? replica.log().last() : Long.MAX_VALUE) : replica.log().last() - held;
    }
}
