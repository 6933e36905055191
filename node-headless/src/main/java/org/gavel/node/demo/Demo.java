package org.gavel.node.demo;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.gavel.node.client.AuctionHouse;
import org.gavel.node.client.GavelClient;
import org.gavel.node.history.HistoryRecorder;
import org.gavel.node.history.RecordedHouse;
import org.gavel.node.processes.JvmFlags;
import org.gavel.node.processes.LocalNode;
import org.gavel.node.processes.NodeFailedException;
import org.gavel.node.processes.NodeLaunch;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.OwnProgram;
import org.gavel.node.processes.WatchedCluster;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.MonitorJson;
import org.gavel.protocol.monitor.NodeStatus;

/** The demonstration, from the first process to the verdict. */
final class Demo implements AutoCloseable {
    private static final String CLUSTER = "demo";
    private static final long READY_MS = 45_000;
    private static final long SETTLE_MS = 40_000;
    private static final long TAKE_OVER_MS = 12_000;
    private static final long RESTORE_MS = 6_000;
    private static final long END_MS = 12_000;
    /** Traces come in batches: so long after the fact, all of them are here. */
    private static final long TRACES_MS = 400;
    /** Accepted bids before the first kill, and before the second. */
    private static final int BIDS_BEFORE_KILL = 25;
    private static final List<String> PREFERRED_ITEMS = List.of("lamp", "clock");

    private final int nodeCount;
    private final long durationMs;
    private final DemoReport report;
    private final HistoryRecorder history;
    private final int port = NodeProcesses.freePort();
    private final BindAddress bind = BindAddress.resolve("loopback");
    private final NodeProcesses processes;
    private final List<Runnable> opened = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final BidLedger ledger = new BidLedger();
    private final List<Bidder> bidders = new ArrayList<>();
    private final List<DemoReport.TakeOver> takeOvers = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final ScheduledExecutorService pace;
    private final SecureRandom random = new SecureRandom();
    private final long startedNs = System.nanoTime();
    private WatchedCluster cluster;
    private AuctionHouse house;

    /** @param history of what the bidders and watchers ask and are told */
    Demo(OwnProgram program, int nodeCount, long durationMs, DemoReport report, HistoryRecorder history) {
        this.nodeCount = nodeCount;
        this.durationMs = durationMs;
        this.report = report;
        this.history = history;
        processes = new NodeProcesses(program);
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bidders");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        pace = executor;
    }

    /** @return whether all promises held */
    boolean run() throws IOException, InterruptedException {
        startRing();
        StartResult auction = startAuction();
        ledger.awaitAccepted(BIDS_BEFORE_KILL, TAKE_OVER_MS);
        tellStanding();
        killActive(auction);
        awaitRestored(auction);
        ledger.awaitAccepted(ledger.acceptedCount() + BIDS_BEFORE_KILL, TAKE_OVER_MS);
        tellStanding();
        killManager();
        if (!ledger.awaitEnd(durationMs + END_MS)) {
            complaints.add("the auction did not end, or bids are still unanswered");
        }
        bidders.forEach(Bidder::stop);
        awaitIdle();
        Verdict verdict = withOwnComplaints(ledger.verdict());
        report.verdict(verdict, auction.auctionId(), takeOvers, sinceStartMs());
        return verdict.holds();
    }

    /** Every kept trace event, for those who want to know exactly. */
    List<String> traceLines() {
        return cluster.eventsSince(0).stream().map(event -> MonitorJson.write(List.of(event))).map(array -> array.substring(1, array.length() - 1)).toList();
    }

    private Verdict withOwnComplaints(Verdict v) {
        complaints.addAll(v.complaints());
        return new Verdict(v.sent(), v.accepted(), v.rejected(), v.unanswered(), v.lost(), v.doubled(), v.winner(), v.winnerName(), v.priceCents(),
            List.copyOf(complaints));
    }

