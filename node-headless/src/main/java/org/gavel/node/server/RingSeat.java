package org.gavel.node.server;

import java.util.List;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingOutcome;
import org.gavel.node.directory.RingState;
import org.gavel.node.replication.Configuration;
import org.gavel.node.replication.GroupStatus;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.heartbeat.FailureDetector;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * This node's seat in a ring: gets one through {@link Membership}, wires the ring's group to the INM's two roles and to the verdicts while it has one, and gives
 * all of them up when it loses it. Everything of one ring is made together and dropped together, so nothing of a former ring is ever asked.
 */
final class RingSeat {
    /** What the seat asks of its node. */
    interface Listener {
        /** A member's older start has ended: in every room it is dead. */
        void onOlderStartGone(NodeRef older, boolean knownEnded);

        /** Something that watchers see has changed. */
        void onChanged();
    }

    private final NodeContext context;
    private final FailureDetector detector;
    private final Auctions auctions;
    private final List<Item> items;
    private final Listener listener;
    private final Membership membership;
    private final RingBorder border;
    private final RingWatch watch;
    private RingGroup ring;
    private ManagerRole manager;
    private AuctionDesk desk;
    private Verdicts verdicts;
    private VerdictWatcher verdictWatcher = VerdictWatcher.NOBODY;
    /** Of the view installed last. */
    private List<NodeRef> members = List.of();

    RingSeat(NodeContext context, FailureDetector detector, Auctions auctions, List<Item> items, NodeControl control, Listener listener) {
        this.context = context;
        this.detector = detector;
        this.auctions = auctions;
        this.items = List.copyOf(items);
        this.listener = listener;
        membership = new Membership(context, new MembershipListener(), control);
        border = new RingBorder(context, this);
        watch = new RingWatch(context, this, auctions);
    }

    /** From the next ring on. */
    void watchVerdicts(VerdictWatcher watcher) {
        verdictWatcher = watcher;
    }

    Membership membership() {
        return membership;
    }

    RingBorder border() {
        return border;
    }

    /** Null unless this node is in, or on its way into, a ring; like all that follows. */
    RingGroup ring() {
        return ring;
    }

    ManagerRole manager() {
        return manager;
    }

    AuctionDesk desk() {
        return desk;
    }

    RingView view() {
        return ring == null ? null : ring.view();
    }

    NodeRef leader() {
        return ring == null ? null : ring.leader();
    }

    boolean isManager() {
        return manager != null && manager.isServing();
    }

    boolean isMember(PeerId peer) {
        return ring != null && ring.isMember(peer);
    }

    /** True for a message of this seat's ring: its group carries its foundation on the wire. */
    boolean isOwn(long group) {
        return ring != null && group == ring.foundation();
    }

    // ---------------------------------------------------------------- messages

    void onMessage(PeerId from, NodeRef sender, Message message) {
        ring.onMessage(from, sender, message);
        border.turnAwayStranger(sender, message);
        membership.onRingMessage(sender, message);
    }

    void onMulticast(PeerId from, Message message) {
        verdicts.onMessage(from, message);
    }

    void onJoinRequest(NodeRef sender, Message.JoinRequest join) {
        if (isManager()) {
            manager.onJoinRequest(sender, join);
        }
        border.onJoinRequest(sender, join);
    }

    /** True if the reply was to the INM's question whether a uid's older start still lives. */
    boolean onProbeReply(Message.ProbeReply reply) {
        return manager != null && manager.onProbeReply(reply);
    }

    void toDesk(NodeRef sender, long group, Message message) {
        if (!isManager()) {
            return;
        }
        switch (message.type()) {
            case ASSIGN_REPLY -> desk.onAssignReply(sender, (Message.AssignReply) message);
            case ACTIVE_REPORT -> {
                desk.onActiveReport(sender, (Message.ActiveReport) message);
                monitorPeers(); // whom an active does not name, the INM watches itself
            }
            case NEED_MEMBER -> desk.onNeedMember(sender, (Message.NeedMember) message);
            case FINISHED -> desk.onFinished(sender, (Message.Finished) message);
            case OVER -> desk.onNoCopy(sender, group);
            case NOT_COUNTED -> desk.onNotCounted(sender, (Message.NotCounted) message);
            default -> desk.onClosedTo(sender, (Message.ClosedTo) message);
        }
    }

    void onVerdict(Message.Verdict verdict) {
        if (context.isSelf(verdict.dead())) {
            return;
        }
        if (isMember(verdict.dead().peer()) || auctions.isMember(verdict.dead().peer())) {
            detector.verifyNow(verdict.dead(), verdict.reason());
        }
    }

    // ---------------------------------------------------------------- failures and heartbeats

    void beat() {
        if (manager != null) {
            manager.beat();
        }
        watch.beat();
    }

    /** Tells the other members of the verdict. */
    void tell(NodeRef node, boolean knownEnded, String why) {
        if (isMember(node.peer())) {
            verdicts.tell(new Message.Verdict(node, knownEnded, why));
        }
    }

    void onDead(NodeRef node, boolean knownEnded, String why) {
        if (ring != null) {
            ring.onDead(node, knownEnded, why);
            manager.onDead(node);
            monitorPeers();
        }
    }

    void onAlive(NodeRef node) {
        if (ring != null) {
            verdicts.revoke(node.peer());
            ring.onAlive(node);
            manager.onAlive(node);
        }
    }

    /** A client or a newcomer that does not answer any more. */
    void onPeerGone(NodeRef node) {
        if (manager != null) {
            manager.onPeerGone(node);
            ring.group().outsiderGone(node.peer());
        }
    }

    void onRoom(NodeRef peer) {
        if (ring != null) {
            ring.group().onRoom(peer);
        }
    }

