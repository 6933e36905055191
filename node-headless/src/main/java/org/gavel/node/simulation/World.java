package org.gavel.node.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gavel.node.server.NodeSettings;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * A whole cluster in one thread: production {@code ServerNode}s and {@code AuctionClient}s on a simulated LAN with a clock of its own, from a seed. Nothing
 * happens until it is driven ({@link #step}, {@link #run}, {@link #runUntil}); two worlds driven alike from one seed are equal in every event.
 * <p>For the campaign ({@code simulate}), for tests, and for the window's simulated feed. Single-threaded: whoever embeds it calls it from one thread. Times
 * are simulated; ms unless they say otherwise.
 */
public final class World {
    private static final String[] NAMES = {"amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven", "iris", "jade", "kelp", "larch"};
    private static final long CLIENT_UIDS = 0xB1DD_0000_0000_0000L;

    private final WorldSettings settings;
    private final SimulatedNetwork network;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    /** Every start of every node. */
    private final Map<SimulatedHost, SimulatedNode> byHost = new IdentityHashMap<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final List<OperationObserver> observers = new ArrayList<>();
    private long operations;
    private long notes;
    private long clientTimeoutMs;

    public World(long seed) {
        this(seed, WorldSettings.DEFAULTS);
    }

    public World(long seed, WorldSettings settings) {
        this.settings = settings;
        network = new SimulatedNetwork(seed);
        network.keepTraces(settings.recentEvents());
    }

    public WorldSettings settings() {
        return settings;
    }

    /** The LAN below: hooks at sends and traces, trace hash, single hosts. */
    public SimulatedNetwork network() {
        return network;
    }

    // ---------------------------------------------------------------- who is in it

    /** Starts {@code count} nodes, each on a machine of its own, with uids 0x0100.., 0x0200.. in the order of their names. */
    public World startNodes(int count) {
        for (int i = 0; i < count; i++) {
            startNode(new Uid(0x0100L * (nodes.size() + 1) << 48));
        }
        return this;
    }

    /** Starts a node on a machine of its own, under the next name. */
    public SimulatedNode startNode(Uid uid) {
        return startNode(uid, "machine-of-" + nextName());
    }

    /** The same on a machine that it may share: processes of one machine see each other's end, and know it for certain. */
    public SimulatedNode startNode(Uid uid, String machine) {
        String name = nextName();
        return add(network.newHost(name, machine), uid, name, -1);
    }

    private String nextName() {
        int number = nodes.size();
        return NAMES[number % NAMES.length] + (number < NAMES.length ? "" : "-" + number / NAMES.length);
    }

    /**
     * An ended node's process starts again at its place, with its uid.
     *
     * @param sameAddress whether it gets its old port back
     * @param withDisk    whether it finds what its store had completed
     */
    public SimulatedNode restart(SimulatedNode ended, boolean sameAddress, boolean withDisk) {
        int place = nodes.indexOf(ended);
        if (place < 0) {
            throw new IllegalArgumentException(ended + " was restarted before; restart the newest start of it");
        }
        return add(network.restart(ended.host(), sameAddress, withDisk), ended.uid(), ended.name(), place);
    }

    private SimulatedNode add(SimulatedHost host, Uid uid, String name, int place) {
        SimulatedNode node = new SimulatedNode(host, new NodeSettings(settings.cluster(), uid, host.wallClockMs(), name, host.process(), settings.heartbeatMs(),
            NodeSettings.MIN_FOLLOWERS, settings.founders(), settings.extendWindowMs(), true, true), settings);
        byHost.put(host, node);
        if (place < 0) {
            nodes.add(node);
        } else {
            nodes.set(place, node);
        }
        return node;
    }

    /** A client on a machine of its own. */
    public SimulatedClient newClient(String name) {
        SimulatedClient client = new SimulatedClient(this, network.newHost(name), new Uid(CLIENT_UIDS + clients.size() + 1), name, clientTimeoutMs);
        clients.add(client);
        return client;
    }

    /** How long a call of a client made from now on waits for its answer; 0 (default): for ever. */
    public void clientTimeoutMs(long ms) {
        clientTimeoutMs = ms;
    }

    /** A bare machine in this LAN, for whatever else runs on a {@code Host}: a watcher, a hostile sender. */
    public SimulatedHost newHost(String name) {
        return network.newHost(name);
    }

    /** The newest start at each place, in the order of the first starts; some may have ended. */
    public List<SimulatedNode> nodes() {
        return List.copyOf(nodes);
    }

    public List<SimulatedNode> livingNodes() {
        return nodes.stream().filter(SimulatedNode::isAlive).toList();
    }

    public List<SimulatedClient> clients() {
        return List.copyOf(clients);
    }

    /** By name; null if there is none. */
    public SimulatedNode node(String name) {
        return nodes.stream().filter(n -> n.name().equals(name)).findFirst().orElse(null);
    }

    /** The living node that serves as INM and reaches its majority, as far as it knows; null if there is none. */
    public SimulatedNode manager() {
        return nodes.stream().filter(n -> n.isAlive() && n.inside().isManager() && !n.inside().isRingPaused()).findFirst().orElse(null);
    }

    /** The living node that serves as the auction's active; null if there is none. */
    public SimulatedNode active(String auctionId) {
        return nodes.stream().filter(n -> n.isAlive() && n.inside().isActive() && auctionId.equals(n.inside().auctionId())).findFirst().orElse(null);
    }

    /** Living nodes that serve the auction and are not its active. */
    public List<SimulatedNode> followers(String auctionId) {
        return nodes.stream().filter(n -> n.isAlive() && auctionId.equals(n.inside().auctionId()) && !n.inside().isActive()).toList();
    }

    /** All living nodes are members of one view that names nobody else, and agree on its INM, which serves. */
    public boolean isSettled() {
        SimulatedNode manager = manager();
        if (manager == null || manager.inside().view() == null) {
            return false;
        }
        List<NodeRef> living = new ArrayList<>();
        for (SimulatedNode node : nodes) {
            if (node.isAlive()) {
                living.add(node.self());
                boolean agrees = node.inside().isMember() && node.inside().view() != null && node.inside().inm() != null
                    && node.inside().view().id().equals(manager.inside().view().id()) && node.inside().inm().sameStart(manager.self());
                if (!agrees) {
                    return false;
                }
            }
        }
        List<NodeRef> members = manager.inside().view().nodes();
        return members.size() == living.size() && living.stream().allMatch(n -> members.stream().anyMatch(m -> m.sameStart(n)));
    }

    // ---------------------------------------------------------------- time

    /** Simulated ns since the world's begin. */
    public long nowNs() {
        return network.nowNs();
    }

    public long nowMs() {
        return network.nowNs() / 1_000_000;
    }

    /** One instant: all that is due next; false if nothing ever is. */
    public boolean step() {
        return network.step();
    }

    /** Runs for so much simulated time. */
    public void run(long ms) {
        network.run(ms);
    }

    /** Runs until the condition holds after a step, at most {@code maxMs}; says whether it holds. */
    public boolean runUntil(BooleanSupplier condition, long maxMs) {
        return network.runUntil(condition, maxMs);
    }

    /** Does something to this world {@code ms} from now, as a part of that instant's step. */
    public void in(long ms, Runnable action) {
        network.in(ms, action);
    }

    /** The same at a time since the world's begin; one that is over means now. */
    public void at(long ms, Runnable action) {
        network.in(ms - nowMs(), action);
    }

    // ---------------------------------------------------------------- faults of the network

    /** Loss, duplicates, reordering, delay and crash hints from now on, of every route. */
    public void faults(Faults faults) {
        network.faults(faults);
    }

    public Faults faults() {
        return network.faults();
    }

    /** Nothing from one reaches the other, in this direction only. */
    public void cut(SimulatedHost from, SimulatedHost to) {
        network.cut(from, to);
    }

    /** Nothing passes between the two sides, both ways. */
    public void partition(Collection<SimulatedHost> one, Collection<SimulatedHost> other) {
        network.partition(one, other);
    }

    /** What is sent in this direction arrives {@code ms} from now at the earliest. */
    public void clog(SimulatedHost from, SimulatedHost to, long ms) {
        network.clog(from, to, ms);
    }

    /** Takes back every cut and clog; {@link #faults} stay. */
    public void heal() {
        network.heal();
    }

    // ---------------------------------------------------------------- looking on

    /** Every trace of every node and client, as it happens. */
    public void traces(Consumer<TraceEvent> listener) {
        network.traces(listener);
    }

    /** From now on nodes trace single messages too: for diagrams. */
    public void traceMessages() {
        network.traceMessages();
    }

    /** Called after each step once for every start of a node that ran anything in it, also if it ended by that: the place for invariants. */
    public void afterStepOfNode(Consumer<SimulatedNode> check) {
        network.afterStepOfHost(host -> {
            SimulatedNode node = byHost.get(host);
            if (node != null) {
                check.accept(node);
            }
        });
    }

    /** Hears every call of every client, its answer, and what clients are told of their auctions. */
    public void observe(OperationObserver observer) {
        observers.add(observer);
    }

    /** The last traces and faults, oldest first. */
    public List<String> recentEvents() {
        return network.recentTraces();
    }

    /** One line for each node's newest start: where it stands. */
    public List<String> states() {
        List<String> lines = new ArrayList<>();
        for (SimulatedNode node : nodes) {
            NodeStatus status = node.status();
            lines.add(node + " " + status.phase() + ", " + status.role() + (status.auctionId().isEmpty() ? "" : " of " + status.auctionId()) + ", view " + status.view()
                + ", INM " + status.inm() + ", ring " + log(status.ringLog()) + (status.auction() == null ? "" : ", auction " + log(status.auction())
                + copies(node) + ", living members " + node.inside().livingAuctionMembers()) + directory(node) + (status.suspicions().isEmpty() ? "" : ", suspects " + status.suspicions())
                + (node.refusal().isEmpty() ? "" : ", refused: " + node.refusal()));
        }
        return lines;
    }

    /** Whose copies count, as far as this node knows. */
    private static String copies(SimulatedNode node) {
        StringBuilder text = new StringBuilder();
        node.inside().auctionGroup().configurations().forEach(c -> text.append(", acceptors of ").append(c.index()).append(' ')
            .append(c.acceptors().stream().map(Acceptor::node).toList()));
        return text.toString();
    }

    /** Who serves which auction, as the INM knows it. */
    private static String directory(SimulatedNode node) {
        StringBuilder text = new StringBuilder();
        if (node.inside().isManager()) {
            node.inside().ringState().auctions().stream().filter(a -> !a.freed()).forEach(a -> text.append(", directory: ").append(a.auctionId()).append(' ').append(a.stage())
                .append(" at ").append(a.group().members()).append(", reserved ").append(a.group().reserved()).append(", active ").append(a.group().activeNode())
                .append(" in epoch ").append(a.group().epoch()));
        }
        return text.toString();
    }

    private static String log(NodeStatus.LogStatus log) {
        return log == null ? "none" : log.role() + " in epoch " + log.epoch() + ", committed " + log.commitIndex() + " of " + log.lastIndex()
            + (log.notice().isEmpty() ? "" : " (" + log.notice() + ")");
    }

    List<OperationObserver> observers() {
        return observers;
    }

    long nextOperation() {
        return ++operations;
    }

    String nextNote() {
        return "n" + ++notes;
    }
}