    private long sinceStartMs() {
        return (System.nanoTime() - startedNs) / 1_000_000;
    }

    // ---------------------------------------------------------------- the ring

    private void startRing() throws IOException, InterruptedException {
        report.starting(nodeCount, port);
        cluster = WatchedCluster.open(bind, port, List.of(), CLUSTER);
        opened.add(cluster::close);
        List<LocalNode> started = new ArrayList<>();
        for (Cast.Part part : Cast.nodes(nodeCount)) {
            names.put(part.uid().shortForm(), part.name());
            started.add(processes.start(new NodeLaunch(CLUSTER, port, part.uid(), part.name(), JvmFlags.SMALL_FOOTPRINT, List.of("--allow-faults"))));
        }
        for (LocalNode node : started) {
            node.awaitReady(READY_MS);
        }
        if (!cluster.await(c -> c.isSettled(nodeCount), SETTLE_MS)) {
            throw new NodeFailedException("the " + nodeCount + " nodes did not agree on one ring within " + SETTLE_MS / 1_000 + " s; they say: "
                + cluster.statuses().stream().map(s -> s.name() + " " + s.phase() + " " + s.role() + " " + s.view()).toList(), null);
        }
        house = client("house");
        report.ring(await(house.status()), sinceStartMs());
    }

    private AuctionHouse client(String name) throws IOException {
        return client(name, new Uid(random.nextLong() | 1));
    }

    private AuctionHouse client(String name, Uid uid) throws IOException {
        GavelClient client = GavelClient.open(bind, port, List.of(), ClientSettings.defaults(CLUSTER, uid, name));
        opened.add(client::close);
        return new RecordedHouse(client, uid, history, () -> { });
    }

    // ---------------------------------------------------------------- the auction

    private StartResult startAuction() throws IOException, InterruptedException {
        List<ItemInfo> items = await(house.list()).items();
        ItemInfo item = items.stream().filter(i -> PREFERRED_ITEMS.contains(i.id())).findFirst().orElse(items.get(0));
        StartResult auction = await(house.start(StartRequest.of(item.id(), durationMs)));
        for (int i = 1; i <= 2; i++) {
            client("watcher " + i).watch(auction.auctionId(), ledger.watcher("watcher " + i));
        }
        if (!ledger.awaitWatching(TAKE_OVER_MS)) {
            throw new NodeFailedException("nobody answers those who want to watch " + auction.auctionId(), null);
        }
        for (String name : Cast.BIDDERS) {
            Uid uid = new Uid(random.nextLong() | 1);
            Bidder bidder = new Bidder(client(name, uid), uid, auction.auctionId(), item.startPriceCents(), ledger, pace);
            bidders.add(bidder);
            await(bidder.start());
        }
        report.auction(auction, item, durationMs, Cast.BIDDERS, await(house.status()));
        return auction;
    }

    private void tellStanding() {
        BidLedger.Standing standing = ledger.standing();
        report.standing(standing.bids(), standing.priceCents(), standing.leaderName());
    }

    private Optional<AuctionInfo> info(StartResult auction) {
        return await(house.status()).auctions().stream().filter(a -> a.auctionId().equals(auction.auctionId())).findFirst();
    }

    /** The INM fills the group up as long as somebody is idle. */
    private void awaitRestored(StartResult auction) throws InterruptedException {
        int followers = Math.min(3, nodeCount - 3);
        long deadlineMs = sinceStartMs() + RESTORE_MS;
        while (sinceStartMs() < deadlineMs) {
            AuctionInfo info = info(auction).orElse(null);
            if (info != null && info.followersOrNone().size() >= followers && info.active() != null) {
                report.notice("the group is 1 + " + info.followersOrNone().size() + (followers == 3 ? " again" : ": nobody is idle"));
                return;
            }
            cluster.await(c -> false, TRACES_MS);
        }
        complaints.add("the group was not 1 + " + followers + " again within " + RESTORE_MS / 1_000 + " s");
    }

