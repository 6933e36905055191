package org.gavel.node.server;

import java.util.LinkedHashSet;
import java.util.Set;
import org.gavel.node.replication.Configuration;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.Message;

/**
 * What the failures of an auction's members change for its group (protocol.md sections 5 and 9): one that is dead, one that lives and has lost its copy, one that
 * is there again. Without the active the others elect one; without a follower the active sees to its strength.
 */
final class MemberFailures {
    private final NodeContext context;
    private final AuctionGroup auction;
    private final AuctioneerElection election;
    /** Members that said that they have no copy, and have not spoken since as only one that holds a copy does. */
    private final Set<PeerId> withoutCopy = new LinkedHashSet<>();

    MemberFailures(NodeContext context, AuctionGroup auction, AuctioneerElection election) {
        this.context = context;
        this.auction = auction;
        this.election = election;
    }

    void onDead(NodeRef node, boolean knownEnded, String why) {
        boolean news = auction.roster().markDead(node.peer());
        if (knownEnded && concerns(node)) { // often found out later than that it is silent
            auction.roster().markEnded(node.peer());
            auction.group().ended(node);
        }
        if (news) {
            election.dead(node.uid());
            goOnWithout(node, "is dead: " + why);
        }
    }

    private boolean concerns(NodeRef node) {
        return auction.roster().contains(node.peer())
            || auction.group().configurations().stream().flatMap(c -> c.acceptors().stream()).anyMatch(a -> a.node().sameStart(node));
    }

    void onNoCopy(NodeRef node) {
        for (Configuration configuration : auction.group().configurations()) {
            configuration.acceptors().stream().filter(a -> a.node().sameStart(node)).forEach(auction.roster()::markLost);
        }
        if (auction.roster().contains(node.peer())) {
            withoutCopy.removeIf(peer -> !auction.roster().contains(peer));
            withoutCopy.add(node.peer());
        }
        if (auction.roster().markDead(node.peer())) {
            election.dead(node.uid());
            context.trace("auction", "no-copy", auction.number(), node.uid(), node + " has no copy of " + auction.auctionId() + " any more");
            goOnWithout(node, "has no copy");
        }
    }

    /** Whoever speaks as only one that holds a copy does has one: what it said of having none was of before an assignment that came late, or of another copy. */
    void hear(NodeRef sender, Message message) {
        switch (message.type()) {
            case PREPARE -> onHolder(sender, ((Message.Prepare) message).logId());
            case PROMISE -> onHolder(sender, ((Message.Promise) message).logId());
            case HELD -> onHolder(sender, ((Message.Held) message).logId());
            case TOKEN, ELECTED, APPEND -> onHolder(sender, 0);
            default -> { }
        }
    }

    /** @param logId of the copy, 0 if the message does not name it */
    private void onHolder(NodeRef node, long logId) {
        if (logId != 0) {
            auction.roster().markThere(logId);
        }
        if (withoutCopy.remove(node.peer())) {
            onAlive(node);
            auction.listener().onGroupChanged(auction);
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
        withoutCopy.remove(node.peer());
        auction.roster().markAlive(node.peer());
        election.alive(node.uid());
        auction.group().peerUp(node);
    }
}
