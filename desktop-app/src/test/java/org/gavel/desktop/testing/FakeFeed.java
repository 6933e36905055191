package org.gavel.desktop.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.gavel.desktop.feed.ClosedHouse;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.FeedBuffer;
import org.gavel.desktop.feed.FeedFrame;
import org.gavel.desktop.feed.FeedMode;
import org.gavel.desktop.feed.Market;
import org.gavel.desktop.feed.NodeCommands;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;

/** A feed that says what a test tells it, on a clock that the test sets. */
public final class FakeFeed implements ClusterFeed, NodeCommands {
    /** What was asked of nodes: 'kill 83d9', 'pause 83d9 5000'. */
    public final List<String> asked = new ArrayList<>();
    private final FeedBuffer buffer = new FeedBuffer();
    private volatile long nowMs = 1_000_000;
    private volatile AuctionHouse house = new ClosedHouse("this is a test");
    private volatile String whyNoStart = "";
    private volatile String whyNoRestart = "It was not started from this window: start it again on its own machine";
    private volatile int nodesOfItsOwn;
    private volatile boolean begun;
    private volatile FeedMode mode = FeedMode.LIVE;
    private volatile boolean closed;
    private long taken;

    /** A cluster of so many members, the first of them INM, all heard just now. */
    public static FakeFeed ringOf(int nodes) {
        FakeFeed feed = new FakeFeed();
        for (int i = 0; i < nodes; i++) {
            feed.say(Statuses.member(i, nodes));
        }
        return feed;
    }

    public void say(NodeStatus status) {
        buffer.status(status, nowMs);
    }

    public void happen(TraceEvent... events) {
        buffer.events(List.of(events), 0);
    }

    public void drop(long events) {
        buffer.events(List.of(), events);
    }

    public void lose(NodeStatus status, String why) {
        buffer.lost(status.uid(), status.incarnation(), why, nowMs);
    }

    public void market(Market market) {
        buffer.market(market);
    }

    public void trouble(String sentence) {
        buffer.trouble(sentence);
    }

    public void reset() {
        buffer.reset();
    }

    public void pass(long ms) {
        nowMs += ms;
    }

    public long nowMs() {
        return nowMs;
    }

    public void house(AuctionHouse newHouse) {
        house = newHouse;
    }

    public void whyNoStart(String sentence) {
        whyNoStart = sentence;
    }

    /** Empty: it can be started again. */
    public void whyNoRestart(String sentence) {
        whyNoRestart = sentence;
    }

    public void nodesOfItsOwn(int count) {
        nodesOfItsOwn = count;
    }

    /** What the chip says. */
    public void mode(FeedMode newMode) {
        mode = newMode;
    }

    public boolean hasBegun() {
        return begun;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void begin() {
        begun = true;
    }

    @Override
    public int nodesOfItsOwn() {
        return nodesOfItsOwn;
    }

    @Override
    public FeedMode mode() {
        return mode;
    }

    @Override
    public String cluster() {
        return "test";
    }

    @Override
    public String place() {
        return "port 45454 · loopback";
    }

    @Override
    public FeedFrame take() {
        FeedFrame frame = buffer.take(nowMs);
        synchronized (this) {
            taken++;
            notifyAll();
        }
        return frame;
    }

    /** Waits until the window has taken what there is. */
    public synchronized void awaitTaken() throws InterruptedException {
        for (long before = taken; taken == before;) {
            wait();
        }
    }

    @Override
    public AuctionHouse house() {
        return house;
    }

    @Override
    public NodeCommands nodes() {
        return this;
    }

    @Override
    public void dismiss(String uid) {
        buffer.dismiss(uid);
    }

    @Override
    public void close() {
        closed = true;
    }

    private synchronized CompletableFuture<Void> ask(String what) {
        asked.add(what);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> kill(Uid node) {
        return ask("kill " + node.shortForm());
    }

    @Override
    public CompletableFuture<Void> pause(Uid node, long forMs) {
        return ask("pause " + node.shortForm() + " " + forMs);
    }

    @Override
    public CompletableFuture<Void> isolate(Uid node, long forMs) {
        return ask("isolate " + node.shortForm() + " " + forMs);
    }

    @Override
    public CompletableFuture<Void> forget(Uid node) {
        return ask("forget " + node.shortForm());
    }

    @Override
    public CompletableFuture<Uid> startNode() {
        return ask("start").thenApply(nothing -> new Uid(1));
    }

    @Override
    public CompletableFuture<Void> restart(Uid node) {
        return ask("restart " + node.shortForm());
    }

    @Override
    public Optional<String> whyNoStart() {
        return whyNoStart.isEmpty() ? Optional.empty() : Optional.of(whyNoStart);
    }

    @Override
    public Optional<String> whyNoRestart(Uid node) {
        return whyNoRestart.isEmpty() ? Optional.empty() : Optional.of(whyNoRestart);
    }
}
