package org.gavel.node.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.gavel.node.demo.BidLedger;
import org.gavel.node.demo.Verdict;
import org.gavel.node.lab.LabNetwork.Machine;
import org.gavel.node.processes.LocalNode;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;

/** One auction with one fault, from the start to the verdict. */
final class Round {
    /** Within this time of a fault's end all must be whole again. */
    static final long HEAL_MS = 30_000;
    private static final long TAKE_OVER_MS = 25_000;
    private static final long IDLE_MS = 45_000;
    private static final long POLL_MS = 40;
    private static final int BIDS_BEFORE_FAULT = 50;

    /** An instant by both clocks. */
    record Moment(long ns, long wallMs) {
        static Moment now() {
            return new Moment(System.nanoTime(), System.currentTimeMillis());
        }

        long sinceMs() {
            return (System.nanoTime() - ns) / 1_000_000;
        }
    }

    private final LabCluster cluster;
    private final LabNetwork network;
    private final Scenario scenario;
    private final int number;
    private final Random random;
    private final BidLedger ledger = new BidLedger();
    private final List<Long> takeOvers = new ArrayList<>();
    private final List<Long> heals = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private String auctionId = "";

    Round(LabCluster cluster, LabNetwork network, Scenario scenario, int number, Random random) {
        this.cluster = cluster;
        this.network = network;
        this.scenario = scenario;
        this.number = number;
        this.random = random;
    }

