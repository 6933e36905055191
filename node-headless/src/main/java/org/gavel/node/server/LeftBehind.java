package org.gavel.node.server;

import java.util.List;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.replication.Configuration;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.Message;

/**
 * One auction as the ring's log knows it, held against what a member believes: whoever was left behind finds out here (protocol.md section 8, 'over'). Every member
 * of the ring reads the INM's word in its own copy of the log; that its log and promise are needed no more only the active can say, and says it when asked.
 */
final class LeftBehind {
    private final NodeContext context;
    private final AuctionGroup auction;

    LeftBehind(NodeContext context, AuctionGroup auction) {
        this.context = context;
        this.auction = auction;
    }

    private DirectoryEntry entry() {
        return auction.listener().entry(auction.auctionId());
    }

    /** True once the ring has committed this auction's result. */
    boolean isSettled() {
        DirectoryEntry entry = entry();
        return entry != null && entry.stage().isOver();
    }

    /** Whom the ring counts among the auction's nodes. */
    List<NodeRef> named() {
        DirectoryEntry entry = entry();
        return entry == null || entry.freed() ? List.of() : entry.group().members();
    }

    boolean isNamed(NodeRef node) {
        return named().stream().anyMatch(m -> m.sameStart(node));
    }

    /** The ring has seen a later active than this node: it leads no more, even if none of its messages reaches anyone who could tell it so. */
    void giveWay() {
        DirectoryEntry entry = entry();
        if (entry != null && entry.group().epoch() > auction.group().epoch()) {
            auction.group().outdatedBy(entry.group().epoch());
        }
    }

    /** As far as the ring knows this node is a member and has seen the latest active: what it believes of its group may be acted upon. */
    boolean isUpToDate() {
        DirectoryEntry entry = entry();
        return entry != null && isNamed(context.self()) && entry.group().epoch() <= auction.group().epoch();
    }

    /** For one whom the ring does not name any more: the active that it names, to be asked. Else null. */
    NodeRef activeElsewhere() {
        DirectoryEntry entry = entry();
        NodeRef there = entry == null ? null : entry.group().activeNode();
        return there == null || context.isSelf(there) || isNamed(context.self()) ? null : there;
    }

    /** One that is no member any more speaks as if it were: 'over', if nobody can need it. */
    void answer(NodeRef stranger) {
        if (!isNamed(stranger) && auction.group().isDoneWithout(stranger.uid())) {
            context.links().sendUnreliable(stranger, auction.number(), new Message.Over(
                AuctioneerElection.view(auction.number(), auction.group().committedConfiguration()), auction.auctionId() + " goes on without you"));
        }
    }

    /**
     * True if such an answer is for this node: it comes from one whom the ring names, and tells of a later configuration than this node knows, or of the one by which
     * this node knows itself put out; a newcomer that never got a copy knows of none.
     */
    boolean isOver(NodeRef from, ViewId view) {
        if (!isNamed(from) || isNamed(context.self())) {
            return false;
        }
        Configuration own = auction.group().committedConfiguration();
        if (own == null) {
            return true;
        }
        ViewId known = AuctioneerElection.view(auction.number(), own);
        return view.isNewerThan(known) || view.equals(known) && !own.contains(context.self().uid(), auction.logId());
    }
}
