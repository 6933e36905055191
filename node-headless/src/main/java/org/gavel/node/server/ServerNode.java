package org.gavel.node.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingOutcome;
import org.gavel.node.directory.RingState;
import org.gavel.node.replication.Configuration;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.heartbeat.DetectorListener;
import org.gavel.protocol.heartbeat.FailureDetector;
import org.gavel.protocol.heartbeat.HeartbeatSettings;
import org.gavel.protocol.heartbeat.HintKind;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.LinkSettings;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.monitor.Watchers;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageType;

/**
 * One server node: wires the protocols of one process together and sends every message to the room it belongs to. Single-threaded on its host.
 * Duties are not stored here: the ring's log says who serves which auction, the groups say who leads them.
 */
public final class ServerNode {
    private final NodeContext context;
    private final LinkLayer links;
    private final FailureDetector detector;
    private final List<Item> items;
    private final Membership membership;
    private final Watchers watchers;
    private final ClientDesk clients;
    private final Auctions auctions;
    private final StatusBoard board;
    private final NodeControl control;
    /** Given up as silent, though not known ended: whoever of them speaks again is alive. */
    private final Map<PeerId, NodeRef> buried = new LinkedHashMap<>();
    private RingGroup ring;
    private ManagerRole manager;
    private AuctionDesk desk;
    private Verdicts verdicts;

    /** Builds the node; nothing happens before {@link #start}. The host delivers datagrams to {@link #receiver}. */
    public ServerNode(NodeSettings settings, Host host, List<Item> items, NodeControl control) {
        NodeRef self = new NodeRef(settings.uid(), settings.incarnation(), host.address(), settings.name(), settings.process());
        this.items = List.copyOf(items);
        this.control = control;
        links = new LinkLayer(host, self, settings.cluster(), new Incoming(), LinkSettings.DEFAULTS);
        detector = new FailureDetector(self, host, links, new Detected(),
            HeartbeatSettings.DEFAULT.withPeriodMs(settings.heartbeatMs()).withCrashHints(settings.crashHints()));
        context = new NodeContext(settings, self, host, links, new Watchlist(detector, links, host));
        membership = new Membership(context, new MembershipListener(), control);
        watchers = new Watchers(host, links, control::watched);
        auctions = new Auctions(context, new AuctionsListener());
        board = new StatusBoard(context, this);
        clients = new ClientDesk(context, this, control);
    }

    public DatagramReceiver receiver() {
        return links;
    }

    public NodeRef self() {
        return context.self();
    }

    /** Starts to look for a ring. */
    public void start() {
        context.trace("discovery", "start", Links.NODE_GROUP, context.self().uid(), "starts as " + context.self().name() + " at " + context.self().address());
        detector.start();
        membership.start();
    }

    /** Says goodbye, so that the others need not wait to find out; the process ends right after. */
    public void goodbye() {
        detector.leave();
        if (ring != null && ring.view() != null) {
            for (NodeRef node : ring.view().nodes()) {
                if (!context.isSelf(node)) {
                    links.sendUnreliable(node, Links.NODE_GROUP, new Message.Goodbye(context.self().peer()));
                }
            }
        }
    }

    /** Whatever the host traced goes to those who watch. */
    public void watch(TraceEvent event) {
        watchers.offer(event);
    }

    // ---------------------------------------------------------------- what its parts and tests look at

    NodeContext context() {
        return context;
    }

    LinkLayer linkLayer() {
        return links;
    }

    Membership membership() {
        return membership;
    }

    /** Null unless this node is in, or on its way into, a ring. */
    RingGroup ring() {
        return ring;
    }

    ManagerRole manager() {
        return manager;
    }

    AuctionDesk desk() {
        return desk;
    }

    Auctions auctions() {
        return auctions;
    }

    Watchers watchers() {
        return watchers;
    }

    FailureDetector detector() {
        return detector;
    }

    StatusBoard board() {
        return board;
    }

    /** The operator says that this member has ended for good. */
    void forget(NodeRef member) {
        context.trace("ring", "forgotten", Links.RING_GROUP, member.uid(), "the operator says that " + member + " has ended");
        ring.forget(member);
        if (manager != null) {
            manager.onDead(member);
        }
    }

    boolean isManager() {
        return manager != null && manager.isServing();
    }

    // ---------------------------------------------------------------- messages

