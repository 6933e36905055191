package org.gavel.node.server;

import java.nio.charset.StandardCharsets;
import org.gavel.node.replication.Configuration;
import org.gavel.protocol.auction.AuctionState;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Message;

/**
 * What the survivors of an auction do when so many copies are gone for good that no majority can come back (protocol.md section 9, 'No quorum'): what was committed
 * last stands, and whoever survives says so to the INM until the ring has it.
 */
final class LastCopies {
    private final NodeContext context;
    private final AuctionGroup auction;

    LastCopies(NodeContext context, AuctionGroup auction) {
        this.context = context;
        this.auction = auction;
    }

    void beat() {
        AuctionState state = auction.machine().state();
        NodeRef inm = auction.listener().inm();
        if (inm != null && !state.phase().isOver() && !auction.leftBehind().isSettled() && auction.leftBehind().isUpToDate() && areTooFew()) {
            Outcome cancelled = new Outcome("cancelled", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, state.standing(), false, "too few copies left");
            context.links().send(inm, auction.number(), new Message.Finished(auction.auctionId(), new String(cancelled.toJson(), StandardCharsets.UTF_8)));
        }
    }

    private boolean areTooFew() {
        Configuration configuration = auction.group().committedConfiguration();
        return configuration != null && auction.everServed() && auction.roster().leavesTooFew(configuration);
    }
}
