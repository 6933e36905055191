package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.gavel.node.directory.AuctionStage;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingState;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.ring.RingView;
import org.junit.jupiter.api.Test;

/** How an auction begins, or does not: claims, assignments, lapses, and the operator's release (protocol.md section 8). */
class StartTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @Test
    void shouldGiveTwoStartsAtOnceDifferentNodes() {
        cluster.start(9).settle();
        CompletableFuture<StartResult> lamp = start("sela", "lamp");
        CompletableFuture<StartResult> sextant = start("tove", "sextant");
        cluster.await("both run", () -> lamp.isDone() && sextant.isDone(), 20_000);

        assertThat(lamp).isCompleted();
        assertThat(sextant).isCompleted();
        Set<Uid> busy = new HashSet<>();
        for (DirectoryEntry auction : state().auctions()) {
            auction.group().members().forEach(m -> assertThat(busy.add(m.uid())).as(m + " serves one auction").isTrue());
        }
        assertThat(busy).hasSize(8);
    }

    @Test
    void shouldAnswerAStartAndAReleaseThatCameWhileTheRingTookNoMoreCommands() {
        cluster.start(4).settle();
        fillTheRingsQueue(cluster.inm(), 1_500);
        CompletableFuture<StartResult> lamp = start("sela", "lamp");
        CompletableFuture<Void> sextant = cluster.bidder("olga").client.release("sextant");
        cluster.run(500);
        assertThat(lamp).as("there is no place for its claim").isNotDone();
        assertThat(sextant).as("nor for the release").isNotDone();

        assertThat(cluster.await("the client asks again and is served", lamp, 10_000).auctionId()).isEqualTo("lamp-1");
        assertThat(refusal(sextant)).as("so is the operator").isEqualTo("item 'sextant' is available already; there is nothing to release");
    }

    @Test
    void shouldAnswerEachOfTwoOperatorsWhoReleaseAnItem() {
        cluster.start(10).settle();
        cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        Running active = cluster.active("lamp-1");
        cluster.followers("lamp-1").forEach(n -> n.host.crash());
        active.host.crash();
        cluster.await("its active is dead to the ring", () -> cluster.inm().node.ring().isDead(active.node.self().uid()), 20_000);
        CompletableFuture<Void> olga = cluster.bidder("olga").client.release("lamp");
        CompletableFuture<Void> omar = cluster.bidder("omar").client.release("lamp");
        cluster.await("both are answered at once, not when they ask again", () -> olga.isDone() && omar.isDone(), 500);

        assertThat(List.of(olga.isCompletedExceptionally(), omar.isCompletedExceptionally())).as("one did it, the other came late")
            .containsExactlyInAnyOrder(false, true);
    }

    @Test
    void shouldNotReleaseWhatALivingActiveSells() {
        cluster.start(6).settle();
        cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        cluster.await("the active reports that it runs", () -> "running".equals(cluster.inm().node.desk().report("lamp-1").state()), 10_000);
        assertThat(refusal(cluster.bidder("olga").client.release("lamp"))).startsWith("item 'lamp' is being auctioned: lamp-1 is led by ")
            .endsWith("which lives; end it, or wait for its end");
        assertThat(state().auction("lamp-1").orElseThrow().stage()).isEqualTo(AuctionStage.RUNNING);
    }

    /** A new INM has heard no report yet, which is no sign that nobody sells. */
    @Test
    void shouldNotReleaseWhatIsSoldByAnActiveThatTheInmHasNotHeardYet() {
        cluster.start(6).settle();
        cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        cluster.await("the ring knows the active", () -> cluster.isWhole("lamp-1") && state().auction("lamp-1").orElseThrow().group().activeNode() != null, 10_000);
        Running before = cluster.inm();
        before.host.crash();
        cluster.await("another INM", () -> cluster.inm() != null && cluster.inm() != before && cluster.inm().node.isManager(), 20_000);
        Running inm = cluster.inm();
        assertThat(inm.node.desk().report("lamp-1")).as("it has not heard the active").isNull();
        inm.host.execute(() -> inm.node.desk().onRelease(before.node.self(), 1, "lamp"));
        cluster.run(1_000);

        assertThat(state().auction("lamp-1").orElseThrow().stage()).isEqualTo(AuctionStage.RUNNING);
    }

    @Test
    void shouldLapseAnAssignmentThatNoActiveConfirms() {
        cluster.start(6).settle();
        CompletableFuture<StartResult> lamp = start("sela", "lamp");
        cutTheGroupOf("lamp");
        cluster.await("an answer", lamp::isDone, 20_000);

        assertThat(lamp).failsWithin(java.time.Duration.ZERO).withThrowableThat().havingCause()
            .withMessage("the auction did not come about: no active confirmed it in time; try again");
        assertThat(state().auction("lamp-1").orElseThrow().stage()).isEqualTo(AuctionStage.LAPSED);
        assertThat(state().availableItems()).extracting(i -> i.id()).contains("lamp");
        cluster.await("its nodes are idle", () -> cluster.idle().size() == 5, 20_000);
        assertThat(cluster.inm().node.desk().isBusy()).as("nothing is under way").isFalse();
        cluster.net.heal();
        assertThat(cluster.startAuction(cluster.bidder("tove"), "lamp", 60_000).auctionId()).isEqualTo("lamp-2");
    }

    @Test
    void shouldReleaseAClaimAtItsNodesOwnWordWhereNoInmLastsLong() {
        cluster.start(8).settle();
        CompletableFuture<StartResult> lamp = start("sela", "lamp");
        cutTheGroupOf("lamp");
        cluster.run(8_000);
        assertThat(lamp).as("its nodes still hope for an active").isNotDone();
        loseTheInm();
        cluster.await("its nodes gave it up", () -> state().auction("lamp-1").orElseThrow().stage() == AuctionStage.LAPSED, 2_000);

        assertThat(refusal(lamp)).isEqualTo("the auction did not come about: no active confirmed it in time; try again");
    }

    @Test
    void shouldReleaseAClaimThatItsNodesRefusedBeforeThisInmBegan() {
        cluster.start(8).settle();
        CompletableFuture<StartResult> lamp = start("sela", "lamp");
        List<Running> group = cutTheGroupOf("lamp");
        cluster.run(8_000);
        group.forEach(n -> cluster.net.cut(n.host, cluster.inm().host));
        cluster.await("its nodes gave it up", () -> group.stream().allMatch(n -> n.node.auctions().current() == null), 4_000);
        assertThat(state().auction("lamp-1").orElseThrow().stage()).as("the INM has not heard of it").isEqualTo(AuctionStage.ASSIGNED);
        loseTheInm();
        cluster.await("hears of it as it assigns anew", () -> state().auction("lamp-1").orElseThrow().stage() == AuctionStage.LAPSED, 2_000);

        assertThat(refusal(lamp)).isEqualTo("the auction did not come about: no active confirmed it in time; try again");
    }

    @Test
    void shouldCallOffAClaimOfWhichNoNodeIsLeft() {
        cluster.onOneMachine().start(10).settle();
        CompletableFuture<StartResult> lamp = start("sela", "lamp");
        List<Running> group = cutTheGroupOf("lamp");
        group.forEach(n -> n.host.crash());

        assertThat(refusal(lamp)).isEqualTo("the auction did not come about: all its nodes are gone; try again");
        assertThat(state().availableItems()).as("nobody is left to say that it was not sold").extracting(i -> i.id()).doesNotContain("lamp");
    }

    @Test
    void shouldCallOffAClaimWhoseLastNodeRefuses() {
        cluster.onOneMachine().start(10).settle();
        CompletableFuture<StartResult> lamp = start("sela", "lamp");
        List<Running> group = cutTheGroupOf("lamp");
        group.subList(1, group.size()).forEach(n -> n.host.crash());

        assertThat(refusal(lamp)).isEqualTo("the auction did not come about: all its nodes are gone; try again");
        cluster.await("its node is idle", () -> group.get(0).node.auctions().current() == null, 5_000);
    }

    @Test
    void shouldAnswerAStartWhoseItemTheOperatorReleases() {
        cluster.start(6).settle();
        CompletableFuture<StartResult> lamp = start("sela", "lamp");
        cutTheGroupOf("lamp");
        cluster.await("release", cluster.bidder("olga").client.release("lamp"), 5_000);
        cluster.await("the start is answered, too", lamp::isDone, 100);

        assertThat(refusal(lamp)).isEqualTo("the auction did not come about: released by the operator; try again");
        assertThat(cluster.inm().node.desk().isBusy()).as("nothing is under way").isFalse();
    }

    @Test
    void shouldStartAnAuctionAfterItsNamesakeOfAnEarlierFoundationLapsed() {
        cluster.start(6).settle();
        CompletableFuture<StartResult> lamp = start("sela", "lamp");
        cutTheGroupOf("lamp");
        cluster.await("an answer", lamp::isDone, 20_000);
        assertThat(lamp).isCompletedExceptionally();
        List.copyOf(cluster.nodes).forEach(n -> n.host.crash());
        cluster.net.heal();
        List.copyOf(cluster.nodes).forEach(cluster::restartWithDisk);
        cluster.settle();

        assertThat(cluster.startAuction(cluster.bidder("tove"), "lamp", 60_000).auctionId()).isEqualTo("lamp-1");
    }

    @Test
    void shouldRunAGroupOfOneAndTwoWhereThatIsAllowed() {
        cluster.start(4).settle();
        Bidder mika = cluster.bidder("mika");
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.join(mika, lamp);
        assertThat(cluster.followers(lamp)).hasSize(2);
        assertThat(cluster.copies(lamp)).as("the active counts as the third").hasSize(3).contains(cluster.active(lamp));
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
        cluster.active(lamp).host.crash();

        assertThat(cluster.bid(mika, lamp, 100_000).accepted()).as("any one crash").isTrue();
    }

    @Test
    void shouldNameWhatIsMissingWhenTooFewNodesAreIdle() {
        cluster.start(3).settle();
        assertThat(refusal(start("sela", "lamp"))).isEqualTo("needs at least 3 idle nodes (1 + 2), 2 are free");
    }

    @Test
    void shouldInsistOnThreeFollowersWhereTheOperatorDoes() {
        cluster.minFollowers(3).start(4).settle();
        assertThat(refusal(start("sela", "lamp"))).isEqualTo("needs at least 4 idle nodes (1 + 3), 3 are free");
    }

    @Test
    void shouldNameTheItemsClaimBeforeNodesThatAreMissing() {
        cluster.start(5).settle();
        cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);

        assertThat(refusal(start("tove", "lamp"))).as("more nodes would not help").isEqualTo("item 'lamp' belongs to auction lamp-1; join that one");
        assertThat(refusal(start("tove", "unicorn"))).isEqualTo("there is no item 'unicorn'; 'list' shows what can be auctioned");
        assertThat(refusal(start("tove", "sextant"))).isEqualTo("needs at least 3 idle nodes (1 + 2), 0 are free");
    }

    // ---------------------------------------------------------------- vocabulary

    private CompletableFuture<StartResult> start(String seller, String item) {
        return cluster.bidder(seller).client.start(StartRequest.of(item, 600_000));
    }

    private String refusal(CompletableFuture<?> future) {
        cluster.await("an answer", future::isDone, 20_000);
        try {
            future.join();
            throw new AssertionError("it was not refused");
        } catch (CompletionException e) {
            return e.getCause().getMessage();
        }
    }

    private void loseTheInm() {
        cluster.inm().host.crash();
        cluster.await("another INM", () -> cluster.inm() != null, 1_500);
    }

    private RingState state() {
        return cluster.inm().node.ring().state();
    }

    /** The INM's log waits for a change of acceptors, and so much waits behind it that nothing more may. */
    private void fillTheRingsQueue(Running inm, long forMs) {
        cluster.nodes.stream().filter(n -> n != inm).forEach(n -> cluster.net.clog(n.host, inm.host, forMs));
        inm.host.execute(() -> {
            RingGroup ring = inm.node.ring();
            RingView view = ring.view();
            ring.group().reconfigure(ring.group().committedConfiguration().acceptors(), RingState.payload(view));
            byte[] idle = new RingCommand.Founded().toBytes();
            long place = 0;
            while (place >= 0) {
                place = ring.group().propose(idle, 0);
            }
        });
    }

    /** Nobody of the item's auction reaches another one of it; all reach the INM. */
    private List<Running> cutTheGroupOf(String itemId) {
        cluster.await("it is claimed", () -> state().auctionsRunning().stream().anyMatch(a -> a.itemId().equals(itemId)), 5_000);
        List<NodeRef> members = state().auctionsRunning().stream().filter(a -> a.itemId().equals(itemId)).findFirst().orElseThrow().group().members();
        List<Running> group = cluster.nodes.stream().filter(n -> members.stream().anyMatch(m -> m.uid().equals(n.uid()))).toList();
        for (Running one : group) {
            group.stream().filter(n -> n != one).forEach(other -> cluster.net.cut(one.host, other.host));
        }
        return group;
    }
}
