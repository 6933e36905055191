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
    /** An active that says nothing for so many heartbeats leads no more, as far as this node knows. */
    private static final int SILENT_BEATS = 3;

    private final NodeContext context;
    private final AuctionGroup auction;
    private long heardActiveMs;

    LastCopies(NodeContext context, AuctionGroup auction) {
        this.context = context;
        this.auction = auction;
    }

    void beat() {
        AuctionState state = auction.machine().state();
        NodeRef inm = auction.listener().inm();
        if (inm == null || state.phase().isOver() || auction.leftBehind().isSettled() || !auction.leftBehind().isNamed(context.self())) {
            return;
        }
        if (auction.leftBehind().isUpToDate() && areTooFew()) {
            Message.Finished cancelled = cancelled(state);
            context.links().send(inm, auction.number(), cancelled);
            if (auction.isActive()) {
                auction.livingMembers().stream().filter(m -> !context.isSelf(m)).forEach(m -> context.links().sendUnreliable(m, auction.number(), cancelled));
            }
        } else if (!isLed() && !isCounted()) {
            leaveOut(inm, "this node's copy does not count");
        }
    }

    /** An active that was deposed may live on, and says no more: its followers cannot wait for its end. */
    private boolean isLed() {
        return auction.active() != null && (auction.isActive() || context.host().nowMs() - heardActiveMs <= SILENT_BEATS * context.settings().heartbeatMs());
    }

    /** The active, or who has just become that, spoke as such. */
    void heardActive() {
        heardActiveMs = context.host().nowMs();
    }

    private Message.Finished cancelled(AuctionState state) {
        Outcome cancelled = new Outcome("cancelled", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, state.standing(), false, "too few copies left");
        return new Message.Finished(auction.auctionId(), new String(cancelled.toJson(), StandardCharsets.UTF_8),
            auction.leftBehind().named().stream().filter(m -> auction.roster().hasEnded(m.peer()) || auction.listener().isKnownEnded(m)).toList());
    }

    /** The active finds too few copies left. Whoever follows it knows of no later leader, and has nothing that this one could lack: it agrees. */
    void onFinished(NodeRef sender) {
        NodeRef inm = auction.listener().inm();
        if (inm != null && auction.active() != null && auction.active().sameStart(sender) && auction.leftBehind().isUpToDate()) {
            leaveOut(inm, "its active finds too few copies left");
        }
    }

    /** Meant for the INM alone. 'Over', which says that the copy is gone, would be believed by the INM's own part in the auction, if it has one. */
    private void leaveOut(NodeRef inm, String why) {
        context.links().sendUnreliable(inm, auction.number(), new Message.NotCounted(auction.auctionId(), why));
    }

    private boolean areTooFew() {
        Configuration configuration = auction.group().committedConfiguration();
        return configuration != null && auction.everServed() && auction.roster().leavesTooFew(configuration, auction.listener()::isKnownEnded);
    }

    /** Its copy belongs to a configuration that is in force: known committed, or followed by entries, which come behind committed ones only. */
    private boolean isCounted() {
        Configuration committed = auction.group().committedConfiguration();
        Configuration latest = auction.group().latestConfiguration();
        return isIn(committed) || isIn(latest) && auction.group().lastIndex() > latest.index();
    }

    private boolean isIn(Configuration configuration) {
        return configuration != null && configuration.contains(context.self().uid(), auction.logId());
    }
}
