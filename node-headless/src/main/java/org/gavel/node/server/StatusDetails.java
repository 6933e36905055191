package org.gavel.node.server;

import java.util.ArrayList;
import java.util.List;
import org.gavel.node.replication.GroupStatus;
import org.gavel.protocol.election.ElectionStatus;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkCounters;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;

/** What a watcher's inspector shows of each protocol, beyond what every watcher needs. */
final class StatusDetails {
    private StatusDetails() { }

    static NodeStatus.Details of(NodeContext context, ServerNode node) {
        AuctionGroup auction = node.auctions().current();
        List<NodeStatus.ElectionReport> elections = new ArrayList<>();
        if (node.ring() != null) {
            elections.add(election(Links.RING_GROUP, node.ring().election().status()));
        }
        if (auction != null) {
            elections.add(election(auction.number(), auction.electionStatus()));
        }
        List<NodeStatus.Doubt> doubts = node.detector().suspicions().stream().map(s -> new NodeStatus.Doubt(s.peer().uid().toString(), s.why())).toList();
        return new NodeStatus.Details(context.settings().allowFaults(), context.settings().heartbeatMs(), elections, link(context, node),
            node.ring() == null ? null : log(node.ring().group().status()), auction == null ? null : log(auction.group().status()),
            auction == null || !auction.isActive() ? -1 : auction.activeRole().participants(), doubts);
    }

    private static NodeStatus.ElectionReport election(long group, ElectionStatus s) {
        return new NodeStatus.ElectionReport(group, s.state().name().toLowerCase(java.util.Locale.ROOT), s.view().toString(), s.epoch(), s.candidate(),
            orEmpty(s.best()), orEmpty(s.leader()), s.passed(), s.swallowed(), s.hops(), orEmpty(s.successor()), s.because());
    }

    private static NodeStatus.LinkReport link(NodeContext context, ServerNode node) {
        LinkCounters c = node.linkLayer().counters();
        RingView view = node.board().view();
        NodeRef successor = view == null ? null : view.successor(context.self().uid()).map(Member::node).orElse(null);
        return new NodeStatus.LinkReport(c.received(), c.delivered(), c.duplicates(), c.acksAlone(), c.malformed(), c.windowFull(), c.links(),
            successor == null ? 0 : context.links().roundTripMicros(successor));
    }

    private static NodeStatus.LogReport log(GroupStatus s) {
        List<NodeStatus.Holder> holders = s.holders().stream()
            .map(h -> new NodeStatus.Holder(h.node().uid().toString(), h.acceptor(), h.up(), h.heldIndex(), h.lag())).toList();
        return new NodeStatus.LogReport(s.promisedEpoch(), s.firstIndex(), orEmpty(s.leader()), holders);
    }

    private static String orEmpty(Uid uid) {
        return uid.isNobody() ? "" : uid.toString();
    }
}