    private void awaitIdle() throws InterruptedException {
        boolean idle = cluster.await(c -> c.statuses().stream().allMatch(s -> s.auctionId().isEmpty()), END_MS);
        if (!idle) {
            complaints.add("nodes still serve the auction " + END_MS / 1_000 + " s after its end");
        }
    }

    // ---------------------------------------------------------------- the crashes

    private void killActive(StartResult auction) throws InterruptedException {
        NodeStatus active = byRole("active");
        if (active == null) {
            complaints.add("no active to kill");
            return;
        }
        Moment kill = kill(active);
        NodeStatus successor = cluster.awaitStatus(s -> isSuccessor(s, "active", active), TAKE_OVER_MS).orElse(null);
        if (successor == null) {
            tellStory(active, kill, auction.group());
            complaints.add("no active took over from " + active.name());
            return;
        }
        // Its first status says that it serves; what is answered from then on is its own.
        long servesNs = kill.ns + (successor.sentAtMs() - kill.wallMs - 1) * 1_000_000;
        ledger.awaitAcceptedSince(servesNs, TAKE_OVER_MS);
        tellStory(active, kill, auction.group());
        ledger.firstAcceptedSince(servesNs).ifPresentOrElse(
            ns -> tookOver("next accepted bid", active, successor, (ns - kill.ns) / 1_000_000),
            () -> complaints.add("no bid was accepted any more after the kill of " + active.name()));
    }

    private void killManager() throws InterruptedException {
        NodeStatus inm = byRole("inm");
        if (inm == null) {
            complaints.add("no INM to kill");
            return;
        }
        Moment kill = kill(inm);
        Optional<NodeStatus> successor = cluster.awaitStatus(s -> isSuccessor(s, "inm", inm), TAKE_OVER_MS);
        tellStory(inm, kill, Links.RING_GROUP);
        successor.ifPresentOrElse(s -> tookOver("new INM", inm, s, s.sentAtMs() - kill.wallMs), () -> complaints.add("no INM took over from " + inm.name()));
    }

    private record Moment(long ns, long wallMs) { }

    private Moment kill(NodeStatus node) throws InterruptedException {
        LocalNode process = processes.byUid(Uid.parseHex(node.uid())).orElseThrow(() -> new NodeFailedException(node.name() + " ended by itself", null));
        report.killing(new NodeInfo(node.uid(), node.name(), node.address(), node.role(), node.auctionId(), node.incarnation(), 0));
        Moment moment = new Moment(System.nanoTime(), System.currentTimeMillis());
        process.kill();
        process.awaitEnd(TAKE_OVER_MS);
        return moment;
    }

    private void tellStory(NodeStatus killed, Moment kill, long group) throws InterruptedException {
        cluster.await(c -> false, TRACES_MS);
        ElectionStory story = new ElectionStory(Uid.parseHex(killed.uid()), kill.wallMs, group, names, cluster.eventsSince(kill.wallMs));
        report.story(story.lines(), story.leftOut());
    }

    private void tookOver(String what, NodeStatus killed, NodeStatus successor, long ms) {
        DemoReport.TakeOver takeOver = new DemoReport.TakeOver(what, killed.name(), successor.name(), ms);
        takeOvers.add(takeOver);
        report.takeOver(takeOver);
    }

    private NodeStatus byRole(String role) {
        return cluster.statuses().stream().filter(s -> s.role().equals(role)).findFirst().orElse(null);
    }

    private static boolean isSuccessor(NodeStatus status, String role, NodeStatus killed) {
        return status.role().equals(role) && !status.uid().equals(killed.uid());
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Ends everything: bidders, watchers, and every process. */
    @Override
    public void close() {
        pace.shutdownNow();
        bidders.forEach(Bidder::stop);
        opened.forEach(Runnable::run);
        processes.close();
    }
}
