package org.gavel.node.server;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;

/**
 * Copies of a ring's log that their own nodes have given up: a node that was cut off just before it heard of its admission looks elsewhere, or one left with a ring
 * that dissolved. An acceptor is (uid, log id), so they never come back, though all of these nodes live and no verdict will ever put them out: where too few
 * copies are left for a majority nothing can be committed any more, not even a view without them.
 */
final class LostCopies {
    /** Log ids are random, so those of former rings do no harm; a view has no more members than that. */
    private static final int LOST_MAX = RingView.MEMBERS_MAX;

    private final Set<Long> lost = new LinkedHashSet<>();

    /** That member of the view says that it has no copy of the ring. */
    void gone(RingView view, NodeRef node) {
        view.member(node.uid()).filter(m -> m.node().sameStart(node)).ifPresent(m -> remember(m.logId()));
    }

    /** The same start asks to be taken in with another log: the one that the view counts is gone. */
    void joinsAnew(RingView view, NodeRef node, long logId) {
        view.member(node.uid()).filter(m -> m.node().sameStart(node) && m.logId() != logId).ifPresent(m -> remember(m.logId()));
    }

    /** What {@link #gone} and {@link #joinsAnew} were told. */
    boolean isGone(Member member) {
        return lost.contains(member.logId());
    }

    /**
     * No majority of the view's copies can come together any more.
     *
     * @param ended true for a member that has ended for certain, and its copy with it
     */
    boolean leaveTooFew(RingView view, Predicate<NodeRef> ended) {
        long left = view.members().stream().filter(m -> !isGone(m) && !ended.test(m.node())).count();
        return left < view.size() / 2 + 1;
    }

    private void remember(long logId) {
        if (lost.add(logId) && lost.size() > LOST_MAX) {
            lost.remove(lost.iterator().next());
        }
    }
}
