package org.gavel.node.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.node.replication.Configuration;
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
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * What only the active auctioneer does: opens and closes, takes bids, delivers to the participants, keeps its group at three followers, and
 * tells the INM. Exists in every member, works only while the group serves here.
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
    private final Map<PeerId, NodeRef> attached = new LinkedHashMap<>();
    private final Map<PeerId, Long> deliveredUpTo = new LinkedHashMap<>();
    private final Map<Uid, Acceptor> newcomers = new LinkedHashMap<>();
    private final Set<Uid> caughtUp = new LinkedHashSet<>();
    private final List<NodeRef> lost = new ArrayList<>();
    private TotalOrderMulticast delivery;
    private boolean working;
    private boolean proposedClose;
    private boolean noneIdle;

    ActiveRole(NodeContext context, AuctionGroup auction) {
        this.context = context;
        this.auction = auction;
        timers = new Timers<>(context.host(), this::onTimer);
    }

    // ---------------------------------------------------------------- begin and end

    void start() {
        working = true;
        proposedClose = false;
        noneIdle = false;
        newcomers.clear();
        caughtUp.clear();
        lost.clear();
        lost.addAll(auction.roster().dead());
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
            delivery = null;
        }
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

    private void armEnd() {
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
                deliveredUpTo.merge(sender.peer(), ((Message.DeliveredUpTo) message).index(), Math::max);
                onRingChanged();
            }
            case REPLACEMENT -> onReplacement((Message.Replacement) message);
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
        attached.put(client.peer(), client);
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
        delivery.committed(auction.clock().nowMs());
        if (entry.kind() != LogEntry.Kind.COMMAND) {
            balance();
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
        if (!working || !state().phase().isOver() || !auction.listener().isSettled(auction.auctionId())) {
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

    // ---------------------------------------------------------------- the group's strength

    void onFollowerLost(NodeRef node) {
        lost.add(node);
        newcomers.remove(node.uid());
        caughtUp.remove(node.uid());
        noneIdle = false;
        askForMembers();
    }

    private void onReplacement(Message.Replacement replacement) {
        if (!working) {
            return;
        }
        noneIdle = replacement.node() == null;
        if (replacement.node() != null && !newcomers.containsKey(replacement.node().uid())
            && auction.livingMembers().stream().noneMatch(m -> m.sameStart(replacement.node()) && isAcceptor(m))) {
            newcomers.put(replacement.node().uid(), new Acceptor(replacement.node(), replacement.logId()));
            auction.addMember(replacement.node());
            auction.group().peerUp(replacement.node());
            auction.group().addLearner(replacement.node(), replacement.logId());
        }
        balance();
    }

    void onCaughtUp(NodeRef learner) {
        caughtUp.add(learner.uid());
        balance();
    }

    private boolean isAcceptor(NodeRef node) {
        Configuration configuration = auction.group().committedConfiguration();
        return configuration != null && configuration.acceptors().stream().anyMatch(a -> a.node().sameStart(node));
    }

    /** Brings the configuration to the three acceptors that protocol.md section 9 wants, as far as nodes are there. */
    private void balance() {
        Configuration now = auction.group().committedConfiguration();
        if (!working || now == null || auction.group().latestConfiguration() != now && auction.group().latestConfiguration().index() != now.index()) {
            return;
        }
        List<Acceptor> wanted = wantedAcceptors(now);
        List<NodeRef> members = auction.livingMembers();
        boolean same = sameAcceptors(wanted, now.acceptors());
        boolean membersNamed = now.index() > 0 && GroupMembers.parse(now.payload()).equals(members);
        if (wanted.size() == AuctionGroup.ACCEPTORS && !(same && (membersNamed || now.index() == 0 && lost.isEmpty()))) {
            auction.group().reconfigure(wanted, GroupMembers.payload(members));
        }
    }

    private static boolean sameAcceptors(List<Acceptor> one, List<Acceptor> other) {
        Comparator<Acceptor> byUid = Comparator.comparing(a -> a.node().uid());
        return one.stream().sorted(byUid).toList().equals(other.stream().sorted(byUid).toList());
    }

    /** Living followers that hold the log, present acceptors first; this node itself where fewer than three are left and none is to come. */
    private List<Acceptor> wantedAcceptors(Configuration now) {
        List<NodeRef> living = auction.livingMembers();
        List<Acceptor> wanted = new ArrayList<>();
        Acceptor own = new Acceptor(context.self(), auction.logId());
        for (Acceptor acceptor : now.acceptors()) {
            if (!context.isSelf(acceptor.node()) && living.contains(acceptor.node())) {
                wanted.add(acceptor);
            }
        }
        for (Acceptor newcomer : newcomers.values()) {
            boolean listed = wanted.stream().anyMatch(a -> a.node().sameStart(newcomer.node()));
            if (caughtUp.contains(newcomer.node().uid()) && !listed && wanted.size() < AuctionGroup.ACCEPTORS) {
                wanted.add(newcomer);
            }
        }
        boolean someoneComes = newcomers.size() > caughtUp.size() && !noneIdle;
        if (wanted.size() < AuctionGroup.ACCEPTORS && (isAcceptor(context.self()) || noneIdle && !someoneComes)) {
            wanted.add(own);
        }
        return wanted;
    }

    private void askForMembers() {
        NodeRef inm = auction.listener().inm();
        List<NodeRef> living = auction.livingMembers();
        if (inm != null && living.size() < AuctionGroup.MEMBERS || inm != null && newcomers.values().stream().anyMatch(n -> !caughtUp.contains(n.node().uid()))) {
            context.links().send(inm, auction.number(), new Message.NeedMember(auction.auctionId(), auction.group().epoch(),
                living.stream().map(NodeRef::uid).toList(), lost.stream().map(NodeRef::uid).toList()));
        }
    }

    // ---------------------------------------------------------------- every heartbeat

    void beat() {
        if (!working) {
            return;
        }
        armEnd(); // the clock stood still while the group was paused
        List<Uid> named = auction.livingMembers().stream().map(NodeRef::uid).toList();
        for (NodeRef member : auction.livingMembers()) {
            if (!context.isSelf(member)) {
                context.links().sendUnreliable(member, auction.number(), auction.heartbeat(named));
            }
        }
        attached.values().forEach(c -> context.links().sendUnreliable(c, auction.number(), auction.heartbeat(List.of())));
        reportToManager(state().phase().word());
        if (state().phase().isOver() && !auction.listener().isSettled(auction.auctionId())) {
            sendFinished();
        } else {
            askForMembers();
            balance();
        }
        onRingChanged();
    }

    private void sendFinished() {
        NodeRef inm = auction.listener().inm();
        if (inm != null) {
            context.links().send(inm, auction.number(), new Message.Finished(auction.auctionId(), new String(state().result().orElseThrow().toJson(), StandardCharsets.UTF_8)));
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

    int attachedCount() {
        return attached.size();
    }
}
