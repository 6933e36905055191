package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.protocol.client.AuctionEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who watches an auction only after bidding in it hears all that follows, whatever happened between the two. The seed is in the test's name. */
class LateWatchTest {
    private static final int BIDS = 12;
    private static final long LATEST_MS = 6_000;

    static List<Long> seeds() {
        return java.util.stream.LongStream.rangeClosed(1, Long.getLong("gavel.lateWatchSeeds", 6)).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldHearEveryBidThatFollowsAWatchSetAfterTheFirstOwnBid(long seed) {
        Random random = new Random(seed);
        SimulatedCluster cluster = new SimulatedCluster(seed).start(6);
        cluster.settle();
        Bidder first = cluster.bidder("mira");
        Bidder other = cluster.bidder("tove");
        String auction = cluster.startAuction(first, "lamp", 600_000).auctionId();
        boolean answered = random.nextBoolean();
        var bid = first.client.bid(auction, 10_000, "");
        if (answered) {
            cluster.await("the first bid", bid, 60_000);
        }
        if (random.nextInt(3) == 0) {
            cluster.active(auction).host.crash();
        }
        cluster.run(random.nextInt((int) LATEST_MS));
        first.client.watch(auction, first.listener(auction));
        long cents = 20_000;
        for (int i = 0; i < BIDS; i++) {
            cents += 1_000;
            cluster.bid(random.nextInt(4) == 0 ? first : other, auction, cents);
            cluster.run(random.nextInt(2_000));
        }
        cluster.run(5_000);
        long last = cents;
        List<AuctionEvent> heard = first.events.get(auction);
        assertThat(heard.stream().filter(event -> event.type().equals("bid") && event.outcome().amountCents() > 20_000).map(event -> event.outcome().amountCents()))
            .as("seed " + seed + ", heard " + heard).hasSize(BIDS).last().isEqualTo(last);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldLetTwoWindowsOfOnePersonHearTheSameAuction(long seed) {
        SimulatedCluster cluster = new SimulatedCluster(seed).start(6);
        cluster.settle();
        Bidder first = cluster.bidder("mira");
        Bidder second = cluster.bidder("mira");
        Bidder other = cluster.bidder("tove");
        String auction = cluster.startAuction(other, "lamp", 600_000).auctionId();
        first.client.watch(auction, first.listener(auction));
        cluster.run(1_000);
        second.client.watch(auction, second.listener(auction));
        cluster.run(1_000);
        Bidder third = cluster.bidder("noa");
        for (int i = 1; i <= 5; i++) {
            cluster.bid(third, auction, 10_000 * i);
            cluster.run(1_000);
        }
        cluster.run(20_000);
        for (Bidder each : List.of(first, second)) {
            assertThat(each.events.get(auction).stream().filter(event -> event.type().equals("bid")).map(event -> event.outcome().amountCents()))
                .as("seed " + seed + ", heard " + each.events + each.notices).contains(10_000L, 20_000L, 30_000L, 40_000L, 50_000L);
        }
    }
}
