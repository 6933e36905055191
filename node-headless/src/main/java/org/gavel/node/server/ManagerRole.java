package org.gavel.node.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingState;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.heartbeat.TwinCheck;
import org.gavel.protocol.heartbeat.TwinListener;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.Message;

/**
 * What only the Idle Node Manager does for the ring's membership (protocol.md sections 4, 6, 8): takes newcomers in, puts the dead out, one view
 * after the other, announces the cluster, and yields to a higher idle uid, or to any idle node while it serves an auction itself. Its auctions stand
 * in {@link AuctionDesk}.
 */
final class ManagerRole {
    /** Joins and deaths within this time make one view. */
    static final long VIEW_BATCH_MS = 100;
    /** A better INM, idle and of higher uid or of any while this one is busy, must have been one for so many heartbeats before it takes over. */
    static final int BETTER_BEATS = 3;
    /** At most one such election in this time. */
    static final long YIELD_PERIOD_MS = 10_000;
    /** A draining INM takes no new start and yields after this at the latest. */
    static final long DRAIN_MS = 2_000;
    /** Another ring that has announced itself no more for so many heartbeats is gone. */
    static final int SPLIT_BEATS = 3;
    /** Newcomers that are being brought up to date at once; more have to ask again. */
    static final int LEARNERS_MAX = 100;

    private enum Timer { VIEW, DRAINED }

    private final NodeContext context;
    private final RingGroup ring;
    private final List<Item> items;
    private final AuctionDesk desk;
    private final Timers<Timer> timers;
    private final Map<Uid, Acceptor> learners = new LinkedHashMap<>();
    private final Map<Uid, Acceptor> ready = new LinkedHashMap<>();
    private final Map<Uid, Member> gone = new LinkedHashMap<>();
    private final Map<Uid, Message.JoinRequest> claims = new LinkedHashMap<>();
    private final TwinCheck twins;
    private final BiConsumer<NodeRef, Boolean> onOlderStartGone;
    private boolean serving;
    private boolean draining;
    private int betterBeats;
    private String yieldsBecause = "";
    private long lastYieldMs = Long.MIN_VALUE / 2;
    private long lastForeignAnswerMs = Long.MIN_VALUE / 2;
    private boolean dissolving;
    private String split;
    private long splitHeardMs;

    /** @param onOlderStartGone told of a member's older start that ended, and whether that is known */
    ManagerRole(NodeContext context, RingGroup ring, List<Item> items, AuctionDesk desk, BiConsumer<NodeRef, Boolean> onOlderStartGone) {
        this.context = context;
        this.ring = ring;
        this.items = items;
        this.desk = desk;
        this.onOlderStartGone = onOlderStartGone;
        timers = new Timers<>(context.host(), this::onTimer);
        twins = new TwinCheck(context.self(), context.host(), context.links(), new Twins());
    }

    boolean isServing() {
        return serving;
    }

    boolean isDraining() {
        return draining;
    }

    // ---------------------------------------------------------------- begin and end

    /** This node's epoch of the ring has begun: the first view of a foundation, or one without the dead and with the new INM. */
    void start() {
        if (serving) {
            stop(); // it asked for a fresh epoch itself: commands that waited are lost, and their askers ask again
        }
        serving = true;
        draining = false;
        dissolving = false;
        betterBeats = 0;
        learners.clear();
        ready.clear();
        gone.clear();
        RingView view = ring.view();
        if (view == null) {
            Member self = new Member(context.self(), ring.logId());
            ring.group().reconfigure(List.of(self.acceptor()),
                RingState.payload(RingView.founding(ring.foundation(), ring.group().epoch(), List.of(self), self.uid())));
        } else {
            view.members().stream().filter(m -> ring.isDead(m.uid())).forEach(m -> gone.put(m.uid(), m));
            if (!view.contains(context.self().peer())) {
                ready.put(context.self().uid(), new Acceptor(context.self(), ring.logId()));
            }
            changeView();
        }
        desk.start();
    }

    void stop() {
        serving = false;
        timers.cancelAll();
        learners.values().forEach(l -> context.links().close(l.node()));
        learners.clear();
        ready.clear();
        desk.stop();
    }

    // ---------------------------------------------------------------- joins and deaths

    void onJoinRequest(NodeRef from, Message.JoinRequest join) {
        NodeRef node = join.node();
        RingView view = ring.view();
        if (!serving || view == null || draining) {
            return;
        }
        Member member = view.member(node.uid()).orElse(null);
        boolean known = member != null && member.node().sameStart(node);
        if (known && member.logId() == join.logId() || isUnderWay(learners.get(node.uid()), join) || isUnderWay(ready.get(node.uid()), join)) {
            return;
        }
        NodeRef older = member == null || known ? null : member.node();
        if (known) {
            gone.put(node.uid(), member); // the same start, but it has dropped its log: its place is free, it joins anew
        }
        boolean ownTwin = older != null && context.isSelf(older); // who asks itself whether it lives may lose the answer, and would put itself out
        if (ownTwin || older != null && older.incarnation() > node.incarnation()) {
            context.links().sendUnreliable(node, Links.NODE_GROUP,
                new Message.Refused("uid-taken", "uid " + node.uid() + " already runs at " + older.address()));
        } else if (older != null) {
            checkTwin(older, join);
        } else if (learners.size() < LEARNERS_MAX) {
            learn(join);
        }
    }

