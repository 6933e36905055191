package org.gavel.protocol.election;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;

/** The ring as one member sees it: order of the view, who stands for election, who is believed dead or was skipped. */
final class ElectionRing {
    private final Uid self;
    private ViewId view = ViewId.NONE;
    private List<NodeRef> members = List.of();
    private Set<Uid> candidates = Set.of();
    private int selfAt = -1;
    /** These are subsets of {@link #members}, of these very starts. */
    private final Set<Uid> dead = new LinkedHashSet<>();
    private final Set<Uid> skipped = new LinkedHashSet<>();
    /** Those of the dead that were announced as nominees since their verdict. */
    private final Set<Uid> announcedDead = new LinkedHashSet<>();

    ElectionRing(Uid self) {
        this.self = self;
    }

    /** True if this is another view than before (which is then in force); the same view only refreshes the candidates. */
    boolean install(ViewId newView, List<NodeRef> ringInOrder, Set<Uid> newCandidates) {
        boolean first = members.isEmpty();
        if (!first && view.isNewerThan(newView)) {
            return false;
        }
        candidates = Set.copyOf(newCandidates);
        boolean joined = selfAt < 0 && ringInOrder.stream().anyMatch(m -> m.uid().equals(self));
        if (!first && newView.equals(view) && !joined) {
            return false;
        }
        // A member that restarted went out of the ring and came in again by this one view: its older start's death is not its own.
        dead.removeIf(uid -> ringInOrder.stream().noneMatch(m -> m.sameStart(memberOf(uid))));
        announcedDead.retainAll(dead);
        view = newView;
        members = List.copyOf(ringInOrder);
        selfAt = -1;
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).uid().equals(self)) {
                selfAt = i;
            }
        }
        skipped.clear();
        return true;
    }

    ViewId view() {
        return view;
    }

    int size() {
        return members.size();
    }

    boolean contains(Uid uid) {
        return memberOf(uid) != null;
    }

    boolean selfIsMember() {
        return selfAt >= 0;
    }

    /** The member that is exactly this start, or null. */
    NodeRef member(PeerId peer) {
        NodeRef found = memberOf(peer.uid());
        return found != null && found.incarnation() == peer.incarnation() ? found : null;
    }

    /** True for a named candidate; for all members once every named candidate is believed dead (protocol.md section 6). */
    boolean selfIsCandidate() {
        return selfIsMember() && (candidates.contains(self) || dead.containsAll(candidates));
    }

    /** The next member in ring order that is neither dead nor skipped; null when this one is alone. */
    NodeRef successor() {
        for (int step = 1; selfIsMember() && step < members.size(); step++) {
            NodeRef next = members.get((selfAt + step) % members.size());
            if (!dead.contains(next.uid()) && !skipped.contains(next.uid())) {
                return next;
            }
        }
        return null;
    }

    /** False if it was no member, is this one, or was dead before. */
    boolean markDead(Uid uid) {
        return !uid.equals(self) && contains(uid) && dead.add(uid);
    }

    /** Nominated, and dead by our verdict. True once for each verdict: one that is nominated once more lives, and may take over like any other. */
    boolean isAnnouncedDead(Uid nominee) {
        return dead.contains(nominee) && announcedDead.add(nominee);
    }

    void markAlive(Uid uid) {
        dead.remove(uid);
        announcedDead.remove(uid);
        skipped.remove(uid);
    }

    void skip(Uid uid) {
        skipped.add(uid);
    }

    /** A sign of life from one that was skipped: it gets tokens again. */
    void unskip(Uid uid) {
        skipped.remove(uid);
    }

    private NodeRef memberOf(Uid uid) {
        for (NodeRef member : members) {
            if (member.uid().equals(uid)) {
                return member;
            }
        }
        return null;
    }

    /** A token's candidate in words. */
    static String nameOf(Uid candidate) {
        return candidate.isNobody() ? "the call for candidates" : candidate.shortForm();
    }
}
