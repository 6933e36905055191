package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.gavel.node.directory.AuctionStage;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.replication.SubmitResult;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.auction.AuctionCommand;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.auction.Standing;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/** Auctions come to their end, the right one, whatever happens on the way (protocol.md section 9). */
class AuctionEndTest {
    private static final String LAMP = "lamp-1";

    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));
    private final Bidder mika = cluster.bidder("mika");

    @Test
    void shouldEndOnceItsAcceptorsAreBackWhenAPauseLastedAcrossItsEnd() {
        startLamp(6, 30_000);
        cluster.run(10_000);
        Running idle = cluster.idle().get(0);
        List<Running> followers = cluster.followers(LAMP);
        List<SimulatedHost> one = List.of(cluster.inm().host, cluster.active(LAMP).host, followers.get(0).host);
        List<SimulatedHost> two = List.of(followers.get(1).host, idle.host);
        List<SimulatedHost> three = List.of(followers.get(2).host);
        cluster.net.partition(one, two);
        cluster.net.partition(one, three);
        cluster.net.partition(two, three);
        cluster.run(15_000);
        CompletableFuture<BidResult> waiting = mika.client.bid(LAMP, 50_000, "");
        cluster.run(60_000);
        assertThat(waiting).as("a pause is a notice, never an answer").isNotDone();
        assertThat(mika.notices).anyMatch(n -> n.startsWith("paused"));
        cluster.net.heal();
        double healed = cluster.net.nowMs();

        assertThat(cluster.await("the bid is answered", waiting, 40_000).accepted()).as("auction time stood still").isTrue();
        cluster.await("the end", () -> end() != null, 60_000);
        assertThat(cluster.net.nowMs() - healed).as("ms that were left of its time").isGreaterThan(5_000);
        assertThat(end().outcome().priceCents()).isEqualTo(50_000);
        cluster.await("its nodes are idle again", () -> cluster.idle().size() == 5, 60_000);
    }

    @Test
    void shouldNotSellBelowTheReserveAfterATakeOver() {
        cluster.start(8).settle();
        StartRequest withReserve = new StartRequest("lamp", 30_000, "sela", 10_000L, 90_000L, false);
        cluster.await("the start", cluster.bidder("sela").client.start(withReserve), 20_000);
        cluster.join(mika, LAMP);
        assertThat(cluster.bid(mika, LAMP, 20_000).accepted()).isTrue();
        cluster.active(LAMP).host.crash();
        assertThat(cluster.bid(mika, LAMP, 89_999).accepted()).as("a bid below the reserve counts").isTrue();
        cluster.await("the end", () -> end() != null, 60_000);

        assertThat(end().type()).isEqualTo("closed");
        assertThat(end().outcome().sold()).isFalse();
        cluster.await("it can be auctioned again", () -> cluster.inm() != null
            && cluster.inm().node.ring().state().availableItems().stream().anyMatch(i -> i.id().equals("lamp")), 20_000);
    }

    @Test
    void shouldSellAtTheReserveAfterATakeOver() {
        cluster.start(8).settle();
        cluster.await("the start", cluster.bidder("sela").client.start(new StartRequest("lamp", 30_000, "sela", 10_000L, 90_000L, false)), 20_000);
        cluster.join(mika, LAMP);
        cluster.active(LAMP).host.crash();
        assertThat(cluster.bid(mika, LAMP, 90_000).accepted()).isTrue();
        cluster.await("the end", () -> end() != null, 60_000);

        assertThat(end().outcome().sold()).isTrue();
        assertThat(cluster.inm().node.ring().state().availableItems()).extracting(i -> i.id()).doesNotContain("lamp");
    }

    @Test
    void shouldTakeOverWithinThreeHeartbeatsAndAVerificationWithoutCrashHints() {
        cluster.withoutCrashHints();
        cluster.net.faults(Faults.NONE.withCrashHints(false));
        startLamp(7, 600_000);
        cluster.run(5_000);
        cluster.active(LAMP).host.crash();
        double killed = cluster.net.nowMs();

        assertThat(cluster.bid(mika, LAMP, 50_000).accepted()).isTrue();
        assertThat(cluster.net.nowMs() - killed).as("ms of simulated time").isBetween(4_000.0, 3 * 2_000 + 1_500 + 1_000.0);
    }

    @Test
    void shouldSellAnItemAnewThatWasReleasedAfterTooFewCopiesWereLeft() {
        startLamp(6, 600_000);
        assertThat(cluster.bid(mika, LAMP, 50_000).accepted()).isTrue();
        cluster.followers(LAMP).subList(0, 2).forEach(f -> f.host.execute(() -> f.node.auctions().closeAll("a test takes their copies")));
        cluster.await("it is cancelled", () -> cluster.inm().node.ring().state().auction(LAMP).orElseThrow().stage() == AuctionStage.CANCELLED, 20_000);
        assertThat(cluster.await("status", mika.client.status(), 20_000).auctions().get(0).priceCents()).as("the last committed price").isEqualTo(50_000);
        cluster.await("all are idle", () -> cluster.idle().size() == 5, 60_000);
        assertThat(refusal(cluster.bidder("tove").client.start(StartRequest.of("lamp", 60_000)))).contains("cancelled; an operator can release it");
        cluster.await("release", cluster.bidder("olga").client.release("lamp"), 20_000);

        assertThat(cluster.startAuction(cluster.bidder("tove"), "lamp", 60_000).auctionId()).isEqualTo("lamp-2");
    }

    /** Group numbers never come again: what is not dropped then is kept for ever, by all four alike. */
    @Test
    void shouldKeepNothingOfAnAuctionOnceItsNodesAreIdleAgain() {
        startLamp(6, 10_000);
        DirectoryEntry lamp = cluster.inm().node.ring().state().auction(LAMP).orElseThrow();
        long group = lamp.assignment().group();
        List<Running> members = cluster.alive().stream().filter(n -> lamp.group().contains(n.node.self().uid())).toList();
        assertThat(members).hasSize(4).allMatch(n -> n.host.store().recover(group).isPresent());
        cluster.await("its nodes are idle again", () -> end() != null && cluster.idle().size() == 5, 60_000);
        cluster.run(1_000);

        assertThat(members).allMatch(n -> n.host.store().recover(group).isEmpty());
    }

    /** More than a bid with the longest note: it would stay in four logs, and be delivered to everybody, whatever it says. */
    @Test
    void shouldRefuseACommandThatNoBidderWouldSend() {
        startLamp(6, 600_000);
        Running active = cluster.active(LAMP);
        long before = active.node.auctions().byAuctionId(LAMP).group().lastIndex();
        CompletableFuture<BidResult> longest = mika.client.bid(LAMP, 50_000, "\u0001".repeat(AuctionCommand.NOTE_CHARS_MAX));
        assertThat(cluster.await("the longest note there is", longest, 20_000).accepted()).isTrue();
        assertThat(active.node.auctions().byAuctionId(LAMP).group().lastIndex()).isEqualTo(before + 1);
        Message.Submit huge = new Message.Submit(new Uid(77L << 48), 5, 1, 1, ("{\"type\":\"bid\",\"note\":\"" + "x".repeat(5_000) + "\"}").getBytes(StandardCharsets.UTF_8));
        assertThat(SubmitResult.Kind.REFUSED).isEqualTo(submit(active, huge).kind());
        assertThat(active.node.auctions().byAuctionId(LAMP).group().lastIndex()).isEqualTo(before + 1);
    }

    private SubmitResult submit(Running active, Message.Submit message) {
        SubmitResult[] result = new SubmitResult[1];
        active.host.execute(() -> result[0] = active.node.auctions().byAuctionId(LAMP).group().submit(message, 0));
        cluster.run(10);
        return result[0];
    }

    /** A former follower, say, that was replaced while it was cut off, and outlives those with whom it once held the log. */
    @Test
    void shouldGoOnWhateverOneMemberSaysOfLostCopies() {
        startLamp(6, 600_000);
        Running inm = cluster.inm();
        Running mistaken = cluster.followers(LAMP).get(0);
        String cancelled = new String(new Outcome("cancelled", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, Standing.NONE, false, "too few copies left").toJson(),
            StandardCharsets.UTF_8);
        for (int i = 0; i < 5; i++) {
            mistaken.host.execute(() -> mistaken.node.linkLayer().send(inm.node.self(), inm.node.ring().state().auction(LAMP).orElseThrow().assignment().group(),
                new Message.Finished(LAMP, cancelled, List.of())));
            cluster.run(2_000);
        }

        assertThat(inm.node.ring().state().auction(LAMP).orElseThrow().stage()).isEqualTo(AuctionStage.RUNNING);
        assertThat(cluster.bid(mika, LAMP, 50_000).accepted()).isTrue();
    }

    /** It can speak no more, and its end is no word: all who are left are asked anew. */
    @Test
    void shouldCancelThoughOneThatHadAgreedEndsBeforeItSaysSoAgain() {
        for (int ms = 0; ms <= 4_000; ms += 250) {
            SimulatedCluster four = new SimulatedCluster(ms + 1).onOneMachine();
            four.start(5).settle();
            four.startAuction(four.bidder("sela"), "lamp", 600_000);
            four.await("three whole copies", () -> four.isWhole(LAMP), 10_000);
            List<Running> followers = four.followers(LAMP);
            followers.subList(0, 2).forEach(f -> f.host.crash());
            four.run(2_000 + ms);
            followers.get(2).host.crash();

            four.await("it is cancelled, with an end after " + ms + " ms", () -> four.inm().node.ring().state().auction(LAMP).orElseThrow().stage() == AuctionStage.CANCELLED,
                60_000);
        }
    }

    /** A survivor that lags may speak last; what was committed last stands all the same. */
    @Test
    void shouldCancelWithTheStandingOfWhoeverKnowsOfMostBids() {
        startLamp(6, 600_000);
        DirectoryEntry lamp = cluster.inm().node.ring().state().auction(LAMP).orElseThrow();
        CopyCensus census = new CopyCensus(null, null);
        census.result(lamp, lamp.group().members().get(0), "after two bids", 2);
        census.result(lamp, lamp.group().members().get(1), "after three bids", 3);
        census.result(lamp, lamp.group().members().get(2), "before any bid", 0);
        census.result(lamp, cluster.inm().node.self(), "as a stranger says", 9);

        assertThat(census.result(lamp)).isEqualTo("after three bids");
    }

    /** A newcomer that its active has brought up to date, but not made count: that active leads no more, but lives, and says nothing. */
    @Test
    void shouldCancelThoughOneThatDoesNotCountFollowsADeposedActiveThatLives() {
        cluster.onOneMachine();
        startLamp(6, 600_000);
        Running active = cluster.active(LAMP);
        List<Running> followers = cluster.followers(LAMP);
        Running newcomer = cluster.idle().get(0);
        cluster.net.partition(List.of(active.host), followers.subList(1, 3).stream().map(f -> f.host).toList());
        followers.get(0).host.crash();
        cluster.await("the newcomer follows", () -> cluster.group(newcomer, LAMP) != null && cluster.group(newcomer, LAMP).active() != null, 20_000);
        followers.get(1).host.crash();
        active.host.execute(() -> cluster.group(active, LAMP).group().outdatedBy(50));
        cluster.run(10);
        cluster.net.heal();

        cluster.await("it is cancelled", () -> cluster.inm().node.ring().state().auction(LAMP).orElseThrow().stage() == AuctionStage.CANCELLED, 60_000);
    }

    /** Nobody could see the former starts end; but that the ring took their later starts in says so. */
    @Test
    void shouldCancelOnceTheMachinesOfTwoCopiesAreBackAfterAPowerCut() {
        startLamp(6, 600_000);
        List<Running> cut = cluster.followers(LAMP).subList(0, 2);
        cut.forEach(f -> f.host.powerOff());
        cluster.run(20_000);
        assertThat(cluster.inm().node.ring().state().auction(LAMP).orElseThrow().stage()).as("they may only be cut off").isEqualTo(AuctionStage.RUNNING);
        cut.forEach(cluster::restart);

        cluster.await("it is cancelled", () -> cluster.inm().node.ring().state().auction(LAMP).orElseThrow().stage() == AuctionStage.CANCELLED, 60_000);
        cluster.await("all are idle", () -> cluster.idle().size() == 5, 60_000);
    }

    /** The campaign's seed 1139 (ten minutes, 11 nodes): what a newcomer had said just before it became an acceptor helped to cancel a bid that it held. */
    @Test
    void shouldNotCancelByWordsOfWhomAnActiveHasMadeCountSince() {
        startLamp(6, 600_000);
        Running inm = cluster.inm();
        DirectoryEntry lamp = inm.node.ring().state().auction(LAMP).orElseThrow();
        long group = lamp.assignment().group();
        List<Running> members = cluster.alive().stream().filter(n -> lamp.group().contains(n.node.self().uid())).toList();
        assertThat(members).hasSize(4);
        members.forEach(m -> m.host.execute(() -> m.node.linkLayer().send(inm.node.self(), group, new Message.NotCounted(LAMP, "a test says so"))));
        cluster.run(100);
        Running mistaken = members.get(0);
        String cancelled = new String(new Outcome("cancelled", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, Standing.NONE, false, "too few copies left").toJson(),
            StandardCharsets.UTF_8);
        for (int i = 0; i < 5; i++) {
            mistaken.host.execute(() -> mistaken.node.linkLayer().send(inm.node.self(), group, new Message.Finished(LAMP, cancelled, List.of())));
            cluster.run(2_000);
        }

        assertThat(inm.node.ring().state().auction(LAMP).orElseThrow().stage()).isEqualTo(AuctionStage.RUNNING);
        assertThat(cluster.bid(mika, LAMP, 50_000).accepted()).isTrue();
    }

    /** The campaign's seeds 1139 and 1573: an INM that served in the auction took the word 'my copy does not count' for 'I have no copy', and found too few copies left. */
    @Test
    void shouldGoOnWithANodeThatDoesNotCountAsFarAsTheInmKnows() {
        startLamp(6, 600_000);
        DirectoryEntry lamp = cluster.inm().node.ring().state().auction(LAMP).orElseThrow();
        cluster.idle().forEach(n -> n.host.crash());
        cluster.inm().host.crash();
        cluster.await("an INM that serves", () -> cluster.inm() != null && cluster.inm().node.auctions().byAuctionId(LAMP) != null && cluster.isWhole(LAMP), 60_000);
        Running inm = cluster.inm();
        List<Running> others = cluster.alive().stream().filter(n -> n != inm).toList();
        others.forEach(n -> n.host.execute(() -> n.node.linkLayer().send(inm.node.self(), lamp.assignment().group(), new Message.NotCounted(LAMP, "a test says so"))));
        cluster.run(1_000);

        assertThat(inm.node.auctions().byAuctionId(LAMP).livingMembers()).as("as its part in the auction sees them").hasSize(4);
        assertThat(cluster.isWhole(LAMP)).isTrue();
        assertThat(cluster.bid(mika, LAMP, 50_000).accepted()).isTrue();
    }

    /** Nobody but the INM can tell that its own copy is gone, and it has to hear it like any other's. */
    @Test
    void shouldCancelThoughTheInmItselfIsCountedInVain() {
        startLamp(6, 600_000);
        cluster.idle().forEach(n -> n.host.crash());
        cluster.inm().host.crash();
        cluster.await("an INM that serves", () -> cluster.inm() != null && cluster.inm().node.auctions().byAuctionId(LAMP) != null && cluster.isWhole(LAMP), 60_000);
        Running inm = cluster.inm();
        List<Running> others = cluster.alive().stream().filter(n -> n != inm).toList();
        assertThat(others).hasSize(3);
        List.of(inm, others.get(0), others.get(1)).forEach(n -> n.host.execute(() -> n.node.auctions().closeAll("a test takes their copies")));

        cluster.await("it is cancelled", () -> cluster.inm().node.ring().state().auction(LAMP).orElseThrow().stage() == AuctionStage.CANCELLED, 20_000);
    }

    // ---------------------------------------------------------------- vocabulary

    private void startLamp(int nodes, long durationMs) {
        cluster.start(nodes).settle();
        cluster.startAuction(cluster.bidder("sela"), "lamp", durationMs);
        cluster.join(mika, LAMP);
        cluster.await("three whole copies", () -> cluster.isWhole(LAMP), 10_000);
    }

    private String refusal(CompletableFuture<?> asked) {
        cluster.await("an answer", asked::isDone, 20_000);
        return asked.handle((nothing, failure) -> failure == null ? "" : failure.getMessage()).join();
    }

    private AuctionEvent end() {
        return mika.events.get(LAMP).stream().filter(e -> Set.of("closed", "cancelled").contains(e.type())).findFirst().orElse(null);
    }
}