    private static boolean isUnderWay(Acceptor newcomer, Message.JoinRequest join) {
        return newcomer != null && newcomer.node().sameStart(join.node()) && newcomer.logId() == join.logId();
    }

    /** Newcomers that were nearly there did not get there: the view goes without them, and they ask again. */
    void onReconfigurationFailed() {
        ready.clear();
        timers.set(Timer.VIEW, VIEW_BATCH_MS);
    }

    private void learn(Message.JoinRequest join) {
        context.trace("ring", "learner", Links.RING_GROUP, join.node().uid(), "brings the newcomer " + join.node() + " up to date");
        learners.put(join.node().uid(), new Acceptor(join.node(), join.logId()));
        ring.group().peerUp(join.node());
        ring.group().addLearner(join.node(), join.logId());
    }

    /** Restart or twin? No newer start counts before the old address was probed (protocol.md section 1). */
    private void checkTwin(NodeRef older, Message.JoinRequest join) {
        if (checkTwin(older, join.node())) {
            claims.put(older.uid(), join);
        }
    }

    /** Nothing but the question; false if it cannot be asked now. */
    boolean checkTwin(NodeRef older, NodeRef newer) {
        return twins.check(older, newer);
    }

    /** True if the reply was to a twin check. */
    boolean onProbeReply(Message.ProbeReply reply) {
        return twins.onReply(reply);
    }

    private final class Twins implements TwinListener {
        @Override
        public void onTwin(NodeRef older, NodeRef newer) {
            claims.remove(older.uid());
            context.links().sendUnreliable(newer, Links.NODE_GROUP, new Message.Refused("uid-taken",
                "uid " + older.uid() + " already runs as '" + older.name() + "' at " + older.address() + "; stop that one or start with another --uid"));
        }

        @Override
        public void onRestart(NodeRef older, NodeRef newer, boolean knownEnded) {
            Message.JoinRequest join = claims.remove(older.uid());
            onOlderStartGone.accept(older, knownEnded);
            if (serving && join != null && join.node().sameStart(newer) && learners.size() < LEARNERS_MAX) {
                learn(join);
            }
        }
    }

    void onCaughtUp(NodeRef learner) {
        Acceptor acceptor = learners.remove(learner.uid());
        if (serving && acceptor != null) {
            ready.put(learner.uid(), acceptor);
            timers.setIfIdle(Timer.VIEW, VIEW_BATCH_MS);
        }
    }

    void onDead(NodeRef node) {
        learners.remove(node.uid());
        ready.remove(node.uid());
        if (serving && ring.isMember(node.peer())) {
            gone.put(node.uid(), ring.view().member(node.uid()).orElseThrow());
            timers.setIfIdle(Timer.VIEW, VIEW_BATCH_MS);
        }
    }

    void onAlive(NodeRef node) {
        gone.remove(node.uid());
    }

    /** A learner that died or never answered is forgotten; it will ask again. */
    void onPeerGone(NodeRef node) {
        Acceptor waiting = ready.get(node.uid());
        if (waiting != null && waiting.node().sameStart(node)) {
            ready.remove(node.uid());
        }
        Acceptor learner = learners.get(node.uid());
        if (learner != null && learner.node().sameStart(node)) {
            learners.remove(node.uid());
            ring.group().removeLearner(node.uid());
        }
    }

    private void onTimer(Timer timer) {
        if (timer == Timer.VIEW) {
            if (serving && !(ready.isEmpty() && gone.isEmpty())) {
                changeView();
            }
        } else {
            yieldNow();
        }
    }

    /** Proposes the next view; if a config entry is still under way, tries again soon: none is built on an uninstalled one. */
    private void changeView() {
        RingView view = ring.view();
        List<Member> members = new ArrayList<>();
        for (Member member : view.members()) {
            if (!member.equals(gone.get(member.uid()))) {
                members.add(member);
            }
        }
        ready.values().stream().filter(r -> members.stream().noneMatch(m -> m.uid().equals(r.node().uid())))
            .forEach(r -> members.add(new Member(r.node(), r.logId())));
        RingView proposed = new RingView(view.id(), members, view.inm()).next(ring.group().epoch(), context.self().uid());
        if (!ring.group().reconfigure(proposed.acceptors(), RingState.payload(proposed))) {
            timers.set(Timer.VIEW, VIEW_BATCH_MS);
        }
    }

