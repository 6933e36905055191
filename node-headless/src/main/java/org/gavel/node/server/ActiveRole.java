package org.gavel.node.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.node.replication.SubmitResult;
import org.gavel.protocol.auction.AuctionCommand;
import org.gavel.protocol.auction.AuctionPhase;
import org.gavel.protocol.auction.AuctionState;
import org.gavel.protocol.auction.Standing;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.multicast.TotalOrderMulticast;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * What only the active auctioneer does: opens and closes, takes bids, delivers to the participants, and tells the INM; how it keeps
 * its group at three followers stands in {@link GroupStrength}. Exists in every member, works only while the group serves here.
 */
final class ActiveRole {
    /** A finished group answers its participants for so long after the ring has committed the result. */
    static final long LINGER_MS = 30_000;
    /** Participants that may be attached to one auction at once. */
    static final int ATTACHED_MAX = 10_000;

    private enum Timer { END, LINGER }

    private final NodeContext context;
    private final AuctionGroup auction;
    private final Timers<Timer> timers;
    private final GroupStrength strength;
    private final Map<PeerId, NodeRef> attached = new LinkedHashMap<>();
    /** Of those attached, no others. */
    private final Map<PeerId, Long> deliveredUpTo = new LinkedHashMap<>();
    private final BidTrace trace;
    private TotalOrderMulticast delivery;
    private boolean working;
    private boolean proposedClose;

    ActiveRole(NodeContext context, AuctionGroup auction) {
        this.context = context;
        this.auction = auction;
        timers = new Timers<>(context.host(), this::onTimer);
        strength = new GroupStrength(context, auction);
        trace = new BidTrace(context, auction, attached);
    }

    // ---------------------------------------------------------------- begin and end

    void start() {
        working = true;
        proposedClose = false;
        strength.start();
        delivery = new TotalOrderMulticast(context.links(), auction.number(), auction.group(), this::onCut);
        context.trace("auction", "serving", auction.number(), Uid.NOBODY, "is the active of " + auction.auctionId());
        if (state().phase() == AuctionPhase.PENDING) {
            auction.group().propose(AuctionCommand.open(auction.terms()), 0);
        }
        armEnd();
        tellParticipants();
        beat();
    }

    /** Whoever looks for the active, or is about to, hears of it at once. */
    private void tellParticipants() {
        context.links().broadcast(Links.NODE_GROUP, new Message.LookupReply(0, ViewId.NONE, context.self(), auction.listener().inm(), List.of(),
            auction.auctionId(), "running", auction.number(), context.self(), null));
    }

    void stop() {
        if (working) {
            working = false;
            timers.cancelAll();
            attached.values().forEach(c -> context.links().send(c, auction.number(),
                new Message.Detached(auction.auctionId(), "not-active", "this node no longer leads " + auction.auctionId())));
            attached.clear();
            deliveredUpTo.clear();
            trace.forget();
            delivery = null;
        }
    }

    /** Clients that hear the total order from here. */
    int participants() {
        return delivery == null ? 0 : delivery.participants();
    }

    private boolean isRunning() {
        return state().phase() == AuctionPhase.RUNNING;
    }

    private AuctionState state() {
        return auction.machine().state();
    }

    private void onTimer(Timer timer) {
        if (timer == Timer.END) {
            closeIfDue();
        } else {
            reportToManager("over");
            timers.set(Timer.LINGER, context.settings().heartbeatMs());
        }
    }

    /** Closes by an entry; the state judges it by its own time, so that a late extension wins (protocol.md section 9). */
    private void closeIfDue() {
        if (!working || !isRunning() || auction.isPaused()) {
            return;
        }
        long left = state().standing().endsAtMs() - auction.clock().nowMs();
        if (left > 0) {
            timers.set(Timer.END, left);
        } else if (!proposedClose) {
            proposedClose = auction.group().propose(AuctionCommand.close(), auction.clock().nowMs()) >= 0;
            timers.set(Timer.END, 200);
        }
    }

    /** Wakes when the end is due, by auction time, which stood still while the group was paused. */
    void armEnd() {
        if (isRunning()) {
            timers.set(Timer.END, Math.max(0, state().standing().endsAtMs() - auction.clock().nowMs()));
        }
    }

    // ---------------------------------------------------------------- messages

    void onMessage(NodeRef sender, Message message) {
        switch (message.type()) {
            case ATTACH -> onAttach(sender, (Message.Attach) message);
            case SUBMIT -> onSubmit(sender, (Message.Submit) message);
            case DELIVERED_UP_TO -> {
                if (attached.containsKey(sender.peer())) {
                    deliveredUpTo.merge(sender.peer(), ((Message.DeliveredUpTo) message).index(), Math::max);
                    onRingChanged();
                }
            }
            case REPLACEMENT -> {
                if (working) {
                    strength.onReplacement((Message.Replacement) message);
                }
            }
            default -> throw new IllegalArgumentException("no message for an active: " + message.type());
        }
    }

    private void onAttach(NodeRef client, Message.Attach attach) {
        if (!working) {
            detach(client, "not-active", "this node does not lead " + auction.auctionId());
            return;
        }
        if (attached.size() >= ATTACHED_MAX && !attached.containsKey(client.peer())) {
            detach(client, "refused", auction.auctionId() + " has " + ATTACHED_MAX + " participants attached; try again later");
            return;
        }
        long applied = auction.group().committedIndex();
        long from = attach.fromIndex();
        boolean goesOn = from > 0 && from >= auction.group().firstIndex() && from <= applied + 1;
        long next = goesOn ? from : applied + 1;
        String snapshot = goesOn ? "" : state().snapshot().toJson();
        if (!context.links().send(client, auction.number(), new Message.Attached(auction.auctionId(), context.self(), next, snapshot))) {
            return; // its window is full: it will ask again
        }
        attached.put(client.peer(), new NodeRef(client.uid(), client.incarnation(), client.address(), attach.name(), client.process()));
        delivery.attach(client, next);
        delivery.committed(auction.clock().nowMs());
    }

