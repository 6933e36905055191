package org.gavel.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.gavel.node.client.GavelClient;
import org.gavel.node.demo.BidLedger;
import org.gavel.node.demo.Bidder;
import org.gavel.node.processes.JvmFlags;
import org.gavel.node.processes.LocalNode;
import org.gavel.node.processes.NodeLaunch;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.OwnProgram;
import org.gavel.node.processes.WatchedCluster;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;

/** A cluster of real processes of the real jar, on a free port and under a name of its own. Waits for conditions only, generously. */
final class ProcessCluster implements AutoCloseable {
    /** For whatever takes well under a second on a machine that has nothing else to do. */
    static final long PATIENCE_MS = 60_000;
    private static final long UID_STEP = 0x0900_0000_0000_0000L;

    private final NodeProcesses processes = new NodeProcesses(program());
    private final BindAddress bind = BindAddress.resolve("loopback");
    private final int port = NodeProcesses.freePort();
    private final String name = "it-" + Long.toHexString(new SecureRandom().nextLong());
    private final List<Runnable> closers = new ArrayList<>();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final SecureRandom random = new SecureRandom();
    private final WatchedCluster watched;
    private int started;

    ProcessCluster() throws IOException {
        watched = WatchedCluster.open(bind, port, List.of(), name);
    }

    static OwnProgram program() {
        String jar = System.getProperty("gavel.nodeJar");
        assertThat(jar).as("system property gavel.nodeJar: the shaded jar").isNotNull();
        return OwnProgram.of(jar);
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    WatchedCluster watched() {
        return watched;
    }

    NodeProcesses processes() {
        return processes;
    }

    /** A running auction, with bidders that outbid each other and two clients that only watch. */
    record Auction(String id, BidLedger ledger, List<Bidder> bidders) { }

    /** Starts so many nodes and waits until they are one ring. */
    void start(int nodes) throws InterruptedException {
        List<LocalNode> fresh = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            fresh.add(startOne(List.of()));
        }
        for (LocalNode node : fresh) {
            node.awaitReady(PATIENCE_MS);
        }
        awaitSettled(nodes);
    }

    /** Not ready yet when this returns. */
    LocalNode startOne(List<String> options) {
        started++;
        return processes.start(new NodeLaunch(name, port, new Uid(started * UID_STEP + started), "node" + started, JvmFlags.SMALL_FOOTPRINT, options));
    }

    void awaitSettled(int nodes) throws InterruptedException {
        assertThat(watched.await(c -> c.isSettled(nodes), PATIENCE_MS)).as(() -> "one ring of " + nodes + " with one INM; heard: " + describe()).isTrue();
    }

    String describe() {
        return watched.statuses().stream().map(s -> s.name() + " " + s.phase() + " " + s.role() + " " + s.auctionId() + " view " + s.view() + " inm " + s.inm())
            .toList().toString();
    }

    GavelClient client(String clientName) throws IOException {
        return client(clientName, new Uid(random.nextLong() | 1));
    }

    GavelClient client(String clientName, Uid uid) throws IOException {
        GavelClient client = GavelClient.open(bind, port, List.of(), ClientSettings.defaults(name, uid, clientName).withTimeoutMs(PATIENCE_MS));
        closers.add(client::close);
        return client;
    }

    /** Starts an auction; three bid and two watch when this returns. */
    Auction startAuction(long durationMs) throws Exception {
        GavelClient house = client("house");
        ItemInfo item = await(house.list()).items().get(0);
        StartResult auction = await(house.start(StartRequest.of(item.id(), durationMs)));
        BidLedger ledger = new BidLedger();
        client("watcher 1").watch(auction.auctionId(), ledger.watcher("watcher 1"));
        client("watcher 2").watch(auction.auctionId(), ledger.watcher("watcher 2"));
        assertThat(ledger.awaitWatching(PATIENCE_MS)).as("both watchers follow " + auction.auctionId()).isTrue();
        List<Bidder> bidders = new ArrayList<>();
        for (String bidderName : List.of("mika", "tove", "juri")) {
            Uid uid = new Uid(random.nextLong() | 1);
            Bidder bidder = new Bidder(client(bidderName, uid), uid, auction.auctionId(), item.startPriceCents(), ledger, pace);
            bidders.add(bidder);
            await(bidder.start());
        }
        return new Auction(auction.auctionId(), ledger, bidders);
    }

    /** A node in this role. */
    NodeStatus awaitRole(String role) throws InterruptedException {
        return watched.awaitStatus(s -> s.role().equals(role) && s.phase().equals("member"), PATIENCE_MS)
            .orElseThrow(() -> new AssertionError("no node is " + role + ": " + describe()));
    }

    LocalNode process(NodeStatus status) {
        return processes.byUid(Uid.parseHex(status.uid())).orElseThrow();
    }

    void awaitAllIdle() throws InterruptedException {
        assertThat(watched.await(c -> c.statuses().stream().allMatch(s -> s.auctionId().isEmpty() && (s.role().equals("idle") || s.role().equals("inm"))),
            PATIENCE_MS)).as(() -> "all nodes idle again; heard: " + describe()).isTrue();
    }

    static <T> T await(CompletableFuture<T> answer) throws Exception {
        return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    /** How a run of the program ended. */
    record Ended(int exitCode, String out, String err) { }

    /** Runs a command of the jar on this cluster, with a home of its own for its bidders. */
    Ended run(Path home, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--cluster", name, "--port", String.valueOf(port)));
        return runPlain(home, all.toArray(String[]::new));
    }

    static Ended runPlain(Path home, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(program().command(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"), List.of(arguments)));
        builder.environment().putAll(Map.of("XDG_CONFIG_HOME", home.toString(), "APPDATA", home.toString()));
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)).as("'" + String.join(" ", arguments) + "' ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Override
    public void close() {
        pace.shutdownNow();
        closers.forEach(Runnable::run);
        watched.close();
        processes.close();
    }
}
