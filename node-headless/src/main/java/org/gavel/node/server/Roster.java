package org.gavel.node.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.gavel.node.replication.Configuration;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;

/**
 * Who belongs to one auction's group, as one of its nodes knows it: its members in ring order, which of them are dead, and which copies of its log are gone. A
 * copy is (uid, incarnation, log id): a node that comes back in the same start without its log is a newcomer, never its old self (protocol.md section 7).
 */
final class Roster {
    /** Ends remembered; those of acceptors count, three at a time, so the oldest may go. */
    private static final int ENDS_MAX = 256;

    private final Set<PeerId> dead = new LinkedHashSet<>();
    private final Set<PeerId> ended = new LinkedHashSet<>();
    private final Set<Long> lostLogs = new LinkedHashSet<>();
    private List<NodeRef> members;

    Roster(List<NodeRef> members) {
        this.members = List.copyOf(members);
    }

    /** In ring order, the active included. */
    List<NodeRef> members() {
        return members;
    }

    /** Those not known to be dead, in ring order. */
    List<NodeRef> living() {
        return members.stream().filter(m -> !dead.contains(m.peer())).toList();
    }

    /** Those known to be dead, in ring order. */
    List<NodeRef> dead() {
        return members.stream().filter(m -> dead.contains(m.peer())).toList();
    }

    boolean contains(PeerId peer) {
        return members.stream().anyMatch(m -> m.peer().equals(peer));
    }

    /** The member of that uid, or null. */
    NodeRef member(Uid uid) {
        return members.stream().filter(m -> m.uid().equals(uid)).findFirst().orElse(null);
    }

    boolean isLiving(PeerId peer) {
        return contains(peer) && !dead.contains(peer);
    }

    /** It is a member from now on, and alive; false if it was one already. */
    boolean add(NodeRef node) {
        dead.remove(node.peer());
        if (contains(node.peer())) {
            return false;
        }
        List<NodeRef> more = new ArrayList<>(members);
        more.removeIf(m -> m.uid().equals(node.uid()));
        more.add(node);
        replace(more);
        return true;
    }

    /** Exactly these from now on; false if that changes nothing. */
    boolean replace(List<NodeRef> named) {
        if (named.equals(members)) {
            return false;
        }
        members = List.copyOf(named);
        dead.removeIf(peer -> !contains(peer));
        return true;
    }

    /** False if it is no living member. */
    boolean markDead(PeerId peer) {
        return contains(peer) && dead.add(peer);
    }

    boolean markAlive(PeerId peer) {
        return dead.remove(peer);
    }

    // ---------------------------------------------------------------- copies

    /** That start is known ended (protocol.md section 5), and with it every copy it held. */
    void markEnded(PeerId peer) {
        remember(ended, peer);
    }

    boolean hasEnded(PeerId peer) {
        return ended.contains(peer);
    }

    /** Its node said that it has no copy of this group. */
    void markLost(Acceptor copy) {
        remember(lostLogs, copy.logId());
    }

    /** Its node has, after all, only now begun that very log: an assignment that came late. */
    void markThere(long logId) {
        lostLogs.remove(logId);
    }

    boolean isLost(Acceptor copy) {
        return ended.contains(copy.node().peer()) || lostLogs.contains(copy.logId());
    }

    /**
     * So many copies are gone that no majority of the configuration can come back (protocol.md section 9, 'No quorum').
     *
     * @param ended true for a node known ended from elsewhere
     */
    boolean leavesTooFew(Configuration configuration, Predicate<NodeRef> ended) {
        long left = configuration.acceptors().stream().filter(a -> !isLost(a) && !ended.test(a.node())).count();
        return left < configuration.acceptors().size() / 2 + 1;
    }

    private static <T> void remember(Collection<T> ends, T end) {
        if (ends.add(end) && ends.size() > ENDS_MAX) {
            ends.remove(ends.iterator().next());
        }
    }
}
