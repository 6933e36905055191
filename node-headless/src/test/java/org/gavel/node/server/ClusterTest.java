package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

/** The proposal's task tables of auctions, row by row, on the simulated network without other faults than those each test makes. The ring's: {@link RingTest}. */
class ClusterTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @Test
    void shouldRunAnAuctionToItsEndAndSetItsNodesFree() {
        cluster.start(7).settle();
        Bidder seller = cluster.bidder("sela");
        Bidder mika = cluster.bidder("mika");
        Bidder tove = cluster.bidder("tove");
        StartResult auction = cluster.startAuction(seller, "lamp", 20_000);
        cluster.join(mika, auction.auctionId());
        cluster.join(tove, auction.auctionId());

        long price = firstPrice(auction.auctionId());
        assertThat(bid(mika, auction, price).accepted()).isTrue();
        assertThat(bid(tove, auction, price + 1_000).accepted()).isTrue();
        assertThat(bid(mika, auction, price + 1_000).accepted()).as("an equal bid").isFalse();
        cluster.await("both are told the end", () -> closed(mika, auction) != null && closed(tove, auction) != null, 60_000);

        assertThat(closed(mika, auction).outcome().priceCents()).isEqualTo(price + 1_000);
        assertThat(sequence(mika, auction)).isEqualTo(sequence(tove, auction));
        cluster.await("all nodes are idle again", () -> cluster.idle().size() == 6, 60_000);
        ClusterStatus status = status(seller);
        assertThat(status.auctions()).extracting(AuctionInfo::priceCents).containsExactly(price + 1_000);
        assertThat(cluster.inm().node.ring().state().availableItems()).extracting(i -> i.id()).doesNotContain("lamp");
    }

    @Test
    void shouldAssignOneActiveWithTheHighestUidAndThreeFollowers() {
        cluster.start(7).settle();
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 60_000);

        cluster.await("the group stands", () -> cluster.followers(auction.auctionId()).size() == 3, 10_000);
        Uid active = cluster.active(auction.auctionId()).uid();
        assertThat(cluster.followers(auction.auctionId())).allMatch(f -> f.uid().compareTo(active) < 0);
    }

    @Test
    void shouldLetWhoStartedItBidIfTheHouseSellsAndElseNot() {
        cluster.start(11).settle();
        Bidder sela = cluster.bidder("sela");
        StartResult own = cluster.startAuction(sela, "lamp", 60_000);
        StartResult house = cluster.await("the house's start", sela.client.start(new StartRequest("globe", 60_000, "sela", null, null, true)), 30_000);

        assertThat(bid(sela, own, 100_000).reason()).contains("the seller cannot bid");
        assertThat(bid(sela, house, 100_000).accepted()).isTrue();
    }

    @Test
    void shouldAnswerARepeatedStartWithTheSameAuction() {
        cluster.start(9).settle();
        Bidder seller = cluster.bidder("sela");
        StartResult one = cluster.startAuction(seller, "lamp", 60_000);

        CompletableFuture<StartResult> again = seller.client.start(StartRequest.of("lamp", 60_000));
        cluster.await("an answer", again::isDone, 20_000);
        assertThat(again).isCompletedExceptionally();
        assertThat(one.auctionId()).startsWith("lamp-");
    }

    @Test
    void shouldKeepEveryAcceptedBidWhenTheActiveIsKilled() {
        cluster.start(8).settle();
        Bidder mika = cluster.bidder("mika");
        Bidder tove = cluster.bidder("tove");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 120_000);
        cluster.join(mika, auction.auctionId());
        cluster.join(tove, auction.auctionId());
        long price = firstPrice(auction.auctionId());

        List<CompletableFuture<BidResult>> bids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Bidder bidder = i % 2 == 0 ? mika : tove;
            bids.add(bidder.client.bid(auction.auctionId(), price + 1_000L * i, ""));
            cluster.run(20);
            if (i == 10) {
                cluster.active(auction.auctionId()).host.crash();
            }
        }
        cluster.await("every bid is answered", () -> bids.stream().allMatch(CompletableFuture::isDone), 60_000);

        assertNothingLost(auction, bids, mika, tove);
        cluster.await("the group is 1 + 3 again", () -> cluster.active(auction.auctionId()) != null && cluster.followers(auction.auctionId()).size() == 3, 30_000);
        cluster.settle();
    }

    @Test
    void shouldReplaceAFollowerThatIsKilled() {
        cluster.start(8).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 120_000);
        cluster.join(mika, auction.auctionId());
        cluster.followers(auction.auctionId()).get(0).host.crash();

        cluster.await("the group is 1 + 3 again", () -> cluster.followers(auction.auctionId()).size() == 3 && cluster.isSettled(), 40_000);
        assertThat(bid(mika, auction, firstPrice(auction.auctionId())).accepted()).isTrue();
    }

    @Test
    void shouldTakeOverFromAPausedActiveAndTakeItBackAsIdle() {
        cluster.start(8).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 120_000);
        cluster.join(mika, auction.auctionId());
        long price = firstPrice(auction.auctionId());
        Running paused = cluster.active(auction.auctionId());
        paused.host.pause(20_000);

        assertThat(bid(mika, auction, price).accepted()).isTrue();
        assertThat(cluster.active(auction.auctionId())).isNotSameAs(paused);
        cluster.run(20_000);
        cluster.settle();
        cluster.await("the group is 1 + 3", () -> cluster.followers(auction.auctionId()).size() == 3, 40_000);
        assertThat(bid(mika, auction, price + 1_000).accepted()).isTrue();
    }

    @Test
    void shouldCancelAnAuctionOfWhichTooFewCopiesAreLeft() {
        cluster.onOneMachine().start(6).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        cluster.join(mika, auction.auctionId());
        long price = firstPrice(auction.auctionId());
        assertThat(bid(mika, auction, price).accepted()).isTrue();
        cluster.followers(auction.auctionId()).subList(0, 2).forEach(f -> f.host.crash());

        cluster.await("it is cancelled", () -> status(mika).auctions().get(0).state().equals("cancelled"), 60_000);
        assertThat(status(mika).auctions().get(0).priceCents()).isEqualTo(price);
        cluster.await("its nodes are idle again", () -> cluster.idle().size() == 3, 60_000);
        assertThat(cluster.inm().node.ring().state().availableItems()).extracting(i -> i.id()).doesNotContain("lamp");
        cluster.await("release", mika.client.release("lamp"), 20_000);
        assertThat(cluster.inm().node.ring().state().availableItems()).extracting(i -> i.id()).contains("lamp");
    }

    @Test
    void shouldRefuseABidAfterTheEnd() {
        cluster.start(6).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 5_000);
        cluster.join(mika, auction.auctionId());
        cluster.await("the end", () -> closed(mika, auction) != null, 30_000);
        Bidder late = cluster.bidder("late");
        CompletableFuture<BidResult> now = late.client.bid(auction.auctionId(), 99_000, "");
        cluster.await("an answer while the group lingers", now::isDone, 20_000);
        assertThat(now.isCompletedExceptionally() || !now.join().accepted()).isTrue();
        cluster.await("its nodes are idle again", () -> cluster.idle().size() == 5, 60_000);
        CompletableFuture<BidResult> muchLater = cluster.bidder("later").client.bid(auction.auctionId(), 99_000, "");

        cluster.await("an answer of the INM", muchLater::isDone, 20_000);
        assertThat(muchLater.isCompletedExceptionally() || !muchLater.join().accepted()).isTrue();
    }

    @Test
    void shouldSurviveTheActiveAndOneFollowerTogether() {
        cluster.start(9).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 120_000);
        cluster.join(mika, auction.auctionId());
        long price = firstPrice(auction.auctionId());
        assertThat(bid(mika, auction, price).accepted()).isTrue();
        cluster.active(auction.auctionId()).host.crash();
        cluster.followers(auction.auctionId()).get(0).host.crash();

        assertThat(bid(mika, auction, price + 1_000).accepted()).isTrue();
        assertThat(sequence(mika, auction)).doesNotHaveDuplicates();
    }

    @Test
    void shouldElectAnotherInmFromTheOneIdleNodeWhileAnAuctionRuns() {
        cluster.onOneMachine().start(6).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 300_000);
        cluster.join(mika, auction.auctionId());
        cluster.inm().host.crash();
        long epochBefore = cluster.nodes.get(0).node.ring().group().epoch();
        cluster.settle();

        assertThat(cluster.inm().node.ring().group().epoch()).isEqualTo(epochBefore + 1);
        assertThat(bid(mika, auction, firstPrice(auction.auctionId())).accepted()).isTrue();
    }

    @Test
    void shouldAnswerABidSoonAfterTheActiveIsKilled() {
        cluster.onOneMachine().start(7).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 300_000);
        cluster.join(mika, auction.auctionId());
        cluster.run(5_000);
        long price = firstPrice(auction.auctionId());
        cluster.active(auction.auctionId()).host.crash();
        double before = cluster.net.nowMs();

        assertThat(bid(mika, auction, price).accepted()).isTrue();
        assertThat(cluster.net.nowMs() - before).as("ms of simulated time").isLessThan(9_000);
    }

    @Test
    void shouldRunSeveralAuctionsAtOnce() {
        cluster.start(9).settle();
        Bidder sela = cluster.bidder("sela");
        Bidder mika = cluster.bidder("mika");
        StartResult lamp = cluster.startAuction(sela, "lamp", 15_000);
        StartResult sextant = cluster.startAuction(sela, "sextant", 15_000);
        cluster.join(mika, lamp.auctionId());
        cluster.join(mika, sextant.auctionId());

        assertThat(bid(mika, lamp, firstPrice(lamp.auctionId())).accepted()).isTrue();
        assertThat(bid(mika, sextant, firstPrice(sextant.auctionId())).accepted()).isTrue();
        cluster.await("both end", () -> closed(mika, lamp) != null && closed(mika, sextant) != null, 60_000);
        cluster.await("all nodes are idle again", () -> cluster.idle().size() == 8, 60_000);
    }

    @Test
    void shouldFindItselfOnALossyNetwork() {
        cluster.net.faults(Faults.NONE.withLoss(10).withDuplicates(5).withReordering(10));
        cluster.start(7).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 30_000);
        cluster.join(mika, auction.auctionId());
        assertThat(bid(mika, auction, firstPrice(auction.auctionId())).accepted()).isTrue();
        cluster.await("the end", () -> closed(mika, auction) != null, 90_000);
    }

    // ---------------------------------------------------------------- vocabulary

    private long firstPrice(String auctionId) {
        return cluster.active(auctionId).node.auctions().byAuctionId(auctionId).machine().state().standing().minimumCents();
    }

    private BidResult bid(Bidder bidder, StartResult auction, long cents) {
        return cluster.await("the answer to a bid", bidder.client.bid(auction.auctionId(), cents, ""), 60_000);
    }

    private ClusterStatus status(Bidder bidder) {
        return cluster.await("status", bidder.client.status(), 20_000);
    }

    private static AuctionEvent closed(Bidder bidder, StartResult auction) {
        return bidder.events.get(auction.auctionId()).stream().filter(e -> e.type().equals("closed")).findFirst().orElse(null);
    }

    private static List<Long> sequence(Bidder bidder, StartResult auction) {
        long first = bidder.events.get(auction.auctionId()).stream().filter(e -> e.type().equals("bid")).mapToLong(AuctionEvent::seq).min().orElse(0);
        return bidder.events.get(auction.auctionId()).stream().map(AuctionEvent::seq).filter(s -> s >= first).toList();
    }

    private static void assertNothingLost(StartResult auction, List<CompletableFuture<BidResult>> bids, Bidder... watchers) {
        for (Bidder watcher : watchers) {
            assertThat(sequence(watcher, auction)).doesNotHaveDuplicates().isSorted();
            for (CompletableFuture<BidResult> bid : bids) {
                BidResult result = bid.join();
                long seen = watcher.events.get(auction.auctionId()).stream()
                    .filter(e -> e.seq() == result.seq() && e.type().equals("bid") && e.outcome().result().equals("accepted") == result.accepted()).count();
                assertThat(seen).as("bid #" + result.seq() + " at " + watcher.host).isEqualTo(1);
            }
        }
        assertThat(bids.stream().filter(b -> b.join().accepted()).count()).isPositive();
    }
}
