package org.gavel.node.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gavel.node.client.GavelClient;
import org.gavel.node.processes.LocalNode;
import org.gavel.node.processes.NodeFailedException;
import org.gavel.node.processes.NodeLaunch;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.OwnProgram;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.identity.Uid;

/** One manager and a group of four as processes, with an auction that outlasts the benchmark. */
final class BenchGroup implements AutoCloseable {
    static final int NODES = 5;
    /** Who starts the auction, and so cannot bid in it. */
    static final Uid OPERATOR = new Uid(2);
    private static final String CLUSTER = "bench";
    private static final long READY_MS = 30_000;
    private static final long AUCTION_MS = TimeUnit.HOURS.toMillis(6);
    private static final long POLL_MS = 100;
    private static final long MANAGER_UID = 0xff00_0000_0000_0000L;
    private static final long FIRST_UID = 0x1000_0000_0000_0000L;
    private static final long UID_STEP = 0x0001_0000_0000_0000L;

    private final NodeProcesses processes;
    private final int port = NodeProcesses.freePort();
    private final BindAddress bind = BindAddress.resolve("loopback");
    private final List<String> jvmFlags;
    private final List<String> options;
    private final GavelClient operator;
    private int started;

    BenchGroup(OwnProgram program, List<String> jvmFlags, List<String> options) throws IOException {
        this.jvmFlags = jvmFlags;
        this.options = options;
        processes = new NodeProcesses(program);
        operator = client("operator", OPERATOR);
    }

    int port() {
        return port;
    }

    BindAddress bind() {
        return bind;
    }

    GavelClient client(String name, Uid uid) throws IOException {
        return GavelClient.open(bind, port, List.of(), ClientSettings.defaults(CLUSTER, uid, name).withTimeoutMs(TimeUnit.MINUTES.toMillis(2)));
    }

    /** The manager first: its uid is the highest, it stays the INM, and the others are idle for the auction. */
    void startNodes() throws InterruptedException {
        for (int i = 0; i < NODES; i++) {
            startNode();
        }
        awaitStatus(READY_MS, "one ring of " + NODES, s -> s.nodes().size() == NODES && s.inm() != null);
    }

    /** One more node, ready when this returns. */
    LocalNode startNode() throws InterruptedException {
        Uid uid = new Uid(started == 0 ? MANAGER_UID : FIRST_UID + started * UID_STEP);
        LocalNode node = processes.start(new NodeLaunch(CLUSTER, port, uid, started == 0 ? "manager" : "node" + started, jvmFlags, options));
        started++;
        node.awaitReady(READY_MS);
        return node;
    }

    /** Starts the auction; the item tells the least raise. */
    StartResult startAuction(ItemInfo item) throws InterruptedException {
        StartResult result = Waiting.on(operator.start(StartRequest.of(item.id(), AUCTION_MS)));
        awaitWhole(result.auctionId());
        return result;
    }

    ItemInfo item() throws InterruptedException {
        return Waiting.on(operator.list()).items().get(0);
    }

    /** Waits until the auction is 1 + 3, and gives its active. */
    Uid awaitWhole(String auctionId) throws InterruptedException {
        ClusterStatus status = awaitStatus(READY_MS, "a group of 1 + 3", s -> auction(s, auctionId)
            .filter(a -> a.active() != null && a.followersOrNone().size() == 3).isPresent());
        return Uid.parseHex(auction(status, auctionId).orElseThrow().active());
    }

    /** The active other than this one, if the INM knows it by now. */
    boolean hasOtherActive(String auctionId, Uid killed) throws InterruptedException {
        try {
            return auction(Waiting.on(operator.status()), auctionId).filter(a -> a.active() != null && !a.active().equals(killed.toString())).isPresent();
        } catch (ClientException e) {
            // No answer is an answer: not yet.
            return false;
        }
    }

    LocalNode process(Uid uid) {
        return processes.byUid(uid).orElseThrow(() -> new NodeFailedException("the node " + uid + " ended by itself", null));
    }

    List<LocalNode> living() {
        return processes.living();
    }

    private static Optional<AuctionInfo> auction(ClusterStatus status, String auctionId) {
        return status.auctions().stream().filter(a -> a.auctionId().equals(auctionId)).findFirst();
    }

    private ClusterStatus awaitStatus(long timeoutMs, String what, java.util.function.Predicate<ClusterStatus> wanted) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        String last = "nothing";
        while (System.nanoTime() - deadlineNs < 0) {
            try {
                ClusterStatus status = Waiting.on(operator.status());
                if (wanted.test(status)) {
                    return status;
                }
                last = status.toString();
            } catch (ClientException e) {
                last = e.getMessage();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        throw new NodeFailedException("the nodes did not make " + what + " within " + timeoutMs / 1_000 + " s; last heard: " + last, null);
    }

    @Override
    public void close() {
        operator.close();
        processes.close();
    }
}
