package org.gavel.node.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.node.directory.RingState;
import org.gavel.node.replication.Configuration;
import org.gavel.node.replication.GroupListener;
import org.gavel.node.replication.GroupSettings;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.protocol.election.ElectionSettings;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * The ring as one of its members sees it (protocol.md sections 6 and 8): the replicated group of all members, its state (views, catalogue,
 * directory) and the LCR election of its leader, the INM.
 */
final class RingGroup {
    /** What the ring tells the node. */
    interface Listener {
        /** The state changed by one committed entry or a snapshot. */
        void onRingApplied(LogEntry entryOrNull, byte[] outcome);

        /** A committed view was installed. */
        void onView(RingView view);

        /** This node now serves as INM; or no longer does. */
        void onManager(boolean serving);

        void onCaughtUp(NodeRef learner);

        void onPaused(boolean paused, String sentence);

        void onReconfigurationFailed();
    }

    private final NodeContext context;
    private final long logId;
    private final long foundation;
    private final Links links;
    private final Listener listener;
    private final RingState state = new RingState();
    private final ReplicatedGroup group;
    private final ManagerElection election;
    private final Map<PeerId, NodeRef> dead = new LinkedHashMap<>();
    private ViewId installed = ViewId.NONE;
    private Uid leader = Uid.NOBODY;
    private boolean paused;
    private String pausedSentence = "";

    /** @param foundation names the ring on the wire */
    RingGroup(NodeContext context, long foundation, long logId, Configuration base, Listener listener) {
        this.context = context;
        this.logId = logId;
        this.foundation = foundation;
        links = new RingLinks(context.links(), foundation);
        this.listener = listener;
        group = new ReplicatedGroup(Links.RING_GROUP, context.self(), logId, base, context.host(), links, state, new Applied(),
            GroupSettings.defaults());
        election = new ManagerElection(context, this);
    }

    static ElectionSettings electionSettings() {
        return ElectionSettings.DEFAULT;
    }

    /** The random number of the ring's foundation, its group number on the wire. */
    long foundation() {
        return foundation;
    }

    Links links() {
        return links;
    }

    /** Of this node's copy of the ring's log. */
    long logId() {
        return logId;
    }

    /** The installed view; null before the first. */
    RingView view() {
        return state.view().id().isNone() ? null : state.view();
    }

    RingState state() {
        return state;
    }

    ReplicatedGroup group() {
        return group;
    }

    ManagerElection election() {
        return election;
    }

    /** The INM that this node believes in, or null during an election. */
    NodeRef leader() {
        if (leader.equals(context.self().uid())) {
            return context.self();
        }
        RingView view = view();
        return view == null ? null : view.member(leader).map(Member::node).orElse(null);
    }

    boolean isManager() {
        return group.isServing();
    }

    /** Leads, or thinks it does, but reaches no majority. */
    boolean isPaused() {
        return paused;
    }

    String pausedSentence() {
        return pausedSentence;
    }

    boolean isMember(PeerId peer) {
        RingView view = view();
        return view != null && view.contains(peer);
    }

    /**
     * True if the installed view counts this very log of this node. By its start alone it would not do: a node that was put out, reset and joins again
     * reads, on its way up the log, the views that still had its former self.
     */
    boolean hasThisNode() {
        RingView view = view();
        return view != null && view.member(context.self().uid()).filter(m -> m.node().sameStart(context.self()) && m.logId() == logId).isPresent();
    }

    boolean isDead(Uid uid) {
        RingView view = view();
        return view != null && !dead.isEmpty() && view.member(uid).filter(m -> dead.containsKey(m.node().peer())).isPresent();
    }

    /** By a verdict, by the operator's word, or as a later start of it is a member. One that is merely silent, and was put out of the view, is not. */
    boolean isKnownEnded(NodeRef node) {
        RingView view = view();
        return group.isKnownEnded(node) || view != null && view.member(node.uid()).filter(m -> m.node().incarnation() > node.incarnation()).isPresent();
    }

    void close() {
        election.stop();
        group.close();
    }

    // ---------------------------------------------------------------- failures and elections

    /** A member is dead. Whoever may become INM starts the election when it was the INM. */
    void onDead(NodeRef node, boolean knownEnded, String why) {
        RingView view = view();
        if (view == null || !view.contains(node.peer())) {
            return;
        }
        dead.put(node.peer(), node);
        election.dead(node.uid());
        if (knownEnded) {
            group.ended(node);
        }
        group.peerDown(node);
        if (leader.equals(node.uid())) {
            leader = Uid.NOBODY;
            elect(node + " is dead: " + why);
        } else if (leader.isNobody()) {
            elect("no INM, and " + node + " is dead");
        }
    }

    /** A member says that it has no copy of this ring any more, as after it left with another one: it leads nobody here. */
    void onNoCopy(NodeRef node) {
        if (leader.equals(node.uid())) {
            leader = Uid.NOBODY;
            elect(node + " has no copy of the ring");
        }
    }

