package org.gavel.node.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.gavel.node.history.AuctionVerdict;
import org.gavel.node.history.HistoryChecker;
import org.gavel.node.history.HistoryFormatException;
import org.gavel.node.history.HistoryRecorder;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.node.simulation.WorldSettings;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.StartResult;

/** A cluster of production nodes with one auction after the other, whose every answer is written down, and judged at the end. */
final class Auctioning {
    static final int NODES = 8;
    private static final long AUCTION_MS = 90_000;
    private static final long PATIENCE_MS = 120_000;

    final World world;
    final List<SimulatedClient> bidders = new ArrayList<>();
    final List<String> auctionIds = new ArrayList<>();
    private final SimulatedClient seller;
    private final StringWriter history = new StringWriter();
    private final HistoryRecorder recorder;
    private final Map<SimulatedClient, Map<String, List<AuctionEvent>>> heard = new LinkedHashMap<>();
    private final List<CompletableFuture<BidResult>> bids = new ArrayList<>();
    /** [auction][number]: the amount. */
    private final Map<String, Map<Long, Long>> accepted = new LinkedHashMap<>();
    private long minimumCents;

    Auctioning(long seed, WorldSettings settings) {
        world = new World(seed, settings.withFounders(NODES / 2 + 1));
        recorder = new HistoryRecorder(history, () -> world.nowNs() / 1_000, "sim", false);
        world.startNodes(NODES);
        require("one ring", world.runUntil(world::isSettled, PATIENCE_MS));
        seller = world.newClient("sela");
        bidders.add(world.newClient("mika"));
        bidders.add(world.newClient("tove"));
    }

    /** The auction that runs now. */
    String auctionId() {
        return auctionIds.get(auctionIds.size() - 1);
    }

    void startAuction() {
        // Each is sold once: the dozen lasts for 18 simulated minutes.
        String item = world.settings().items().get(auctionIds.size()).id();
        CompletableFuture<StartResult> started = seller.client().start(org.gavel.protocol.client.StartRequest.of(item, AUCTION_MS));
        require("the start of " + item, world.runUntil(started::isDone, PATIENCE_MS));
        auctionIds.add(started.join().auctionId());
        minimumCents = 0;
        for (SimulatedClient bidder : bidders) {
            List<AuctionEvent> events = new ArrayList<>();
            heard.computeIfAbsent(bidder, b -> new LinkedHashMap<>()).put(auctionId(), events);
            String auction = auctionId();
            var along = recorder.listener(auction, bidder.uid(), event -> {
                events.add(event);
                minimumCents = auction.equals(auctionId()) ? Math.max(minimumCents, event.outcome().minimumCents()) : minimumCents;
            });
            recorder.join(auction, bidder.uid(), () -> bidder.client().join(auction, along));
        }
        require("a price", world.runUntil(() -> minimumCents > 0, PATIENCE_MS));
    }

    /** One bid of one of them; every third is too low. */
    void bid(int number) {
        SimulatedClient bidder = bidders.get(number % bidders.size());
        long cents = number % 3 == 2 ? Math.max(1, minimumCents - 100) : minimumCents;
        String auction = auctionId();
        CompletableFuture<BidResult> bid = recorder.bid(auction, bidder.uid(), cents, () -> bidder.client().bid(auction, cents, null));
        bids.removeIf(CompletableFuture::isDone);
        bids.add(bid.whenComplete((result, failure) -> {
            if (failure == null && result.accepted()) {
                accepted.computeIfAbsent(auction, a -> new LinkedHashMap<>()).put(result.seq(), cents);
            }
        }));
    }

    boolean isOver() {
        return heard.values().stream().allMatch(h -> h.get(auctionId()).stream().anyMatch(e -> e.type().equals("closed")));
    }

    /** After the last hostile datagram: whole again, everything answered, the auction at its end, and all of it explained by one order. */
    void settleAndJudge() {
        settleAndJudge(true);
    }

    /** @param alone nobody else bids: then the history holds every operation, and one order must explain all of it */
    void settleAndJudge(boolean alone) {
        require("every bid is answered", world.runUntil(() -> bids.stream().allMatch(CompletableFuture::isDone), PATIENCE_MS));
        require("the auction ends", world.runUntil(this::isOver, PATIENCE_MS + AUCTION_MS));
        require("one ring again", world.runUntil(() -> world.isSettled() && world.livingNodes().size() == NODES, PATIENCE_MS));
        require("nobody serves any more", world.runUntil(() -> world.livingNodes().stream().allMatch(n -> n.inside().auctionId() == null), PATIENCE_MS));
        judgeOrders();
        if (alone) {
            judgeHistory();
        }
    }

    private void judgeOrders() {
        Map<String, Map<Long, String>> orders = new LinkedHashMap<>();
        heard.forEach((bidder, auctions) -> auctions.forEach((auction, events) -> {
            assertThat(events.stream().map(AuctionEvent::seq).toList()).as(bidder + " hears each number of " + auction + " once, in order").isSorted();
            events.stream().filter(e -> e.type().equals("bid")).forEach(e -> {
                String other = orders.computeIfAbsent(auction, a -> new LinkedHashMap<>()).putIfAbsent(e.seq(), e.outcome().json());
                assertThat(other == null || other.equals(e.outcome().json())).as("one order at " + auction + " #" + e.seq()).isTrue();
            });
        }));
        accepted.forEach((auction, bids) -> {
            bids.forEach((seq, cents) -> assertThat(orders.get(auction).get(seq)).as("the accepted bid #" + seq + " of " + auction)
                .contains("\"result\":\"accepted\"").contains("\"amountCents\":" + cents + ","));
            long price = 0;
            for (Map.Entry<Long, String> bid : new TreeMap<>(orders.get(auction)).entrySet()) {
                if (bid.getValue().contains("\"result\":\"accepted\"")) {
                    long cents = org.gavel.protocol.client.Outcome.of(bid.getValue()).amountCents();
                    assertThat(cents).as("the price rises at " + auction + " #" + bid.getKey()).isGreaterThan(price);
                    price = cents;
                }
            }
        });
    }

    private void judgeHistory() {
        try {
            List<AuctionVerdict> verdicts = new HistoryChecker(HistoryChecker.BUDGET).check(new BufferedReader(new StringReader(history.toString())));
            assertThat(verdicts).hasSize(auctionIds.size()).allMatch(AuctionVerdict::isOk);
        } catch (IOException | HistoryFormatException e) {
            throw new AssertionError("the history cannot be read", e);
        }
    }

    int acceptedCount() {
        return accepted.values().stream().mapToInt(Map::size).sum();
    }

    void require(String what, boolean holds) {
        if (!holds) {
            throw new AssertionError("not reached: " + what + "\n" + describe());
        }
    }

    String describe() {
        StringBuilder text = new StringBuilder("at " + world.nowMs() + " ms\n");
        for (SimulatedNode node : world.nodes()) {
            text.append(node).append(" inm ").append(node.isAlive() ? node.inside().inm() : "-").append(" view ")
                .append(!node.isAlive() || node.inside().view() == null ? "-" : node.inside().view().id()).append(" auction ")
                .append(node.isAlive() ? node.inside().auctionId() + (node.inside().isActive() ? " active" : "") : "-")
                .append(node.isAlive() && node.inside().isManager() ? " INM" : "").append(node.refusal().isEmpty() ? "" : " refused: " + node.refusal()).append('\n');
        }
        world.recentEvents().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