    private final class Incoming implements LinkListener {
        @Override
        public void onMessage(PeerId from, Address address, long group, Message message) {
            detector.heard(from);
            if (!buried.isEmpty() && buried.containsKey(from)) {
                revive(buried.get(from));
            }
            dispatch(from, sender(from, address), group, message);
        }

        @Override
        public void onUnacknowledged(PeerId peer) {
            detector.hint(peer, HintKind.UNACKNOWLEDGED);
            if (!isNode(peer)) {
                dropOutsider(peer);
            }
        }

        @Override
        public void onCrashHint(PeerId peer) {
            detector.hint(peer, HintKind.PORT_UNREACHABLE);
            if (!isNode(peer)) {
                dropOutsider(peer);
            }
        }

        @Override
        public void onUndelivered(NodeRef peer, long group, Message message) {
            // Whoever sends what must arrive repeats it from its own state: logs, heartbeats, requests.
        }

        @Override
        public void onRoom(NodeRef peer) {
            if (ring != null) {
                ring.group().onRoom(peer);
            }
            auctions.onRoom(peer);
        }
    }

    /** A client or a newcomer that does not answer any more. */
    private void dropOutsider(PeerId peer) {
        watchers.remove(peer);
        auctions.onPeerGone(peer);
        NodeRef node = new NodeRef(peer.uid(), peer.incarnation(), Address.NONE, "", ProcessIdentity.UNKNOWN);
        if (manager != null) {
            manager.onPeerGone(node);
        }
        links.close(node);
    }

    private boolean isNode(PeerId peer) {
        return ring != null && ring.isMember(peer) || auctions.isMember(peer);
    }

    private NodeRef sender(PeerId from, Address address) {
        RingView view = ring == null ? null : ring.view();
        NodeRef known = view == null || !view.contains(from) ? null : view.member(from.uid()).orElseThrow().node();
        return known != null ? known
            : new NodeRef(from.uid(), from.incarnation(), address, "", ProcessIdentity.UNKNOWN);
    }

    private void dispatch(PeerId from, NodeRef sender, long group, Message message) {
        switch (message.type()) {
            case HELLO -> onHello(from, (Message.Hello) message);
            case HELLO_REPLY -> membership.onHelloReply((Message.HelloReply) message);
            case ANNOUNCE -> onAnnounce((Message.Announce) message);
            case REFUSED -> membership.onRefused(from, (Message.Refused) message);
            case PROBE_REPLY -> {
                if (manager == null || !manager.onProbeReply((Message.ProbeReply) message)) {
                    detector.onMessage(from, sender.address(), message);
                }
            }
            case PROBE, PROBE_REQUEST, GOODBYE -> detector.onMessage(from, sender.address(), message);
            case VERDICT -> onVerdict((Message.Verdict) message);
            case MULTICAST, STABILITY -> {
                if (verdicts != null && group == ring.foundation()) {
                    verdicts.onMessage(from, message);
                }
            }
            case JOIN_REQUEST -> {
                if (isManager()) {
                    manager.onJoinRequest(sender, (Message.JoinRequest) message);
                }
            }
            case OVER -> onOver(sender, (Message.Over) message);
            case ASSIGN -> auctions.onAssign(sender, group, (Message.Assign) message);
            case ELECT -> auctions.onElect((Message.Elect) message);
            case CLOSE_TO -> auctions.onCloseTo(sender, group, (Message.CloseTo) message);
            case ASSIGN_REPLY, ACTIVE_REPORT, NEED_MEMBER, FINISHED, CLOSED_TO -> toDesk(sender, message);
            case LOOKUP, REQUEST, FAULT, SUBSCRIBE -> clients.onMessage(sender, message);
            default -> toGroup(from, sender, group, message);
        }
    }

    private void toDesk(NodeRef sender, Message message) {
        if (!isManager()) {
            return;
        }
        switch (message.type()) {
            case ASSIGN_REPLY -> desk.onAssignReply(sender, (Message.AssignReply) message);
            case ACTIVE_REPORT -> desk.onActiveReport(sender, (Message.ActiveReport) message);
            case NEED_MEMBER -> desk.onNeedMember(sender, (Message.NeedMember) message);
            case FINISHED -> desk.onFinished(sender, (Message.Finished) message);
            default -> desk.onClosedTo(sender, (Message.ClosedTo) message);
        }
    }