    /** The operator's word: it leaves every count, and what only it held is given up. */
    void forget(NodeRef node) {
        dead.put(node.peer(), node);
        election.dead(node.uid());
        group.forgotten(node);
        group.peerDown(node);
        if (leader.equals(node.uid())) {
            leader = Uid.NOBODY;
        }
        if (leader.isNobody()) {
            elect("the operator forgot " + node);
        }
    }

    void onAlive(NodeRef node) {
        if (dead.remove(node.peer()) != null) {
            election.alive(node.uid());
            group.peerUp(node);
        }
    }

    /** Starts an election of the INM if this node may stand in it. */
    void elect(String because) {
        election.start(because);
    }

    /** The INM yields: it starts the election although, serving an auction too, it may not stand in it. */
    void handOver(String because) {
        election.handOver(because);
    }

    /** Waited for in vain: whoever this node believed in does not lead. */
    void electAgain(String because) {
        leader = Uid.NOBODY;
        elect(because);
    }

    /** Who takes over may inherit, and has to commit, a view without itself; no death of it counts there, so nobody would notice that its own view never comes. */
    private void awaitViewOfLeader() {
        if (!leader.isNobody() && view() != null && leader() == null) {
            election.tryAgainUnlessDue();
        }
    }

    // ---------------------------------------------------------------- the log

    void onMessage(PeerId from, NodeRef sender, Message message) {
        switch (message.type()) {
            case TOKEN, ELECTED, TOKEN_ACK, ELECTION_STALE -> {
                if (view() != null) {
                    election.onMessage(from, message);
                }
            }
            case HEARTBEAT -> onHeartbeat(sender, (Message.Heartbeat) message);
            default -> group.onMessage(from, sender, message);
        }
    }

    /** A sign of life, noted below already; from a serving INM it also says who leads, should we have missed its appends. */
    private void onHeartbeat(NodeRef sender, Message.Heartbeat beat) {
        if (leader.isNobody() && beat.epoch() > 0 && beat.epoch() == group.epoch() && group.leader().equals(sender.uid())) {
            leader = sender.uid();
            election.concluded(beat.epoch());
        }
    }

    /** Of those who left the view the newest are kept: one that wakes and speaks again must be sent to again. */
    private void forgetOldDeaths(RingView view) {
        List<PeerId> gone = dead.keySet().stream().filter(peer -> !view.contains(peer)).toList();
        gone.stream().limit(Math.max(0, gone.size() - RingView.MEMBERS_MAX)).forEach(dead::remove);
    }

    private void installView() {
        RingView view = view();
        if (view == null) {
            return;
        }
        if (view.id().equals(installed)) {
            election.installRing(); // who is idle, and so may become INM, changes within a view as well
            return;
        }
        installed = view.id();
        forgetOldDeaths(view);
        election.installRing();
        awaitViewOfLeader();
        listener.onView(view);
    }

    private final class Applied implements GroupListener {
        @Override
        public void onServing(long epoch) {
            leader = context.self().uid();
            paused = false;
            pausedSentence = "";
            election.won(epoch);
            listener.onManager(true);
        }

        @Override
        public void onLeader(long epoch, Uid uid) {
            election.concluded(epoch);
            paused = false;
            pausedSentence = "";
            leader = uid;
            awaitViewOfLeader();
        }

        @Override
        public void onDeposed(long epoch, long higherEpoch) {
            paused = false;
            if (leader.equals(context.self().uid())) {
                leader = Uid.NOBODY;
            }
            election.tryAgainUnlessDue();
            listener.onManager(false);
        }

        @Override
        public void onTakeOverFailed(long epoch, String reason) {
            paused = true;
            pausedSentence = reason;
            if (leader.equals(context.self().uid())) {
                leader = Uid.NOBODY; // it may have been the INM until it asked for a fresh epoch: now there is none that it knows
            }
            election.tryAgainLater();
            context.trace("replication", "take-over-failed", Links.RING_GROUP, Uid.NOBODY, "did not become INM: " + reason);
            listener.onManager(false);
            listener.onPaused(true, reason);
        }

        @Override
        public void onApplied(LogEntry entry, byte[] outcome) {
            listener.onRingApplied(entry, outcome);
            installView();
        }

        @Override
        public void onRestored(long index) {
            listener.onRingApplied(null, null);
            installView();
        }

        @Override
        public void onConfiguration(Configuration configuration, boolean committed) {
            // The state applies a view when its entry is committed; nothing is done with one that may still be replaced.
        }

        @Override
        public void onCaughtUp(NodeRef learner) {
            listener.onCaughtUp(learner);
        }

        @Override
        public void onReconfigurationFailed(String reason) {
            listener.onReconfigurationFailed();
        }

        @Override
        public void onPaused(boolean nowPaused, String sentence) {
            paused = nowPaused;
            pausedSentence = nowPaused ? sentence : "";
            listener.onPaused(nowPaused, sentence);
        }

        @Override
        public void onCorruption(String sentence) {
            context.trace("replication", "corruption", Links.RING_GROUP, Uid.NOBODY, sentence);
        }
    }
}
