package org.gavel.node.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.gavel.node.client.GavelClient;
import org.gavel.node.lab.LabNetwork.Machine;
import org.gavel.node.processes.JvmFlags;
import org.gavel.node.processes.LocalNode;
import org.gavel.node.processes.NodeLaunch;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.OwnProgram;
import org.gavel.node.processes.WatchedCluster;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;

/** A node on each host and two clients, seen from the bridge. */
final class LabCluster implements AutoCloseable {
    static final long READY_MS = 60_000;
    private static final long STATUS_MS = 2_000;
    private static final int FOUNDERS = 4;
    private static final int FOLLOWERS = 3;
    /** The active may be the third. */
    private static final int ACCEPTORS_BESIDE_ACTIVE = 2;

    /**
     * How a cluster is made.
     *
     * @param cluster   its name
     * @param seedsOnly nodes and clients find each other by {@code --peer} alone; broadcasts must be blocked by then
     * @param everyMs   between two bids of a client
     * @param logs      where nodes say what they do, or null: they keep quiet
     */
    record Settings(String cluster, int port, boolean seedsOnly, long everyMs, Path items, Path logs) { }

    private final Settings settings;
    private final LabNetwork network;
    private final Random random;
    private final OwnProgram program = OwnProgram.current();
    private final NodeProcesses processes = new NodeProcesses(program);
    private final Map<Machine, LocalNode> nodes = new LinkedHashMap<>();
    private final List<LabClient> clients = new ArrayList<>();
    private final WatchedCluster watched;
    private final GavelClient house;
    /** Asks often and waits shortly. */
    private final GavelClient eye;

    LabCluster(Settings settings, LabNetwork network, Random random) throws IOException {
        this.settings = settings;
        this.network = network;
        this.random = random;
        BindAddress bind = BindAddress.resolve(LabNetwork.BRIDGE);
        watched = WatchedCluster.open(bind, settings.port(), List.of(), settings.cluster());
        house = GavelClient.open(bind, settings.port(), List.of(), ClientSettings.defaults(settings.cluster(), newUid(), "house"));
        eye = GavelClient.open(bind, settings.port(), List.of(),
            ClientSettings.defaults(settings.cluster(), newUid(), "eye").withTimeoutMs(STATUS_MS));
    }

    WatchedCluster watched() {
        return watched;
    }

    GavelClient house() {
        return house;
    }

    List<LabClient> clients() {
        return clients;
    }

    /** Starts everything and waits for one ring. */
    void start() throws IOException, InterruptedException {
        for (Machine machine : LabNetwork.SERVERS) {
            startNode(machine, newUid());
        }
        for (Machine machine : LabNetwork.CLIENTS) {
            Uid uid = newUid();
            List<String> command = new ArrayList<>(network.on(machine));
            command.addAll(program.command(JvmFlags.SMALL_FOOTPRINT, LabClient.arguments(settings, uid, seeds(), settings.everyMs())));
            clients.add(new LabClient(machine, uid, command));
        }
        for (LocalNode node : nodes.values()) {
            node.awaitReady(READY_MS);
        }
        for (LabClient client : clients) {
            client.awaitReady(READY_MS);
        }
    }

    Uid newUid() {
        return new Uid(random.nextLong() | 1);
    }

    private List<String> seeds() {
        return settings.seedsOnly()
            ? LabNetwork.SERVERS.subList(0, 2).stream().map(machine -> network.address(machine) + ":" + settings.port()).toList() : List.of();
    }

    /** Returns at once. */
    LocalNode startNode(Machine machine, Uid uid) {
        List<String> options = new ArrayList<>(List.of("--founders", String.valueOf(FOUNDERS), "--items", settings.items().toString()));
        seeds().forEach(seed -> options.addAll(List.of("--peer", seed)));
        List<String> runner = new ArrayList<>();
        if (settings.logs() != null) {
            options.add("--verbose");
            // The shell becomes the runner: what the node says on standard error goes behind what its predecessors on that host said.
            runner.addAll(List.of("sh", "-c", "exec \"$@\" 2>>\"$0\"", settings.logs().resolve(settings.cluster() + "-" + machine.name() + ".log").toString()));
        }
        runner.addAll(network.onWithOwnProcesses(machine));
        LocalNode node = processes.start(new NodeLaunch(runner, bindOf(machine), settings.cluster(), settings.port(), uid, machine.name(),
            JvmFlags.SMALL_FOOTPRINT, options));
        nodes.put(machine, node);
        return node;
    }

    /** All three ways to name a card are in use at the same time. */
    private String bindOf(Machine machine) {
        return List.of("lan", LabNetwork.CARD, network.address(machine)).get(machine.number() % 3);
    }

    // ---------------------------------------------------------------- processes

    Machine machineOf(NodeStatus status) {
        return nodes.entrySet().stream().filter(entry -> status.uid().equals(entry.getValue().launch().uid().toString())).map(Map.Entry::getKey)
            .findFirst().orElseThrow(() -> new LabException("no node of ours has the uid " + status.uid()));
    }

    LocalNode node(Machine machine) {
        return nodes.get(machine);
    }

    List<Machine> living() {
        return nodes.entrySet().stream().filter(entry -> entry.getValue().isAlive()).map(Map.Entry::getKey).toList();
    }

