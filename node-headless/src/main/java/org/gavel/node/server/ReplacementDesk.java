package org.gavel.node.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.directory.RingCommand;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.wire.Message;

/**
 * How the INM finds nodes for a running auction that lost some (protocol.md section 9, replacement): reserves an idle one in the ring's log, asks it to join as a
 * newcomer, and names it with its fresh log to the active. Who refuses is left out again, and another one is asked.
 */
final class ReplacementDesk {
    /** The newest word of an active that was not looked at yet. */
    private record Waiting(NodeRef active, Message.NeedMember need) { }

    private final NodeContext context;
    private final RingGroup ring;
    private final IdleNodes idle;
    private final Function<String, Message.ActiveReport> reports;
    /** By auction, while a change of its nodes is under way; so no more than those. */
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    /** @param reports newest report of an auction's active, or null */
    ReplacementDesk(NodeContext context, RingGroup ring, IdleNodes idle, Function<String, Message.ActiveReport> reports) {
        this.context = context;
        this.ring = ring;
        this.idle = idle;
        this.reports = reports;
    }

    /**
     * The active counts these members and lost those. While a change of that auction's nodes is on its way through the ring's log its newest word waits: judged by the
     * directory of before, the second change would undo the first.
     */
    void onNeedMember(NodeRef active, DirectoryEntry auction, Message.NeedMember need) {
        if (idle.isUnderWay(auction.auctionId())) {
            waiting.put(auction.auctionId(), new Waiting(active, need));
            return;
        }
        if (ring.state().auctionOf(active).isEmpty() && !auction.stage().isOver()) {
            nameActiveAgain(auction, active); // before anybody else gets a place
            return;
        }
        List<NodeRef> kept = new ArrayList<>();
        List<NodeRef> coming = new ArrayList<>();
        for (NodeRef member : auction.group().members()) {
            if (need.members().contains(member.uid())) {
                kept.add(member);
            } else if (isThere(member) && !need.lost().contains(member.uid())) {
                coming.add(member);
            }
        }
        coming.forEach(m -> invite(auction, m));
        List<NodeRef> present = new ArrayList<>(kept);
        present.addAll(coming);
        if (present.size() < AuctionGroup.MEMBERS) {
            fill(active, auction, present, need, coming.isEmpty());
        } else if (coming.isEmpty()) {
            // All four are there; one of them has not got its log id across yet: remind it.
            kept.stream().filter(m -> !m.sameStart(active)).forEach(m -> invite(auction, m));
        }
    }

    private void fill(NodeRef active, DirectoryEntry auction, List<NodeRef> present, Message.NeedMember need, boolean nobodyComes) {
        int places = AuctionGroup.MEMBERS - present.size();
        // One that the active has just lost comes last: it may be as lost as before.
        List<NodeRef> free = newcomers().stream().sorted(Comparator.comparing(n -> need.lost().contains(n.uid()))).toList();
        if (!free.isEmpty()) {
            propose(auction, present, free.stream().limit(places).toList());
        } else if (nobodyComes) {
            sayNoneIsIdle(active, auction, need);
        }
    }

    private void sayNoneIsIdle(NodeRef active, DirectoryEntry auction, Message.NeedMember need) {
        context.links().send(active, auction.assignment().group(), new Message.Replacement(auction.auctionId(), null, 0));
        // A member that its active lost and that is there for the ring: perhaps reset, and free to join its group anew.
        auction.group().members().stream().filter(m -> need.lost().contains(m.uid()) && isThere(m)).findFirst().ifPresent(m -> invite(auction, m));
    }

    /**
     * Its active counts a node that the ring was asked to do without: a verdict was taken back when its place was already free for others. Where there is room the
     * ring names it again, as a node's own word on its duty wins; where another has its place the active sets it free.
     */
    void nameAgain(DirectoryEntry auction, Message.ActiveReport report) {
        List<NodeRef> members = new ArrayList<>(auction.group().members());
        List<NodeRef> again = ring.state().idleNodes().stream().filter(n -> report.members().contains(n.uid()) && !ring.isDead(n.uid())).toList();
        if (auction.stage().isOver() || again.isEmpty() || idle.isUnderWay(auction.auctionId())) {
            return;
        }
        if (members.size() + again.size() <= AuctionGroup.MEMBERS) {
            propose(auction, members, again);
        } else if (again.stream().anyMatch(report.active()::sameStart)) {
            nameActiveAgain(auction, report.active());
        }
    }

    /** Whose place was given away leads the group still: it comes before those who were only to come. */
    private void nameActiveAgain(DirectoryEntry auction, NodeRef active) {
        propose(auction, auction.group().members().stream().sorted(Comparator.comparing(m -> auction.group().reserved().contains(m.uid())))
            .limit(AuctionGroup.MEMBERS - 1L).toList(), List.of(active));
    }

    /** Not one that is suspected: it may be as lost as the one whose place it would take, and its verdict is due within moments. */
    private List<NodeRef> newcomers() {
        return idle.free().stream().filter(n -> !context.watchlist().isDoubted(n)).toList();
    }

    private void propose(DirectoryEntry auction, List<NodeRef> kept, List<NodeRef> newcomers) {
        List<NodeRef> members = new ArrayList<>(kept);
        members.addAll(newcomers);
        idle.propose(auction.auctionId(), newcomers, new RingCommand.Members(auction.auctionId(), members));
    }

    private boolean isThere(NodeRef node) {
        return ring.view().contains(node.peer()) && !ring.isDead(node.uid());
    }

    private void invite(DirectoryEntry auction, NodeRef node) {
        context.links().send(node, auction.assignment().group(), StartDesk.terms(ring, auction, List.of()));
    }

    /** A newcomer's word. The active hears of its log; one that refuses is left out again, and the next one is asked in its place. */
    void onAssignReply(NodeRef from, DirectoryEntry auction, Message.AssignReply reply) {
        Message.ActiveReport report = reports.apply(auction.auctionId());
        if (report == null) {
            return; // an INM that has just begun: the active will ask again
        }
        if (reply.accepted()) {
            context.links().send(report.active(), auction.assignment().group(), new Message.Replacement(auction.auctionId(), from, reply.logId()));
            return;
        }
        idle.refused(from);
        context.trace("ring", "refused", auction.assignment().group(), from.uid(), from + " does not join " + auction.auctionId() + ": " + reply.reason());
        List<NodeRef> kept = auction.group().members().stream().filter(m -> !m.sameStart(from)).toList();
        boolean inTheMaking = auction.group().contains(from.uid()) && !report.members().contains(from.uid());
        if (inTheMaking && !idle.isUnderWay(auction.auctionId())) {
            propose(auction, kept, newcomers().stream().limit(1).toList());
        }
    }

    /** An entry with this auction's members was applied: whoever is new among them is asked to come. */
    void onMembers(DirectoryEntry auction) {
        idle.applied(auction.auctionId());
        Message.ActiveReport report = reports.apply(auction.auctionId());
        if (report != null) {
            auction.group().members().stream().filter(m -> !report.members().contains(m.uid())).forEach(m -> invite(auction, m));
        }
        Waiting next = waiting.remove(auction.auctionId());
        if (next != null && !auction.stage().isOver()) {
            onNeedMember(next.active(), auction, next.need());
        }
    }

    void stop() {
        waiting.clear();
    }
}