    RoundResult run() throws InterruptedException {
        try {
            await("a whole and idle ring before the round", HEAL_MS, cluster::notIdle);
            if (complaints.isEmpty()) {
                hold();
            }
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ClientException refusal)) {
                throw e;
            }
            complain("the house: " + refusal.getMessage());
        }
        cluster.unexpectedEnd().ifPresent(this::complain);
        cluster.clients().stream().filter(client -> client.failure() != null).forEach(client -> complain(client.failure()));
        Verdict verdict = ledger.verdict();
        return new RoundResult(scenario.name(), number, takeOvers, heals, verdict.sent(), verdict.accepted(), verdict.rejected(), notes, complaints);
    }

    private void hold() throws InterruptedException {
        ItemInfo item = cluster.house().list().join().items().get(0);
        StartResult auction = cluster.house().start(StartRequest.of(item.id(), scenario.auctionMs())).join();
        auctionId = auction.auctionId();
        cluster.clients().forEach(client -> client.join(auctionId, item.startPriceCents(), ledger));
        if (!ledger.awaitWatching(TAKE_OVER_MS)) {
            complain("the clients cannot follow " + auctionId);
            return;
        }
        cluster.clients().forEach(LabClient::go);
        if (!ledger.awaitAccepted(BIDS_BEFORE_FAULT, TAKE_OVER_MS)) {
            complain("no bids are accepted before the fault");
            return;
        }
        scenario.fault().befall(this);
        if (!ledger.awaitEnd(scenario.auctionMs() + HEAL_MS)) {
            complain("the auction did not end, or bids are still unanswered");
        }
        complaints.addAll(ledger.verdict().complaints());
        await("all nodes idle after the auction", IDLE_MS, cluster::notIdle);
        checkSoldOnce(item);
    }

    /** The house itself is asked to sell it again. */
    private void checkSoldOnce(ItemInfo item) {
        if (cluster.house().list().join().items().stream().anyMatch(left -> left.id().equals(item.id()))) {
            complain(item.id() + " is sold and still on offer");
        }
        try {
            StartResult second = cluster.house().start(StartRequest.of(item.id(), scenario.auctionMs())).join();
            complain(item.id() + " is sold and yet auctioned again as " + second.auctionId());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof RefusedException)) {
                throw e;
            }
        }
    }

    // ---------------------------------------------------------------- for faults

    LabCluster cluster() {
        return cluster;
    }

    LabNetwork network() {
        return network;
    }

    Random random() {
        return random;
    }

    /** From 1. */
    int number() {
        return number;
    }

    void note(String what) {
        notes.add(what);
    }

    void complain(String sentence) {
        complaints.add(sentence);
    }

    /** Whoever has that role now; a follower or idle node by lot. */
    NodeStatus holder(String role) throws InterruptedException {
        cluster.watched().await(c -> cluster.byRole(role) != null, TAKE_OVER_MS);
        NodeStatus holder = cluster.byRole(role);
        if (holder == null) {
            throw new LabException("no node is " + role + ": " + cluster.describe());
        }
        return holder;
    }

    void pass(long ms) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(ms);
    }

    /** Takes the faults away from the network, and waits until all is whole. */
    void healNetwork() throws InterruptedException {
        network.heal();
        healed(Moment.now());
    }

    /** Nothing to complain of so far: what breaks behind a first failure is that failure's doing and proves nothing. */
    boolean isSound() {
        return complaints.isEmpty();
    }

    /** Waits until all is whole again; counts from that moment. */
    void healed(Moment since) throws InterruptedException {
        if (await("whole again", HEAL_MS - since.sinceMs(), () -> notWhole(since))) {
            heals.add(since.sinceMs());
        }
    }

    private String notWhole(Moment since) {
        boolean answered = cluster.clients().stream().allMatch(client -> client.wasAnsweredSince(since.ns())) || isOver();
        return answered ? cluster.brokenness(auctionId) : "not both clients are answered";
    }

    private boolean isOver() {
        try {
            return ledger.awaitEnd(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Starts a node on that host, every other round under the old uid, and waits until it is a member. */
    void replace(Machine machine) throws InterruptedException {
        LocalNode ended = cluster.node(machine);
        boolean same = random.nextBoolean();
        Uid uid = same ? ended.launch().uid() : cluster.newUid();
        note(same ? "restarted under its uid" : "replaced by " + uid.shortForm());
        cluster.startNode(machine, uid).awaitReady(LabCluster.READY_MS);
        Moment ready = Moment.now();
        await("the new node a member", HEAL_MS, () -> notWhole(ready));
    }

    /**
     * Waits for a successor, and counts from the fault on.
     *
     * @param role    active or inm
     * @param withinMs so long it is waited for
     * @return ms, or -1 if none took over
     */
    long takeOver(String role, NodeStatus old, Moment fault, long withinMs) throws InterruptedException {
        NodeStatus successor = cluster.watched().awaitStatus(s -> s.role().equals(role) && !s.uid().equals(old.uid()) && s.sentAtMs() >= fault.wallMs(), withinMs)
            .orElse(null);
        if (successor == null) {
            return -1;
        }
        long ms = successor.sentAtMs() - fault.wallMs();
        if (role.equals("active")) {
            // Its first status says that it serves; what is answered from then on is its own.
            long servesNs = fault.ns() + (ms - 1) * 1_000_000;
            if (!ledger.awaitAcceptedSince(servesNs, withinMs)) {
                return -1;
            }
            ms = (ledger.firstAcceptedSince(servesNs).orElseThrow() - fault.ns()) / 1_000_000;
        }
        takeOvers.add(ms);
        note(successor.name() + " is " + role + " after " + ms + " ms");
        return ms;
    }

    /** The same, and there must be one. */
    long mustTakeOver(String role, NodeStatus old, Moment fault) throws InterruptedException {
        long ms = takeOver(role, old, fault, TAKE_OVER_MS);
        if (ms < 0) {
            complain("nobody took over as " + role + " from " + old.name());
        }
        return ms;
    }

    private boolean await(String what, long withinMs, java.util.function.Supplier<String> missing) throws InterruptedException {
        String[] last = {""};
        BooleanSupplier there = () -> {
            last[0] = missing.get();
            return last[0] == null;
        };
        Moment start = Moment.now();
        while (!there.getAsBoolean()) {
            if (start.sinceMs() > withinMs) {
                complain(what + ": not within " + withinMs / 1_000 + " s: " + last[0] + "; nodes: " + cluster.describe());
                return false;
            }
            pass(POLL_MS);
        }
        return true;
    }
}