    /** A view was installed: what it settled is no longer to do. */
    void onView(RingView view) {
        ready.keySet().removeIf(view::contains);
        gone.values().removeIf(m -> !view.members().contains(m));
        if (!serving) {
            return;
        }
        if (!(ready.isEmpty() && gone.isEmpty())) {
            timers.setIfIdle(Timer.VIEW, VIEW_BATCH_MS);
        }
        if (!ring.state().hasCatalogue()) {
            ring.group().propose(new RingCommand.Catalogue(items).toBytes(), 0);
        }
        if (!ring.state().founded() && view.size() >= context.settings().founders()) {
            ring.group().propose(new RingCommand.Founded().toBytes(), 0);
        }
        announce();
    }

    // ---------------------------------------------------------------- heartbeats

    void beat() {
        RingView view = ring.view();
        if (!serving || view == null) {
            return;
        }
        Message.Heartbeat beat = new Message.Heartbeat(view.id(), ring.group().epoch(), ring.group().lastIndex(), ring.group().committedIndex(), 0, List.of());
        for (NodeRef node : view.nodes()) {
            if (!context.isSelf(node)) {
                ring.links().sendUnreliable(node, Links.RING_GROUP, beat);
            }
        }
        announce();
        watchForBetterOne();
        desk.beat();
    }

    /** A side without majority has no INM to be found: nobody should wait for it, let alone dissolve into it. */
    private void announce() {
        if (ring.isPaused()) {
            return;
        }
        context.links().broadcast(Links.NODE_GROUP, ownAnnounce());
    }

    // ---------------------------------------------------------------- yielding to a better one

    /** A higher uid that is idle is the INM by right; any idle node is, while this one serves an auction for want of it (protocol.md section 6). */
    private void watchForBetterOne() {
        boolean busy = ring.state().auctionOf(context.self().uid()).isPresent();
        boolean better = ring.view().nodes().stream().filter(n -> !context.isSelf(n) && !ring.isDead(n.uid()) && ring.state().auctionOf(n.uid()).isEmpty())
            .anyMatch(n -> busy || n.uid().compareTo(context.self().uid()) > 0);
        betterBeats = better && !ring.isPaused() ? betterBeats + 1 : 0;
        if (betterBeats >= BETTER_BEATS && !draining && context.host().nowMs() - lastYieldMs >= YIELD_PERIOD_MS) {
            draining = true;
            yieldsBecause = busy ? "an idle node exists, and the INM serves an auction" : "a higher uid is idle";
            lastYieldMs = context.host().nowMs();
            context.trace("election", "draining", Links.RING_GROUP, Uid.NOBODY, yieldsBecause + ": finishes what it began, then yields");
            timers.set(Timer.DRAINED, desk.isBusy() ? DRAIN_MS : 0);
        }
    }

    private void yieldNow() {
        draining = false;
        betterBeats = 0;
        if (serving) {
            ring.handOver(yieldsBecause);
        }
    }

    // ---------------------------------------------------------------- two foundations

    /** The other INM may not hear our broadcasts; at most once a heartbeat, or two that both stay would answer each other for ever. */
    private void answerForeign(Message.Announce other) {
        if (context.host().nowMs() - lastForeignAnswerMs >= context.settings().heartbeatMs()) {
            lastForeignAnswerMs = context.host().nowMs();
            context.links().sendUnreliable(other.inm(), Links.NODE_GROUP, ownAnnounce());
        }
    }

    private Message.Announce ownAnnounce() {
        RingView view = ring.view();
        return new Message.Announce(view.id(), context.self(), view.members().size(), ring.state().sold());
    }

    /** While another ring is heard that has sold, like this one: what people have to know, as nothing mends it. Else null. */
    String splitNotice() {
        return split != null && context.host().nowMs() - splitHeardMs <= SPLIT_BEATS * context.settings().heartbeatMs() ? split : null;
    }

    /** The dissolution was refused: something was sold meanwhile. */
    void onStays() {
        dissolving = false;
    }

    /** Of two foundations of one cluster that meet, one without sales dissolves (protocol.md section 4). */
    void onForeignAnnounce(Message.Announce other) {
        RingView view = ring.view();
        if (!serving || view == null || other.view().foundation() == view.id().foundation() || dissolving || ring.isPaused()) {
            return;
        }
        answerForeign(other);
        if (ring.state().sold()) {
            if (other.sold()) {
                split = "another ring of this cluster, led by " + other.inm() + " at " + other.inm().address() + ", has sold too: both stay apart";
                splitHeardMs = context.host().nowMs();
                context.trace("discovery", "split", Links.RING_GROUP, other.inm().uid(), split);
            }
            return;
        }
        int size = Integer.compare(view.members().size(), other.members());
        boolean smaller = size < 0 || size == 0 && Long.compareUnsigned(view.id().foundation(), other.view().foundation()) < 0;
        if (other.sold() || smaller) {
            dissolving = ring.group().propose(new RingCommand.Dissolve("dissolves into the ring of " + other.inm()).toBytes(), 0) >= 0;
        }
    }
}
