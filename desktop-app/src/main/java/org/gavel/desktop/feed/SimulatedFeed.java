package org.gavel.desktop.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.gavel.node.client.AuctionHouse;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.protocol.client.AuctionClient;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.monitor.ClusterWatcher;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.monitor.WatchListener;

/**
 * A whole cluster inside the window: production nodes on the simulated network, watched over that network as a real one would be, on a clock
 * that can be slowed, hurried and stopped. One thread owns it all; whatever others want of it waits in its queue.
 */
public final class SimulatedFeed implements ClusterFeed, SimulationControls {
    public static final double SPEED_MIN = 0.01;
    public static final double SPEED_MAX = 20;
    public static final int NODES_MAX = 100;
    /** Tasks waiting for the simulation's thread; beyond, further ones are refused. */
    static final int TASKS_MAX = 4_096;
    private static final long MARKET_MS = 1_000;
    private static final long CALL_TIMEOUT_MS = 15_000;
    /** How long the thread works before it looks at its queue again, and how long it rests when it is ahead. */
    private static final long SLICE_MS = 8;
    /** A machine too slow for the dial falls behind by at most this, then the clock waits for it. */
    private static final double LAG_MS = 100;
    /** Instants looked through for one that traces something, when stepping. */
    private static final int STEP_INSTANTS_MAX = 200_000;
    private static final long RESTART_AFTER_MS = 10_000;
    private static final double NS_PER_MS = 1e6;

    private final long seed;
    private final World world;
    private final FeedBuffer buffer = new FeedBuffer();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>(TASKS_MAX);
    private final Random random;
    private final SimulatedHost watcherHost;
    private final ClusterWatcher watcher;
    private final SimulatedHouse house;
    private final NodeCommands commands;
    private final Thread thread;
    private volatile boolean closed;
    private volatile Dials dials = new Dials(false, 1, 0, 0, false, 0);
    private volatile long nowMs;
    private long traced;
    private int asking;
    private long nextCrashMs = Long.MAX_VALUE;
    private final List<Restart> restarts = new ArrayList<>();

    private record Restart(SimulatedNode node, long atMs) { }

    private SimulatedFeed(long seed, int nodes, String bidderName) {
        this.seed = seed;
        random = new Random(seed);
        world = new World(seed);
        world.clientTimeoutMs(CALL_TIMEOUT_MS);
        world.traces(this::onTrace);
        world.traceMessages();
        world.startNodes(nodes);
        watcherHost = world.newHost("window");
        watcher = new ClusterWatcher(watcherHost, (self, listener) -> {
            LinkLayer links = new LinkLayer(watcherHost, self, world.settings().cluster(), listener);
            watcherHost.start(links);
            return links;
        }, new Listener(), false);
        watcherHost.execute(watcher::start);
        AuctionClient client = world.newClient(bidderName).client();
        house = new SimulatedHouse(this::post, client);
        commands = new SimulatedCommands(this, house);
        nowMs = watcherHost.wallClockMs();
        watcherHost.schedule(MARKET_MS, () -> askMarket(client));
        thread = new Thread(this::run, "simulation");
        thread.setDaemon(true);
    }

    /**
     * @param seed  of everything that happens by chance
     * @param nodes to begin with, 1 to {@link #NODES_MAX}
     */
    public static SimulatedFeed open(long seed, int nodes, String bidderName) {
        SimulatedFeed feed = new SimulatedFeed(seed, nodes, bidderName);
        feed.thread.start();
        return feed;
    }

    // ---------------------------------------------------------------- the feed

    @Override
    public FeedMode mode() {
        return FeedMode.SIMULATION;
    }

    @Override
    public String cluster() {
        return world.settings().cluster();
    }

    @Override
    public String place() {
        return "seed " + seed;
    }

    @Override
    public FeedFrame take() {
        return buffer.take(nowMs);
    }

    @Override
    public AuctionHouse house() {
        return house;
    }

    @Override
    public NodeCommands nodes() {
        return commands;
    }

    @Override
    public Optional<SimulationControls> simulation() {
        return Optional.of(this);
    }

