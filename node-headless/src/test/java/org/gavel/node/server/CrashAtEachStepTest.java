package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One auction from its start over bids, a take-over and a replacement to its end, again and again; each time the node that takes the n-th traced step
 * crashes at that very step. Every role so dies at every step that it traces. {@code -Dgavel.step=N} repeats one.
 */
class CrashAtEachStepTest {
    /** What belongs to the life of an auction; heartbeats and discovery run all the time and would only repeat each other. */
    private static final Set<String> PROTOCOLS = Set.of("election", "replication", "ring", "auction");
    private static final int STEPS_MAX = 150;

    private final SimulatedCluster cluster = new SimulatedCluster(11).onOneMachine();
    private final List<CompletableFuture<BidResult>> bids = new ArrayList<>();
    private boolean counting;
    private int steps;
    private String crashed = "nobody: the run has fewer steps";

    static IntStream steps() {
        int one = Integer.getInteger("gavel.step", 0);
        return one == 0 ? IntStream.rangeClosed(1, STEPS_MAX) : IntStream.of(one);
    }

    @ParameterizedTest(name = "crash at step {0}")
    @MethodSource("steps")
    void shouldBringTheAuctionToItsEndWhoeverCrashesWhen(int step) {
        try {
            play(step);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("crash at step " + step + " (" + crashed + "): replay with mvn -pl node-headless -am test -Dtest=CrashAtEachStepTest "
                + "-Dsurefire.failIfNoSpecifiedTests=false -Dgavel.step=" + step + "\n" + e.getMessage(), e);
        }
    }

    private void play(int step) {
        cluster.start(9).settle();
        Bidder mika = cluster.bidder("mika");
        Bidder tove = cluster.bidder("tove");
        cluster.net.onTrace(e -> isStep(e) && ++steps == step, this::crash);
        counting = true;
        StartResult auction = cluster.await("the start", mika.client.start(StartRequest.of("lamp", 12_000)), 60_000);
        cluster.join(tove, auction.auctionId());
        for (int i = 0; i < 8; i++) {
            bids.add(tove.client.bid(auction.auctionId(), 10_000L + 1_000 * i, ""));
            cluster.run(150);
            if (i == 3 && cluster.active(auction.auctionId()) != null) {
                cluster.active(auction.auctionId()).host.crash();
            }
        }
        cluster.await("every bid is answered", () -> bids.stream().allMatch(CompletableFuture::isDone), 60_000);
        cluster.await("the end", () -> end(tove, auction) != null, 120_000);
        counting = false;

        check(tove, auction);
        cluster.settle();
        cluster.await("everybody is idle again", () -> cluster.idle().size() == cluster.alive().size() - 1, 90_000);
        assertThat(cluster.inm().node.ring().state().auctions()).allMatch(a -> a.stage().isOver() && a.freed());
    }

    private boolean isStep(TraceEvent event) {
        return counting && PROTOCOLS.contains(event.protocol()) && cluster.alive().stream().anyMatch(n -> n.uid().equals(event.node()));
    }

    private void crash(TraceEvent event) {
        crashed = event.node().shortForm() + " " + event.protocol() + " " + event.kind();
        cluster.alive().stream().filter(n -> n.uid().equals(event.node())).forEach(n -> n.host.crash());
    }

    private static AuctionEvent end(Bidder bidder, StartResult auction) {
        return bidder.events.get(auction.auctionId()).stream().filter(e -> Set.of("closed", "cancelled").contains(e.type())).findFirst().orElse(null);
    }

    private void check(Bidder tove, StartResult auction) {
        List<AuctionEvent> seen = tove.events.get(auction.auctionId());
        assertThat(seen.stream().map(AuctionEvent::seq).toList()).isSorted();
        long highest = 0;
        for (CompletableFuture<BidResult> bid : bids) {
            BidResult result = bid.join();
            assertThat(seen.stream().filter(e -> e.type().equals("bid") && e.seq() == result.seq()).count()).as("bid #" + result.seq()).isEqualTo(1);
            highest = result.accepted() ? Math.max(highest, result.outcome().amountCents()) : highest;
        }
        if (end(tove, auction).type().equals("closed")) {
            assertThat(end(tove, auction).outcome().priceCents()).as("the highest accepted bid wins").isEqualTo(highest);
        }
    }
}