    /** The operator says that this member has ended for good. */
    void forget(NodeRef member) {
        context.trace("ring", "forgotten", Links.RING_GROUP, member.uid(), "the operator says that " + member + " has ended");
        ring.forget(member);
        if (manager != null) {
            manager.onDead(member);
        }
    }

    // ---------------------------------------------------------------- the ring

    private final class MembershipListener implements Membership.Listener {
        @Override
        public void onJoining(long logId, long foundation) {
            openRing(foundation, logId, null);
        }

        @Override
        public void onFound(long logId, long foundation) {
            openRing(foundation, logId, new Configuration(0, 0, List.of(new Acceptor(context.self(), logId)), ""));
            ring.group().takeOver(1);
        }

        /** The auction's copy stays: its group decides who may drop one, and a ring that was wrong about this node must not cost it two at once. */
        @Override
        public void onReset(String reason) {
            closeRing();
            monitorPeers();
            listener.onChanged();
        }

        @Override
        public ViewId view() {
            return RingSeat.this.view() == null ? ViewId.NONE : RingSeat.this.view().id();
        }

        @Override
        public NodeRef inm() {
            return leader();
        }

        @Override
        public List<NodeRef> members() {
            return members;
        }

        @Override
        public long boundTo() {
            return auctions.boundTo();
        }

        @Override
        public boolean isMember(PeerId peer) {
            return RingSeat.this.isMember(peer);
        }
    }

    private void openRing(long foundation, long logId, Configuration base) {
        closeRing();
        auctions.onFoundation(foundation);
        ring = new RingGroup(context, foundation, logId, base, new RingListener());
        desk = new AuctionDesk(context, ring);
        manager = new ManagerRole(context, ring, items, desk, this::onOlderStartGone);
        verdicts = new Verdicts(context, ring.links(), this::onVerdict, verdictWatcher);
    }

    private void onOlderStartGone(NodeRef older, boolean knownEnded) {
        listener.onOlderStartGone(older, knownEnded);
        border.onStartGone(older);
    }

    private void closeRing() {
        if (ring != null) {
            manager.stop();
            verdicts.close();
            ring.close();
            ring = null;
            manager = null;
            desk = null;
            verdicts = null;
            members = List.of();
        }
    }

    private final class RingListener implements RingGroup.Listener {
        @Override
        public void onRingApplied(LogEntry entry, byte[] outcome) {
            if (entry != null && entry.kind() == LogEntry.Kind.COMMAND && !onCommand(entry, outcome)) {
                return;
            }
            auctions.onRingChanged();
            monitorPeers();
            listener.onChanged();
        }

        @Override
        public void onView(RingView view) {
            if (!ring.hasThisNode()) {
                if (membership.phase() == Membership.Phase.MEMBER) {
                    verdicts.leave(view);
                    context.host().atEndOfPass(() -> leaveUnlessLeading(view));
                }
                return;
            }
            membership.becomeMember(view.id());
            context.trace("ring", "view", Links.RING_GROUP, view.inm(), "installed view " + view.id() + " with " + view.members().size() + " members");
            verdicts.install(view);
            closeLinksToFormer(view);
            manager.onView(view);
            detector.helpers(view.nodes());
            monitorPeers();
        }

        @Override
        public void onManager(boolean serving) {
            if (serving) {
                manager.start();
            } else {
                manager.stop();
            }
            monitorPeers();
            listener.onChanged();
        }

        @Override
        public void onCaughtUp(NodeRef learner) {
            manager.onCaughtUp(learner);
        }

        @Override
        public void onReconfigurationFailed() {
            manager.onReconfigurationFailed();
        }

        @Override
        public void onPaused(boolean paused, String sentence) {
            listener.onChanged();
        }
    }

    /** Nobody acknowledges what is still under way to the dead, and a link resends for ever. One who was put out alive gets a new link when it speaks. */
    private void closeLinksToFormer(RingView view) {
        members.stream().filter(n -> !view.contains(n.peer())).forEach(context.links()::close);
        members = view.nodes();
    }

    /** Who takes over may inherit, and has to commit, a view of its predecessor that leaves it out: it stays, and its first view has it again. */
    private void leaveUnlessLeading(RingView view) {
        if (ring != null && !ring.hasThisNode() && ring.group().status().role() == GroupStatus.Role.FOLLOWER) {
            membership.reset("view " + view.id() + " goes on without this node");
        }
    }

    /** False if the ring dissolves by this very entry. */
    private boolean onCommand(LogEntry entry, byte[] outcome) {
        try {
            RingOutcome result = RingOutcome.fromJson(outcome);
            if (!isManager() && !result.type().equals("dissolve") && !result.type().equals("unknown")) {
                return true; // the state has taken it in; only the INM acts upon it
            }
            RingCommand command = RingCommand.parse(entry.body());
            if (command instanceof RingCommand.Dissolve dissolve) {
                if (result.accepted()) {
                    onDissolved(dissolve.reason());
                } else {
                    manager.onStays();
                }
                return !result.accepted();
            }
            if (isManager()) {
                desk.onApplied(command, result);
            }
        } catch (MalformedException e) {
            context.trace("ring", "unknown-command", Links.RING_GROUP, context.self().uid(), e.getMessage() + ": changes nothing");
        }
        return true;
    }

    private void onDissolved(String reason) {
        List<NodeRef> others = ring.view() == null ? List.of() : ring.view().nodes();
        if (isManager()) {
            others.stream().filter(n -> !context.isSelf(n))
                .forEach(n -> context.links().send(n, Links.RING_GROUP, new Message.Over(ViewId.NONE, reason)));
        }
        context.host().atEndOfPass(() -> membership.reset(reason));
    }

    /** Something has changed that says whom this node watches. */
    void monitorPeers() {
        watch.monitorPeers();
    }
}