    /** Kill -9 of the node itself, which is a child of the command that gave it a host of its own. */
    void kill(Machine machine) throws InterruptedException {
        LocalNode node = nodes.get(machine);
        node.handle().descendants().forEach(ProcessHandle::destroyForcibly);
        if (!node.awaitEnd(READY_MS)) {
            throw new LabException("the node on " + machine.name() + " does not end");
        }
    }

    void signal(Machine machine, String signal) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        nodes.get(machine).handle().descendants().forEach(process -> command.add(String.valueOf(process.pid())));
        LabNetwork.system().run(command, "");
    }

    /** The node on that host if it ended by itself, with its last words. */
    Optional<String> unexpectedEnd() {
        return nodes.entrySet().stream().filter(entry -> !entry.getValue().isAlive()).findFirst()
            .map(entry -> "the node on " + entry.getKey().name() + " ended by itself: " + entry.getValue().errorTail());
    }

    // ---------------------------------------------------------------- state

    /** Who has that role now, one by lot if there are several; null if nobody has it. */
    NodeStatus byRole(String role) {
        Set<String> uids = livingUids();
        List<NodeStatus> holders = watched.statuses().stream().filter(s -> s.role().equals(role) && uids.contains(s.uid())).toList();
        return holders.isEmpty() ? null : holders.get(random.nextInt(holders.size()));
    }

    private Set<String> livingUids() {
        return living().stream().map(machine -> nodes.get(machine).launch().uid().toString()).collect(Collectors.toCollection(HashSet::new));
    }

    /** What is not whole yet, as a sentence; null if all living nodes are one ring and the auction, while it runs, is 1 + 3. */
    String brokenness(String auctionId) {
        Set<String> uids = livingUids();
        List<NodeStatus> statuses = watched.statuses().stream().filter(s -> uids.contains(s.uid())).toList();
        if (statuses.size() < uids.size()) {
            return "only " + statuses.size() + " of " + uids.size() + " living nodes are heard";
        }
        NodeStatus first = statuses.get(0);
        if (!statuses.stream().allMatch(s -> s.phase().equals("member") && s.view().equals(first.view()) && s.inm().equals(first.inm()))
            || statuses.stream().noneMatch(s -> s.uid().equals(first.inm()) && s.role().equals("inm") && !s.caretaker())) {
            return "the nodes are no ring: " + describe();
        }
        ClusterStatus status = status();
        Set<String> members = status.nodes().stream().map(NodeInfo::uid).collect(Collectors.toCollection(HashSet::new));
        if (!members.equals(uids) || status.notice() != null) {
            return "the ring's view has " + members.size() + " members of " + uids.size() + " living" + (status.notice() == null ? "" : ", " + status.notice());
        }
        AuctionInfo auction = status.auctions().stream().filter(a -> a.auctionId().equals(auctionId)).findFirst().orElse(null);
        int followers = Math.min(FOLLOWERS, uids.size() - 2);
        boolean open = auction != null && !auction.state().equals("finished");
        if (open && (auction.active() == null || auction.followersOrNone().size() != followers || !uids.containsAll(auction.followersOrNone()))) {
            return "the auction is not 1 + " + followers + ": " + auction;
        }
        return open ? missingCopies(auction.active(), uids) : null;
    }

    /**
     * The ring names a node for an auction before that node has a copy of its log. Only once the acceptors are nodes that live may the next one be killed: two of the
     * three at once is more than a group survives.
     */
    private String missingCopies(String active, Set<String> living) {
        NodeStatus.Details details = watched.status(active).map(NodeStatus::details).orElse(null);
        if (details == null || details.auctionLog() == null) {
            return "the active has not said who holds copies";
        }
        List<String> acceptors = details.auctionLog().holders().stream().filter(NodeStatus.Holder::acceptor).map(NodeStatus.Holder::uid).toList();
        return acceptors.size() >= ACCEPTORS_BESIDE_ACTIVE && living.containsAll(acceptors) ? null : "the acceptors are not whole: " + acceptors;
    }

    /** All of them members of one ring, and free. */
    String notIdle() {
        String broken = brokenness("");
        boolean busy = watched.statuses().stream().anyMatch(s -> !s.auctionId().isEmpty() || !s.role().equals("idle") && !s.role().equals("inm"));
        return broken != null ? broken : busy ? "not all nodes are idle: " + describe() : null;
    }

    /** With an empty ring if nobody answers. */
    ClusterStatus status() {
        try {
            return eye.status().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ClientException) {
                return new ClusterStatus(settings.cluster(), "", null, List.of(), List.of(), "no answer: " + e.getCause().getMessage());
            }
            throw e;
        }
    }

    String describe() {
        return watched.statuses().stream().map(s -> s.name() + " " + s.uid().substring(0, 4) + " " + s.phase() + " " + s.role() + " " + s.auctionId() + " view "
            + s.view() + " inm " + (s.inm().isEmpty() ? "-" : s.inm().substring(0, 4)) + (s.caretaker() ? " caretaker" : "")).toList().toString();
    }

    @Override
    public void close() {
        clients.forEach(LabClient::close);
        house.close();
        eye.close();
        watched.close();
        processes.close();
    }
}