    private void detach(NodeRef client, String code, String sentence) {
        context.links().send(client, auction.number(), new Message.Detached(auction.auctionId(), code, sentence));
    }

    private void onSubmit(NodeRef client, Message.Submit submit) {
        if (!working) {
            detach(client, "not-active", "this node does not lead " + auction.auctionId());
            return;
        }
        SubmitResult result = auction.group().submit(submit, auction.clock().nowMs());
        trace.taken(client, submit, result);
        switch (result.kind()) {
            case APPENDED, QUEUED, DUPLICATE_PENDING, BUSY -> { }
            case ANSWERED -> context.links().send(client, auction.number(), new Message.Answer(submit.session(), submit.sequence(), result.index(),
                result.outcomeText()));
            case GAP -> context.links().send(client, auction.number(), new Message.ResendFrom(submit.session(), result.sequence()));
            case NOT_SERVING -> detach(client, "not-active", "this node does not lead " + auction.auctionId());
            case REFUSED -> detach(client, "refused", result.sentence());
        }
    }

    private void onCut(NodeRef client) {
        attached.remove(client.peer());
        deliveredUpTo.remove(client.peer());
        context.trace("multicast", "cut", auction.number(), client.uid(), "a participant does not keep up and was cut; it rejoins from where it was");
        context.links().close(client);
        context.links().sendUnreliable(client, auction.number(), new Message.Detached(auction.auctionId(), "cut", "too far behind; rejoin from where you are"));
    }

    void onPeerGone(PeerId peer) {
        if (attached.remove(peer) != null && delivery != null) {
            delivery.detach(peer);
        }
        deliveredUpTo.remove(peer);
    }

    void onRoom(NodeRef peer) {
        if (working && attached.containsKey(peer.peer())) {
            delivery.onRoom(peer);
        }
    }

    void notice(String code, String sentence) {
        attached.values().forEach(c -> context.links().send(c, auction.number(), new Message.Notice(code, sentence)));
    }

    // ---------------------------------------------------------------- the log

    void onApplied(LogEntry entry) {
        if (!working) {
            return;
        }
        trace.committed(entry);
        delivery.committed(auction.clock().nowMs());
        trace.delivered(entry);
        if (entry.kind() != LogEntry.Kind.COMMAND) {
            strength.balance();
        }
        if (isRunning()) {
            proposedClose = false;
            timers.setIfIdle(Timer.END, Math.max(0, state().standing().endsAtMs() - auction.clock().nowMs()));
        }
        if (entry.index() == auction.endIndex()) {
            timers.cancel(Timer.END);
            beat();
        }
    }

    /** The ring may have committed our result, or the last participant acknowledged it: then the group is done, at the latest after a while. */
    void onRingChanged() {
        if (!working || !state().phase().isOver() || !auction.leftBehind().isSettled()) {
            return;
        }
        if (everybodyKnows()) {
            timers.set(Timer.LINGER, 0);
        } else {
            timers.setIfIdle(Timer.LINGER, LINGER_MS);
        }
    }

    /** Every attached participant has acknowledged the end. */
    private boolean everybodyKnows() {
        return attached.keySet().stream().allMatch(p -> deliveredUpTo.getOrDefault(p, 0L) >= auction.endIndex());
    }

    void onFollowerLost(NodeRef node) {
        strength.onLost(node);
    }

    void onCaughtUp(NodeRef learner) {
        if (working) {
            strength.onCaughtUp(learner);
        }
    }

    // ---------------------------------------------------------------- every heartbeat

    void beat() {
        if (!working) {
            return;
        }
        armEnd();
        List<Uid> named = auction.livingMembers().stream().map(NodeRef::uid).toList();
        for (NodeRef member : auction.livingMembers()) {
            if (!context.isSelf(member)) {
                context.links().sendUnreliable(member, auction.number(), auction.heartbeat(named));
            }
        }
        attached.values().forEach(c -> context.links().sendUnreliable(c, auction.number(), auction.heartbeat(List.of())));
        reportToManager(state().phase().word());
        if (state().phase().isOver() && !auction.leftBehind().isSettled()) {
            sendFinished();
        } else {
            strength.forgetReplaced();
            strength.askForMembers();
            strength.balance();
        }
        onRingChanged();
    }

    private void sendFinished() {
        NodeRef inm = auction.listener().inm();
        if (inm != null) {
            context.links().send(inm, auction.number(), new Message.Finished(auction.auctionId(), new String(state().result().orElseThrow().toJson(), StandardCharsets.UTF_8),
                List.of()));
        }
    }

    private void reportToManager(String stateName) {
        NodeRef inm = auction.listener().inm();
        if (inm != null) {
            Standing s = state().standing();
            context.links().send(inm, auction.number(), new Message.ActiveReport(auction.auctionId(), auction.group().epoch(), context.self(),
                auction.livingMembers().stream().map(NodeRef::uid).toList(), s.priceCents(), s.leader(), s.leaderName(), s.bids(),
                Math.max(0, s.endsAtMs() - auction.clock().nowMs()), auction.isPaused() ? "paused" : stateName));
        }
    }

    /** Rows of participants' acknowledgements. */
    int acknowledgements() {
        return deliveredUpTo.size();
    }
}