    private void toGroup(PeerId from, NodeRef sender, long group, Message message) {
        if (group == Links.NODE_GROUP) {
            membership.onElection(from, message);
        } else if (ring != null && group == ring.foundation()) {
            ring.onMessage(from, sender, message);
            turnAwayStranger(sender, message);
        } else {
            auctions.onMessage(from, sender, group, message);
        }
    }

    /** A node that still counts itself in, though the view has gone on without it, is told so by the INM. */
    private void turnAwayStranger(NodeRef sender, Message message) {
        boolean speaksAsMember = message.type() == MessageType.HEARTBEAT
            || message.type() == MessageType.APPEND || message.type() == MessageType.PREPARE;
        if (isManager() && !ring.isPaused() && speaksAsMember && ring.view() != null && !ring.isMember(sender.peer())) {
            links.send(sender, Links.RING_GROUP, new Message.Over(ring.view().id(), "view " + ring.view().id() + " goes on without you"));
        }
    }

    private void onHello(PeerId from, Message.Hello hello) {
        membership.onHello(from, hello);
        boolean stray = isManager() && !ring.isPaused() && ring.view() != null && !hello.view().isNone()
            && hello.view().foundation() == ring.view().id().foundation();
        if (stray && !ring.isMember(hello.node().peer())) {
            links.send(hello.node(), Links.RING_GROUP, new Message.Over(ring.view().id(), "view " + ring.view().id() + " goes on without you"));
        }
    }

    private void onAnnounce(Message.Announce announce) {
        if (context.isSelf(announce.inm())) {
            return;
        }
        membership.onAnnounce(announce);
        if (ring == null || ring.view() == null || membership.phase() != Membership.Phase.MEMBER) {
            return;
        }
        if (isManager()) {
            manager.onForeignAnnounce(announce);
        } else if (announce.view().foundation() != ring.view().id().foundation() && ring.leader() != null) {
            // Where only seeds hear each other, the INMs of two rings may not: a member that hears the other's tells its own.
            links.sendUnreliable(ring.leader(), Links.NODE_GROUP, announce);
        }
        if (announce.view().isNewerThan(ring.view().id())) {
            // Perhaps we are only late, perhaps it goes on without us: the INM knows.
            links.sendUnreliable(announce.inm(), Links.NODE_GROUP, new Message.Hello(context.self(), ring.view().id()));
        }
    }

    private void onOver(NodeRef sender, Message.Over over) {
        if (ring == null || membership.phase() == Membership.Phase.JOINING) {
            return;
        }
        RingView view = ring.view();
        boolean dissolved = over.view().isNone() && sender.equals(ring.leader());
        boolean newer = view != null && over.view().isNewerThan(view.id());
        if (dissolved || newer) {
            membership.reset(over.reason());
        }
    }

    private void onVerdict(Message.Verdict verdict) {
        if (context.isSelf(verdict.dead())) {
            return;
        }
        if (isNode(verdict.dead().peer())) {
            detector.verifyNow(verdict.dead(), verdict.reason());
        }
    }

    // ---------------------------------------------------------------- failures and heartbeats

    private final class Detected implements DetectorListener {
        @Override
        public void onSuspected(NodeRef node, String why) {
            board.changed();
        }

        @Override
        public void onCleared(NodeRef node) {
            revive(node);
            board.changed();
        }

        @Override
        public void onDead(NodeRef node, boolean knownEnded, String why) {
            bury(node, knownEnded, why);
        }

        @Override
        public void onBeat() {
            if (manager != null) {
                manager.beat();
            }
            if (ring != null && !isManager() && ring.leader() != null && !auctions.follows()) {
                beatToManager();
            }
            auctions.beat();
            board.beat();
        }
    }

    private void beatToManager() {
        RingView view = ring.view();
        ring.links().sendUnreliable(ring.leader(), Links.RING_GROUP, new Message.Heartbeat(view == null ? ViewId.NONE : view.id(), ring.group().epoch(),
            ring.group().lastIndex(), ring.group().committedIndex(), 0, List.of()));
    }

    private void bury(NodeRef node, boolean knownEnded, String why) {
        noteBuried(node, knownEnded);
        if (verdicts != null && ring.isMember(node.peer())) {
            verdicts.tell(new Message.Verdict(node, knownEnded, why));
        }
        auctions.onDead(node, knownEnded, why);
        if (ring != null) {
            ring.onDead(node, knownEnded, why);
        }
        if (manager != null) {
            manager.onDead(node);
        }
        board.changed();
    }

