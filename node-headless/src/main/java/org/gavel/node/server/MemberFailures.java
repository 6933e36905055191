package org.gavel.node.server;

import org.gavel.node.replication.Configuration;
import org.gavel.protocol.identity.NodeRef;

/**
 * What the failures of an auction's members change for its group (protocol.md sections 5 and 9): one that is dead, one that lives and has lost its copy, one that
 * is there again. Without the active the others elect one; without a follower the active sees to its strength.
 */
final class MemberFailures {
    private final NodeContext context;
    private final AuctionGroup auction;
    private final AuctioneerElection election;

    MemberFailures(NodeContext context, AuctionGroup auction, AuctioneerElection election) {
        this.context = context;
        this.auction = auction;
        this.election = election;
    }

    void onDead(NodeRef node, boolean knownEnded, String why) {
        if (auction.roster().markDead(node.peer())) {
            election.dead(node.uid());
            if (knownEnded) {
                auction.roster().markEnded(node.peer());
                auction.group().ended(node);
            }
            goOnWithout(node, "is dead: " + why);
        }
    }

    void onNoCopy(NodeRef node) {
        for (Configuration configuration : auction.group().configurations()) {
            configuration.acceptors().stream().filter(a -> a.node().sameStart(node)).forEach(auction.roster()::markLost);
        }
        if (auction.roster().markDead(node.peer())) {
            election.dead(node.uid());
            context.trace("auction", "no-copy", auction.number(), node.uid(), node + " has no copy of " + auction.auctionId() + " any more");
            goOnWithout(node, "has no copy");
        }
    }

    private void goOnWithout(NodeRef node, String why) {
        auction.group().peerDown(node);
        NodeRef active = auction.active();
        if (active != null && active.sameStart(node)) {
            auction.loseActive();
            election.start(node + " " + why);
        } else if (auction.isActive()) {
            auction.activeRole().onFollowerLost(node);
        } else if (active == null && auction.everServed()) {
            election.start("no active, and " + node + " " + why);
        }
        auction.listener().onGroupChanged(auction);
    }

    void onAlive(NodeRef node) {
        // Whom the roster has forgotten meanwhile the group's links and the ring of tokens may still hold for dead, and it may be on its way back in.
        auction.roster().markAlive(node.peer());
        election.alive(node.uid());
        auction.group().peerUp(node);
    }
}