    @Override
    public void dismiss(String uid) {
        buffer.dismiss(uid);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    // ---------------------------------------------------------------- the thread

    /** @throws RejectedExecutionException when too many wait, or the feed is closed */
    void post(Runnable task) {
        if (closed || !tasks.offer(task)) {
            throw new RejectedExecutionException("the simulation has ended, or too much waits for it");
        }
    }

    World world() {
        return world;
    }

    private void run() {
        long beforeNs = System.nanoTime();
        double owedMs = 0;
        try {
            while (!closed) {
                Runnable task = tasks.poll(SLICE_MS, TimeUnit.MILLISECONDS);
                while (task != null) {
                    task.run();
                    task = tasks.poll();
                }
                long ns = System.nanoTime();
                owedMs = dials.paused() ? 0 : Math.min(owedMs + (ns - beforeNs) / NS_PER_MS * dials.speed(), LAG_MS * Math.max(1, dials.speed()));
                beforeNs = ns;
                owedMs = advance(owedMs, ns);
            }
        } catch (InterruptedException e) {
            // Closed: the world is simply left alone.
            Thread.currentThread().interrupt();
        }
    }

    /** Ms by ms, so that a heavy stretch does not keep the dials waiting. Returns what is still owed. */
    private double advance(double owedMs, long sinceNs) {
        double owed = owedMs;
        while (owed >= 1 && tasks.isEmpty() && System.nanoTime() - sinceNs < SLICE_MS * NS_PER_MS * 4) {
            world.run(1);
            owed -= 1;
            crashAndRestart();
        }
        nowMs = watcherHost.wallClockMs();
        return owed;
    }

    // ---------------------------------------------------------------- dials

    @Override
    public Dials dials() {
        return dials;
    }

    @Override
    public void paused(boolean still) {
        post(() -> dials = new Dials(still, dials.speed(), dials.lossPercent(), dials.delayMs(), dials.cut(), dials.crashesPerMinute()));
    }

    @Override
    public void step() {
        post(() -> {
            dials = new Dials(true, dials.speed(), dials.lossPercent(), dials.delayMs(), dials.cut(), dials.crashesPerMinute());
            long before = traced;
            for (int i = 0; i < STEP_INSTANTS_MAX && traced == before; i++) {
                world.step();
            }
            nowMs = watcherHost.wallClockMs();
        });
    }

    @Override
    public void speed(double factor) {
        double bounded = Math.max(SPEED_MIN, Math.min(SPEED_MAX, factor));
        post(() -> dials = new Dials(dials.paused(), bounded, dials.lossPercent(), dials.delayMs(), dials.cut(), dials.crashesPerMinute()));
    }

    @Override
    public void loss(double percent) {
        double bounded = Math.max(0, Math.min(100, percent));
        post(() -> {
            dials = new Dials(dials.paused(), dials.speed(), bounded, dials.delayMs(), dials.cut(), dials.crashesPerMinute());
            applyFaults();
        });
    }

    @Override
    public void delay(long ms) {
        long bounded = Math.max(0, ms);
        post(() -> {
            dials = new Dials(dials.paused(), dials.speed(), dials.lossPercent(), bounded, dials.cut(), dials.crashesPerMinute());
            applyFaults();
        });
    }

    private void applyFaults() {
        long extraNs = (long) (dials.delayMs() * NS_PER_MS);
        world.faults(Faults.NONE.withLoss(dials.lossPercent()).withDelayNs(Faults.NONE.minDelayNs() + extraNs / 2, Faults.NONE.maxDelayNs() + extraNs));
    }

    @Override
    public void cut(Set<Uid> side) {
        post(() -> {
            List<SimulatedHost> here = world.nodes().stream().filter(node -> side.contains(node.uid())).map(SimulatedNode::host).toList();
            List<SimulatedHost> there = world.nodes().stream().filter(node -> !side.contains(node.uid())).map(SimulatedNode::host).toList();
            world.partition(here, there);
            dials = new Dials(dials.paused(), dials.speed(), dials.lossPercent(), dials.delayMs(), true, dials.crashesPerMinute());
        });
    }

    @Override
    public void heal() {
        post(() -> {
            world.heal();
            dials = new Dials(dials.paused(), dials.speed(), dials.lossPercent(), dials.delayMs(), false, dials.crashesPerMinute());
        });
    }

    @Override
    public void crashes(double perMinute) {
        double bounded = Math.max(0, perMinute);
        post(() -> {
            dials = new Dials(dials.paused(), dials.speed(), dials.lossPercent(), dials.delayMs(), dials.cut(), bounded);
            nextCrashMs = bounded == 0 ? Long.MAX_VALUE : world.nowMs() + untilNextCrashMs();
        });
    }

    private long untilNextCrashMs() {
        double mean = TimeUnit.MINUTES.toMillis(1) / dials.crashesPerMinute();
        return (long) (mean * (0.5 + random.nextDouble()));
    }

    /** A majority stays alive, so that there is something to see. */
    private void crashAndRestart() {
        if (world.nowMs() >= nextCrashMs) {
            List<SimulatedNode> living = world.livingNodes();
            if (living.size() - 1 > world.nodes().size() / 2) {
                SimulatedNode victim = living.get(random.nextInt(living.size()));
                victim.kill();
                restarts.add(new Restart(victim, world.nowMs() + RESTART_AFTER_MS));
            }
            nextCrashMs = world.nowMs() + untilNextCrashMs();
        }
        restarts.removeIf(restart -> {
            boolean due = world.nowMs() >= restart.atMs;
            if (due && world.nodes().contains(restart.node)) {
                world.restart(restart.node, false, false);
            }
            return due;
        });
    }

    // ---------------------------------------------------------------- what is heard

    /** Nodes' events only: what the window's own client and watcher do is no news of the cluster. */
    private void onTrace(TraceEvent event) {
        if (!event.protocol().equals("client") && !event.protocol().equals("monitor") && !event.node().isNobody()) {
            traced++;
            buffer.events(List.of(event), 0);
        }
    }

    private void askMarket(AuctionClient client) {
        if (asking == 0 && !watcher.nodes().isEmpty()) {
            asking = 2;
            client.list().whenComplete((list, failure) -> answered(failure, failure != null ? null
                : new Market(list, buffer.market().status(), watcherHost.wallClockMs(), "")));
            client.status().whenComplete((status, failure) -> answered(failure, failure != null ? null
                : new Market(buffer.market().list(), status, watcherHost.wallClockMs(), "")));
        }
        watcherHost.schedule(MARKET_MS, () -> askMarket(client));
    }

    private void answered(Throwable failure, Market market) {
        asking--;
        buffer.market(failure == null ? market : buffer.market().withTrouble(failure.getMessage()));
    }

    private final class Listener implements WatchListener {
        @Override
        public void onStatus(NodeRef node, NodeStatus status) {
            buffer.status(status, watcherHost.wallClockMs());
        }

        @Override
        public void onTraces(NodeRef node, List<TraceEvent> events, long dropped) {
            // Not subscribed to: the simulation tells every event itself, none dropped.
        }

        @Override
        public void onLost(NodeRef node, String why) {
            buffer.lost(node.uid().toString(), node.incarnation(), why, watcherHost.wallClockMs());
        }
    }
}
