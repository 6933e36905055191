package org.gavel.node.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.node.directory.RingState;
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
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.LinkSettings;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.monitor.Watchers;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;

/**
 * One server node: wires the protocols of one process together and sends every message to the room it belongs to. Single-threaded on its host.
 * Duties are not stored here: the ring's log says who serves which auction, the groups say who leads them.
 */
public final class ServerNode {
    private final NodeContext context;
    private final LinkLayer links;
    private final FailureDetector detector;
    private final Watchers watchers;
    private final ClientDesk clients;
    private final Auctions auctions;
    private final RingSeat seat;
    private final StatusBoard board;
    private final NodeControl control;
    /** Given up as silent, though not known ended: whoever of them speaks again is alive. */
    private final Map<PeerId, NodeRef> buried = new LinkedHashMap<>();

    /** Builds the node; nothing happens before {@link #start}. The host delivers datagrams to {@link #receiver}. */
    public ServerNode(NodeSettings settings, Host host, List<Item> items, NodeControl control) {
        NodeRef self = new NodeRef(settings.uid(), settings.incarnation(), host.address(), settings.name(), settings.process());
        this.control = control;
        links = new LinkLayer(host, self, settings.cluster(), new Incoming(), LinkSettings.DEFAULTS);
        detector = new FailureDetector(self, host, links, new Detected(),
            HeartbeatSettings.DEFAULT.withPeriodMs(settings.heartbeatMs()).withCrashHints(settings.crashHints()));
        context = new NodeContext(settings, self, host, links, new Watchlist(detector, links, host));
        watchers = new Watchers(host, links, control::watched);
        auctions = new Auctions(context, new AuctionsListener());
        seat = new RingSeat(context, detector, auctions, items, control, new SeatListener());
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
        seat.membership().start();
    }

    /** Says goodbye, so that the others need not wait to find out; the process ends right after. */
    public void goodbye() {
        detector.leave();
        if (seat.view() != null) {
            for (NodeRef node : seat.view().nodes()) {
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

    RingSeat seat() {
        return seat;
    }

    LinkLayer linkLayer() {
        return links;
    }

    Membership membership() {
        return seat.membership();
    }

    /** Null unless this node is in, or on its way into, a ring. */
    RingGroup ring() {
        return seat.ring();
    }

    ManagerRole manager() {
        return seat.manager();
    }

    AuctionDesk desk() {
        return seat.desk();
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
        seat.forget(member);
    }

    boolean isManager() {
        return seat.isManager();
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
            // Whoever sends what must arrive repeats it from its own state: logs at once, the rest with heartbeats and requests.
            if (seat.isOwn(group)) {
                seat.ring().group().onUndelivered(peer);
            } else {
                auctions.onUndelivered(peer, group);
            }
        }

        @Override
        public void onRoom(NodeRef peer) {
            seat.onRoom(peer);
            auctions.onRoom(peer);
        }
    }

    /** A client or a newcomer that does not answer any more. */
    private void dropOutsider(PeerId peer) {
        watchers.remove(peer);
        auctions.onPeerGone(peer);
        NodeRef node = new NodeRef(peer.uid(), peer.incarnation(), Address.NONE, "", ProcessIdentity.UNKNOWN);
        seat.onPeerGone(node);
        links.close(node);
    }

    /** A member of the ring or of an auction that is served here. */
    boolean isNode(PeerId peer) {
        return seat.isMember(peer) || auctions.isMember(peer);
    }

    private NodeRef sender(PeerId from, Address address) {
        RingView view = seat.view();
        NodeRef known = view == null || !view.contains(from) ? null : view.member(from.uid()).orElseThrow().node();
        return known != null ? known
            : new NodeRef(from.uid(), from.incarnation(), address, "", ProcessIdentity.UNKNOWN);
    }

    private void dispatch(PeerId from, NodeRef sender, long group, Message message) {
        switch (message.type()) {
            case HELLO -> seat.border().onHello(from, (Message.Hello) message);
            case HELLO_REPLY -> seat.border().onHelloReply((Message.HelloReply) message);
            case ANNOUNCE -> seat.border().onAnnounce((Message.Announce) message);
            case REFUSED -> seat.membership().onRefused(from, (Message.Refused) message);
            case PROBE_REPLY -> {
                seat.border().onProbeReply(sender.address(), from);
                if (!seat.onProbeReply((Message.ProbeReply) message)) {
                    detector.onMessage(from, sender.address(), message);
                }
            }
            case PROBE, PROBE_REQUEST, GOODBYE -> detector.onMessage(from, sender.address(), message);
            case VERDICT -> seat.onVerdict((Message.Verdict) message);
            case MULTICAST, STABILITY -> {
                if (seat.isOwn(group)) {
                    seat.onMulticast(from, message);
                }
            }
            case JOIN_REQUEST -> seat.onJoinRequest(sender, (Message.JoinRequest) message);
            case OVER -> onOver(sender, group, (Message.Over) message);
            case ASSIGN -> auctions.onAssign(sender, group, (Message.Assign) message);
            case ELECT -> auctions.onElect(sender, (Message.Elect) message);
            case CLOSE_TO -> auctions.onCloseTo(sender, group, (Message.CloseTo) message);
            case FINISHED -> {
                seat.toDesk(sender, group, message);
                auctions.onMessage(from, sender, group, message);
            }
            case ASSIGN_REPLY, ACTIVE_REPORT, NEED_MEMBER, CLOSED_TO, NOT_COUNTED -> seat.toDesk(sender, group, message);
            case LOOKUP, REQUEST, FAULT, SUBSCRIBE -> clients.onMessage(sender, message);
            default -> toGroup(from, sender, group, message);
        }
    }

    private void onOver(NodeRef sender, long group, Message.Over over) {
        if (group == Links.RING_GROUP || seat.isOwn(group)) {
            seat.border().onOver(sender, group, over);
        } else {
            auctions.onOver(sender, group, over);
            if (over.view().isNone()) {
                seat.toDesk(sender, group, over);
            }
        }
    }

    private void toGroup(PeerId from, NodeRef sender, long group, Message message) {
        if (group == Links.NODE_GROUP) {
            seat.membership().onElection(from, message);
        } else if (seat.isOwn(group)) {
            seat.onMessage(from, sender, message);
        } else {
            auctions.onMessage(from, sender, group, message);
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
            seat.beat();
            auctions.beat();
            board.beat();
        }
    }

    private void bury(NodeRef node, boolean knownEnded, String why) {
        noteBuried(node, knownEnded);
        seat.tell(node, knownEnded, why);
        auctions.onDead(node, knownEnded, why);
        seat.onDead(node, knownEnded, why);
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
        seat.onAlive(node);
        auctions.onAlive(node);
    }

    // ---------------------------------------------------------------- what its rooms ask

    private final class SeatListener implements RingSeat.Listener {
        @Override
        public void onOlderStartGone(NodeRef older, boolean knownEnded) {
            bury(older, knownEnded, "it was started again");
        }

        @Override
        public void onChanged() {
            board.changed();
        }
    }

    private final class AuctionsListener implements Auctions.Listener {
        @Override
        public NodeRef inm() {
            return seat.leader();
        }

        @Override
        public RingState ringState() {
            return seat.membership().phase() == Membership.Phase.MEMBER ? seat.ring().state() : null;
        }

        @Override
        public boolean isKnownEnded(NodeRef node) {
            return seat.membership().phase() == Membership.Phase.MEMBER && seat.ring().isKnownEnded(node);
        }

        @Override
        public void onChanged() {
            seat.monitorPeers();
            board.changed();
        }
    }
}
