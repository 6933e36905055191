package org.gavel.node.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;

/** To whom a member of the ring shows that it lives, and whose life it watches itself (protocol.md section 5). */
final class RingWatch {
    private final NodeContext context;
    private final RingSeat seat;
    private final Auctions auctions;

    RingWatch(NodeContext context, RingSeat seat, Auctions auctions) {
        this.context = context;
        this.seat = seat;
        this.auctions = auctions;
    }

    void beat() {
        if (seat.leader() != null && !seat.isManager() && !auctions.follows()) {
            beatTo(seat.leader());
        } else if (isLeaderless()) {
            seat.view().nodes().stream().filter(n -> !context.isSelf(n) && !seat.ring().isDead(n.uid())).forEach(this::beatTo);
        }
        askTheDead();
        monitorPeers();
    }

    /**
     * A verdict may be wrong, and the one that was given up need not have anything to say to this very node: as long as the view counts it, it is asked. Else this
     * node would pass it over in every election.
     */
    private void askTheDead() {
        if (seat.view() != null) {
            seat.view().nodes().stream().filter(n -> seat.ring().isDead(n.uid()))
                .forEach(n -> context.links().sendUnreliable(n.address(), PeerId.UNKNOWN, Links.NODE_GROUP, new Message.Probe(context.host().random(), n.peer())));
        }
    }

    /** Without an INM, whom all would watch, each member watches all: else nobody knew how many are here, nor who answers for them. */
    private boolean isLeaderless() {
        RingGroup ring = seat.ring();
        return ring != null && ring.view() != null && ring.hasThisNode() && ring.leader() == null;
    }

    private void beatTo(NodeRef node) {
        RingGroup ring = seat.ring();
        RingView view = ring.view();
        ring.links().sendUnreliable(node, Links.RING_GROUP, new Message.Heartbeat(view == null ? ViewId.NONE : view.id(), ring.group().epoch(),
            ring.group().lastIndex(), ring.group().committedIndex(), 0, List.of()));
    }

    /** INM and idle nodes each other, actives and their followers, actives and the INM; without an INM all. */
    void monitorPeers() {
        Map<NodeRef, String> wanted = new LinkedHashMap<>();
        RingGroup ring = seat.ring();
        RingView view = seat.view();
        if (view != null && ring.hasThisNode()) {
            if (seat.isManager()) {
                view.nodes().stream().filter(n -> !auctions.followsElsewhere(ring, seat.desk(), n)).forEach(n -> wanted.put(n, "member of the ring"));
            } else if (ring.leader() != null) {
                wanted.put(ring.leader(), "INM");
            } else {
                view.nodes().forEach(n -> wanted.put(n, "member of a ring without an INM"));
            }
        }
        auctions.monitored().forEach(n -> wanted.putIfAbsent(n, "member of the auction"));
        wanted.keySet().removeIf(context::isSelf);
        context.watchlist().set(wanted.keySet());
    }
}
