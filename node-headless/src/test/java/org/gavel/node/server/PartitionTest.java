package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the lab does with real hosts: six nodes and two bidders fall apart, any two sides of them, for 20 s under load, and come together again. */
class PartitionTest {
    private static final int NODES = 6;
    private static final long APART_MS = 20_000;
    private static final long AUCTION_MS = 30_000;
    private static final long HEALED_MS = 30_000;

    /**
     * Those that found something: acceptors that the ring put out dropped their copies, two of three at once (11: accepted bids lost by 'too few copies'; 12, 31, 50:
     * never over; 23: bids never answered); a new INM inherited a view without itself and left in the moment that it led (44; 45: before it served).
     */
    static LongStream seeds() {
        long replayed = Long.getLong("gavel.seed", 0);
        int many = Integer.getInteger("gavel.partition.seeds", 0);
        return replayed != 0 ? LongStream.of(replayed) : many != 0 ? LongStream.rangeClosed(1, many) : LongStream.of(11, 12, 23, 31, 44, 45, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEndItsAuctionAndBeOneRingAgainAfterAnyPartition(long seed) {
        try {
            run(seed);
        } catch (AssertionError e) {
            throw new AssertionError("replay with -Dtest=PartitionTest -Dgavel.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void shouldPutOutASpareThatIsCutOffTogetherWithTheFollowerWhosePlaceItWouldTake() {
        SimulatedCluster cluster = new SimulatedCluster(1).start(NODES);
        SimulatedCluster.Bidder mika = cluster.bidder("mika");
        cluster.settle();
        String lamp = cluster.startAuction(cluster.bidder("seller"), "lamp", 120_000).auctionId();
        cluster.join(mika, lamp);
        List<SimulatedHost> lost = List.of(cluster.idle().get(0).host, cluster.followers(lamp).get(0).host);
        List<SimulatedHost> rest = new ArrayList<>(cluster.nodes.stream().map(n -> n.host).filter(host -> !lost.contains(host)).toList());
        rest.add(mika.host);

        cluster.net.partition(lost, rest);
        for (int i = 0; i < 100; i++) {
            mika.client.bid(lamp, 1_000_000 + 10_000L * i, null);
            cluster.run(100);
        }

        cluster.await("a view of the four that are left", () -> rest.stream().allMatch(host -> cluster.nodes.stream().filter(n -> n.host == host)
            .allMatch(n -> n.node.ring().view() != null && n.node.ring().view().members().size() == NODES - lost.size())), 8_000);
    }

    /** The campaign's seed 39 (three minutes, 14 nodes): one client heard that it was sold, another that all its nodes were gone. */
    @Test
    void shouldNotCallOffAnAuctionWhoseNodesAreAllCutOffAndSellMeanwhile() {
        SimulatedCluster cluster = new SimulatedCluster(1).start(11);
        SimulatedCluster.Bidder inside = cluster.bidder("inside");
        SimulatedCluster.Bidder outside = cluster.bidder("outside");
        cluster.settle();
        String lamp = cluster.startAuction(cluster.bidder("seller"), "lamp", AUCTION_MS).auctionId();
        cluster.join(inside, lamp);
        cluster.join(outside, lamp);
        List<SimulatedHost> cutOff = new ArrayList<>(cluster.followers(lamp).stream().map(n -> n.host).toList());
        cutOff.add(cluster.active(lamp).host);
        List<SimulatedHost> rest = new ArrayList<>(cluster.nodes.stream().map(n -> n.host).filter(host -> !cutOff.contains(host)).toList());
        cutOff.add(inside.host);
        rest.add(outside.host);

        cluster.net.partition(cutOff, rest);
        inside.client.bid(lamp, 1_000_000, null);
        cluster.await("sold to the one who can see it", () -> ended(inside, lamp), 2 * AUCTION_MS);
        cluster.run(HEALED_MS);
        assertThat(ended(outside, lamp)).as("the other one waits").isFalse();
        cluster.net.heal();

        cluster.await("told to the other one", () -> ended(outside, lamp), 2 * HEALED_MS);
        assertThat(List.of(inside, outside)).allSatisfy(bidder -> {
            AuctionEvent last = bidder.events.get(lamp).get(bidder.events.get(lamp).size() - 1);
            assertThat(last.outcome().sold()).as("%s", last).isTrue();
        });
        cluster.await("all idle but the INM", () -> cluster.alive().stream().allMatch(n -> n.node.auctions().current() == null), 3 * HEALED_MS);
    }

    /** The campaign's seed 102 (ten minutes, 14 nodes): told that the ring goes on without them, all four heard nobody for a second, founded a ring each, and dropped accepted bids. */
    @Test
    void shouldKeepAnAuctionsCopiesWhoseNodesFindNoRingAfterTheirsHasPutThemOut() {
        SimulatedCluster cluster = new SimulatedCluster(1).start(11);
        SimulatedCluster.Bidder mika = cluster.bidder("mika");
        cluster.settle();
        String lamp = cluster.startAuction(cluster.bidder("seller"), "lamp", 600_000).auctionId();
        cluster.join(mika, lamp);
        assertThat(cluster.bid(mika, lamp, 1_000_000).accepted()).isTrue();
        List<SimulatedCluster.Running> group = new ArrayList<>(cluster.followers(lamp));
        group.add(cluster.active(lamp));
        List<SimulatedHost> rest = new ArrayList<>(cluster.nodes.stream().filter(n -> !group.contains(n)).map(n -> n.host).toList());
        rest.add(mika.host);

        cluster.net.blockBroadcast(true);
        group.forEach(n -> reach(cluster, n, cluster.nodes, false));
        cluster.await("the ring goes on without them", () -> cluster.inm() != null && cluster.inm().node.ring().view().size() == rest.size() - 1, 20_000);
        SimulatedCluster.Running inm = cluster.inm();
        for (SimulatedCluster.Running told : group) {
            reach(cluster, told, List.of(inm), true);
            cluster.await("told so", () -> told.node.membership().phase() == Membership.Phase.SEARCHING, 20_000);
            reach(cluster, told, List.of(inm), false);
        }
        cluster.run(20_000);
        assertThat(group).as("who has no ring founds none").allMatch(n -> n.node.membership().phase() == Membership.Phase.SEARCHING);
        assertThat(group).as("and tells watchers why").allMatch(n -> n.node.board().own().phase().equals("bound"));
        cluster.net.heal();

        cluster.await("found without a broadcast", () -> group.stream().allMatch(SimulatedCluster.Running::isMember), HEALED_MS);
        cluster.await("an active", () -> cluster.active(lamp) != null, HEALED_MS);
        cluster.net.blockBroadcast(false); // for the bidder, who asks by nothing else
        assertThat(cluster.bid(mika, lamp, 900_000).accepted()).as("the higher bid was not lost").isFalse();
    }

    private static void reach(SimulatedCluster cluster, SimulatedCluster.Running one, List<SimulatedCluster.Running> others, boolean open) {
        for (SimulatedCluster.Running other : others) {
            if (open) {
                cluster.net.mend(one.host, other.host);
                cluster.net.mend(other.host, one.host);
            } else if (other != one) {
                cluster.net.cut(one.host, other.host);
                cluster.net.cut(other.host, one.host);
            }
        }
    }

    private static boolean ended(SimulatedCluster.Bidder bidder, String auctionId) {
        return bidder.events.get(auctionId).stream().anyMatch(e -> e.type().equals("closed") || e.type().equals("cancelled"));
    }

    private static void run(long seed) {
        SimulatedCluster cluster = new SimulatedCluster(seed).start(NODES);
        SimulatedCluster.Bidder one = cluster.bidder("one");
        SimulatedCluster.Bidder other = cluster.bidder("other");
        cluster.settle();
        StartResult auction = cluster.startAuction(cluster.bidder("seller"), "lamp", AUCTION_MS);
        cluster.join(one, auction.auctionId());
        cluster.join(other, auction.auctionId());
        List<CompletableFuture<BidResult>> answers = new ArrayList<>();
        bid(cluster, one, other, auction.auctionId(), answers, 2_000);

        Random random = new Random(seed);
        List<SimulatedHost> hosts = new ArrayList<>(cluster.nodes.stream().map(n -> n.host).toList());
        Collections.shuffle(hosts, random);
        int split = 3 + random.nextInt(2);
        List<SimulatedHost> side = new ArrayList<>(hosts.subList(0, split));
        List<SimulatedHost> rest = new ArrayList<>(hosts.subList(split, NODES));
        side.add(one.host);
        rest.add(other.host);
        cluster.net.partition(side, rest);
        bid(cluster, one, other, auction.auctionId(), answers, APART_MS);
        cluster.net.heal();

        cluster.await("all in one view", cluster::isSettled, HEALED_MS);
        cluster.await("all bids answered", () -> answers.stream().allMatch(CompletableFuture::isDone), HEALED_MS + AUCTION_MS);
        cluster.await("all idle but the INM", () -> cluster.alive().stream().allMatch(n -> n.node.auctions().current() == null), 3 * HEALED_MS);
        assertThat(order(one, auction.auctionId())).isEqualTo(order(other, auction.auctionId()));
        assertThat(one.events.get(auction.auctionId())).last().extracting(AuctionEvent::type).isEqualTo("closed");
        assertThat(one.events.get(auction.auctionId()).get(one.events.get(auction.auctionId()).size() - 1).outcome().sold()).isTrue();
    }

    /** Each bids ten times a second, half of it against itself. */
    private static void bid(SimulatedCluster cluster, SimulatedCluster.Bidder one, SimulatedCluster.Bidder other, String auctionId,
                            List<CompletableFuture<BidResult>> answers, long forMs) {
        for (long passed = 0; passed < forMs; passed += 100) {
            long amount = 1_000_000 + 10_000L * answers.size();
            answers.add(one.client.bid(auctionId, amount, null));
            answers.add(other.client.bid(auctionId, amount + 5_000, null));
            cluster.run(100);
        }
    }

    /** Bids behind the close are heard only by those who wait for their answers. */
    private static List<String> order(SimulatedCluster.Bidder bidder, String auctionId) {
        return bidder.events.get(auctionId).stream().takeWhile(event -> !event.type().equals("closed")).filter(event -> event.type().equals("bid"))
            .map(AuctionEvent::toString).collect(Collectors.toList());
    }
}
