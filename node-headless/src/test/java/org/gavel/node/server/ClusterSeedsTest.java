package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole clusters under random trouble: loss, duplicates, reordering, and crashes of every role at random moments while bids flow. Afterwards protocol.md
 * section 13 must hold: nothing lost, nothing doubled, one order, everything whole again. A failure prints its seed; {@code -Dgavel.seed=N} replays it.
 */
class ClusterSeedsTest {
    private static final int SEEDS = Integer.getInteger("gavel.seeds", 25);
    private static final long CRASH_EVERY_MS = 9_000;

    private SplittableRandom dice;
    private SimulatedCluster cluster;
    private StartResult auction;
    private Bidder[] watchers;
    private final List<CompletableFuture<BidResult>> bids = new ArrayList<>();
    private long nextCents;

    static LongStream seeds() {
        long one = SimulatedNetwork.seedOr(0);
        return one == 0 ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldLoseNothingWhateverIsKilled(long seed) {
        try {
            run(seed);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": replay with mvn -pl node-headless -am test -Dtest=ClusterSeedsTest "
                + "-Dsurefire.failIfNoSpecifiedTests=false -Dgavel.seed=" + seed + "\n" + cluster + e.getMessage(), e);
        }
    }

    private void run(long seed) {
        dice = new SplittableRandom(seed);
        cluster = new SimulatedCluster(seed);
        if (dice.nextBoolean()) {
            cluster.onOneMachine();
        }
        Faults faults = Faults.NONE.withCrashHints(dice.nextInt(4) > 0);
        cluster.net.faults(faults);
        cluster.start(8 + dice.nextInt(3)).settle();
        watchers = new Bidder[] {cluster.bidder("mika"), cluster.bidder("tove")};
        auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        for (Bidder watcher : watchers) {
            cluster.join(watcher, auction.auctionId());
        }
        nextCents = cluster.active(auction.auctionId()).node.auctions().byAuctionId(auction.auctionId()).machine().state().standing().minimumCents();
        cluster.net.faults(faults.withLoss(dice.nextInt(11)).withDuplicates(dice.nextInt(6)).withReordering(dice.nextInt(11)));

        for (int crash = 0; crash < 3; crash++) {
            bidFor(dice.nextLong(CRASH_EVERY_MS));
            crashSomeone();
            bidFor(CRASH_EVERY_MS);
        }
        cluster.net.faults(Faults.NONE);
        recover();
        check();
    }

    private void bidFor(long ms) {
        double until = cluster.net.nowMs() + ms;
        while (cluster.net.nowMs() < until) {
            bids.add(watchers[dice.nextInt(2)].client.bid(auction.auctionId(), nextCents, ""));
            nextCents += dice.nextInt(3) * 500L;
            cluster.run(1 + dice.nextLong(400));
        }
    }

    private void crashSomeone() {
        List<Running> victims = switch (dice.nextInt(4)) {
            case 0 -> cluster.followers(auction.auctionId());
            case 1 -> cluster.idle();
            case 2 -> cluster.inm() == null ? List.of() : List.of(cluster.inm());
            default -> cluster.active(auction.auctionId()) == null ? List.of() : List.of(cluster.active(auction.auctionId()));
        };
        if (!victims.isEmpty()) {
            Running victim = victims.get(dice.nextInt(victims.size()));
            victim.host.crash();
            if (dice.nextBoolean()) {
                cluster.run(dice.nextLong(3_000));
                cluster.restart(victim);
            }
        }
    }

    private void recover() {
        cluster.await("every bid is answered", () -> bids.stream().allMatch(CompletableFuture::isDone), 60_000);
        cluster.settle();
        int followers = Math.min(3, cluster.alive().size() - 2);
        cluster.await("the auction is whole again",
            () -> cluster.active(auction.auctionId()) != null && cluster.followers(auction.auctionId()).size() == followers, 60_000);
        long last = cluster.active(auction.auctionId()).node.auctions().byAuctionId(auction.auctionId()).group().committedIndex();
        assertThat(last).isPositive();
        cluster.run(3_000);
    }

    private void check() {
        Map<Long, Long> order = new LinkedHashMap<>();
        for (Bidder watcher : watchers) {
            List<AuctionEvent> seen = watcher.events.get(auction.auctionId());
            assertThat(seen.stream().map(AuctionEvent::seq).toList()).as(watcher.host + " sees each number once, in order").isSorted().doesNotHaveDuplicates();
            long price = 0;
            for (AuctionEvent event : seen) {
                if (event.type().equals("bid")) {
                    Long other = order.putIfAbsent(event.seq(), event.outcome().amountCents());
                    assertThat(other == null || other == event.outcome().amountCents()).as("one order at #" + event.seq()).isTrue();
                    if (event.outcome().result().equals("accepted")) {
                        assertThat(event.outcome().amountCents()).as("the price rises at #" + event.seq()).isGreaterThan(price);
                        price = event.outcome().amountCents();
                    }
                }
            }
        }
        List<Long> answered = bids.stream().map(b -> b.join().seq()).toList();
        assertThat(answered).as("no bid counted twice").doesNotHaveDuplicates();
        assertThat(order.keySet()).as("every answered bid is in the order").containsAll(answered);
    }
}