    private void noteBuried(NodeRef node, boolean knownEnded) {
        if (knownEnded) {
            buried.remove(node.peer());
        } else if (buried.put(node.peer(), node) == null && buried.size() > RingView.MEMBERS_MAX) {
            buried.remove(buried.keySet().iterator().next());
        }
    }

    private void revive(NodeRef node) {
        buried.remove(node.peer());
        if (verdicts != null) {
            verdicts.revoke(node.peer());
        }
        if (ring != null) {
            ring.onAlive(node);
        }
        auctions.onAlive(node);
        if (manager != null) {
            manager.onAlive(node);
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

        @Override
        public void onReset(String reason) {
            closeRing();
            auctions.closeAll(reason);
            context.watchlist().set(List.of());
            board.changed();
        }

        @Override
        public ViewId view() {
            return ring == null || ring.view() == null ? ViewId.NONE : ring.view().id();
        }

        @Override
        public NodeRef inm() {
            return ring == null ? null : ring.leader();
        }

        @Override
        public boolean isMember(PeerId peer) {
            return ring != null && ring.isMember(peer);
        }
    }

    private void openRing(long foundation, long logId, Configuration base) {
        closeRing();
        ring = new RingGroup(context, foundation, logId, base, new RingListener());
        desk = new AuctionDesk(context, ring);
        manager = new ManagerRole(context, ring, items, desk, (older, ended) -> bury(older, ended, "it was started again"));
        verdicts = new Verdicts(context, ring.links(), this::onVerdict);
    }

    private void closeRing() {
        if (ring != null) {
            manager.stop();
            ring.close();
            ring = null;
            manager = null;
            desk = null;
            verdicts = null;
        }
    }

    private final class RingListener implements RingGroup.Listener {
        @Override
        public void onRingApplied(LogEntry entry, byte[] outcome) {
            if (entry != null && entry.kind() == LogEntry.Kind.COMMAND && !onCommand(entry, outcome)) {
                return;
            }
            auctions.onRingChanged(ring.state());
            monitorPeers();
            board.changed();
        }

        @Override
        public void onView(RingView view) {
            if (!ring.hasThisNode()) {
                if (membership.phase() == Membership.Phase.MEMBER) {
                    context.host().atEndOfPass(() -> membership.reset("view " + view.id() + " goes on without this node"));
                }
                return;
            }
            membership.becomeMember(view.id());
            context.trace("ring", "view", Links.RING_GROUP, view.inm(), "installed view " + view.id() + " with " + view.members().size() + " members");
            verdicts.install(view);
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
            board.changed();
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
            board.changed();
        }
    }

    /** False if the ring dissolves by this very entry. */
    private boolean onCommand(LogEntry entry, byte[] outcome) {
        try {
            RingCommand command = RingCommand.parse(entry.body());
            RingOutcome result = RingOutcome.fromJson(outcome);
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
                .forEach(n -> links.send(n, Links.RING_GROUP, new Message.Over(ViewId.NONE, reason)));
        }
        context.host().atEndOfPass(() -> membership.reset(reason));
    }

    /** Who has to watch whom (protocol.md section 5): INM and idle nodes each other, actives and their followers, actives and the INM. */
    private void monitorPeers() {
        Map<NodeRef, String> wanted = new LinkedHashMap<>();
        RingView view = ring == null ? null : ring.view();
        if (view != null && ring.hasThisNode()) {
            if (isManager()) {
                view.nodes().stream().filter(n -> !auctions.followsElsewhere(ring, n)).forEach(n -> wanted.put(n, "member of the ring"));
            } else if (ring.leader() != null) {
                wanted.put(ring.leader(), "INM");
            }
        }
        auctions.monitored().forEach(n -> wanted.putIfAbsent(n, "member of the auction"));
        wanted.keySet().removeIf(context::isSelf);
        context.watchlist().set(wanted.keySet());
    }

    private final class AuctionsListener implements Auctions.Listener {
        @Override
        public NodeRef inm() {
            return ring == null ? null : ring.leader();
        }

        @Override
        public RingState ringState() {
            return ring == null ? null : ring.state();
        }

        @Override
        public void onChanged() {
            monitorPeers();
            board.changed();
        }
    }
}
