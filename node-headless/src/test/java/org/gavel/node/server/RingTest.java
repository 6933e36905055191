package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.gavel.node.catalogue.ItemCatalogue;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingState;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/** The proposal's task table of the ring, row by row: how it comes about, whom it loses and takes back, who leads it. */
class RingTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @Test
    void shouldFoundOneRingLedByTheHighestUid() {
        cluster.start(7).settle();

        assertThat(cluster.inm().uid()).isEqualTo(new Uid(0x7000L << 48));
        assertThat(cluster.inm().node.ring().state().view().members()).hasSize(7);
    }

    @Test
    void shouldFindEachOtherBySeedsWhereBroadcastIsBlocked() {
        cluster.net.blockBroadcast(true);
        cluster.start(5);
        cluster.nodes.forEach(n -> n.host.seeds(List.of(cluster.nodes.get(0).host.address(), cluster.nodes.get(1).host.address())));
        cluster.settle();

        assertThat(cluster.inm().node.ring().view().members()).hasSize(5);
    }

    @Test
    void shouldFormARingOfAHundred() {
        cluster.start(100);
        cluster.await("one view of all", cluster::isSettled, 120_000);
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 60_000);
        cluster.inm().host.crash();

        cluster.await("one view of the rest", cluster::isSettled, 120_000);
        assertThat(cluster.inm().node.ring().view().members()).hasSize(99);
        assertThat(auction.auctionId()).isEqualTo("lamp-1");
    }

    @Test
    void shouldLetASingleNodeFoundItsRing() {
        cluster.start(1).settle();

        assertThat(cluster.inm().uid()).isEqualTo(new Uid(0x1000L << 48));
    }

    @Test
    void shouldTakeInANodeThatStartsLater() {
        cluster.start(3).settle();
        cluster.startNode(0x0800L << 48);
        cluster.settle();

        assertThat(cluster.inm().node.ring().state().view().members()).hasSize(4);
        assertThat(cluster.inm().uid()).isEqualTo(new Uid(0x3000L << 48));
    }

    /** They begin with the present view: no view of the past is installed, and no election held in it. */
    @Test
    void shouldTakeInManyAtOnceByTheStateWhereTheLogIsLong() {
        cluster.start(5).settle();
        Running inm = cluster.inm();
        RingCommand refused = new RingCommand.Catalogue(ItemCatalogue.samples().items());
        inm.host.execute(() -> IntStream.range(0, 100).forEach(i -> inm.node.ring().group().propose(refused.toBytes(), 0)));
        cluster.run(1_000);
        long index = inm.node.ring().group().committedIndex();
        long before = inm.host.datagramsSent();
        List<Running> newcomers = IntStream.range(1, 9).mapToObj(i -> cluster.startNode(0x0100L * i << 48)).toList();
        cluster.settle();

        assertThat(index).isGreaterThan(100);
        assertThat(newcomers).allSatisfy(n -> assertThat(n.node.ring().group().firstIndex()).isGreaterThan(index));
        assertThat(inm.host.datagramsSent() - before).as("datagrams of the INM while eight come").isLessThan(500);
    }

    @Test
    void shouldHandTheRingToAHigherUidThatJoins() {
        cluster.start(4).settle();
        cluster.startNode(0x9000L << 48);
        cluster.settle();

        cluster.await("the higher uid leads", () -> cluster.isSettled() && cluster.inm() != null && cluster.inm().uid().equals(new Uid(0x9000L << 48)), 30_000);
    }

    @Test
    void shouldElectAnotherInmWhenItIsIsolatedAndTakeItBack() {
        cluster.start(6).settle();
        Running isolated = cluster.inm();
        isolated.host.isolate(25_000);
        cluster.await("another INM", () -> cluster.alive().stream().anyMatch(n -> n != isolated && n.node.isManager()), 24_000);
        cluster.run(25_000);

        cluster.settle();
        assertThat(cluster.inm().node.ring().view().members()).hasSize(6);
    }

    @Test
    void shouldElectAnotherInmWhenItIsKilled() {
        cluster.start(7).settle();
        cluster.inm().host.crash();
        cluster.settle();

        assertThat(cluster.inm().uid()).isEqualTo(new Uid(0x6000L << 48));
    }

    @Test
    void shouldTellADeathOnceToEachAndNoMore() {
        cluster.onOneMachine().start(7).settle();
        long before = cluster.nodes.stream().mapToLong(n -> n.host.datagramsSent()).sum();
        cluster.idle().get(0).host.crash();
        cluster.settle();
        cluster.run(1_000);

        long sent = cluster.nodes.stream().mapToLong(n -> n.host.datagramsSent()).sum() - before;
        assertThat(sent).as("datagrams for one death among seven").isLessThan(1_000);
    }

    @Test
    void shouldDropAnIdleNodeThatIsKilled() {
        cluster.start(5).settle();
        cluster.idle().get(0).host.crash();
        cluster.settle();

        assertThat(cluster.inm().node.ring().state().view().members()).hasSize(4);
    }

    @Test
    void shouldSurviveKillingAllNodesOfOneMachineButOneOneAfterTheOther() {
        cluster.onOneMachine().start(6).settle();
        while (cluster.alive().size() > 1) {
            cluster.inm().host.crash();
            cluster.settle();
        }
        assertThat(cluster.inm().uid()).isEqualTo(new Uid(0x1000L << 48));
    }

    @Test
    void shouldWaitForTheOperatorsWordWhenHalfTheRingIsSilentElsewhere() {
        cluster.start(2).settle();
        cluster.inm().host.crash();
        Bidder operator = cluster.bidder("olga");
        cluster.await("the survivor is read-only", () -> cluster.nodes.get(0).node.board().notice() != null, 30_000);
        String notice = status(operator).notice();
        assertThat(notice).startsWith("read-only: 1 of 2 members here");
        cluster.await("forget", operator.client.forget("birch"), 20_000);

        cluster.settle();
        assertThat(cluster.inm().uid()).isEqualTo(new Uid(0x1000L << 48));
    }

    @Test
    void shouldTakeBackANodeThatStartsAgainWithItsUid() {
        cluster.start(5).settle();
        Running idle = cluster.idle().get(0);
        idle.host.crash();
        cluster.restart(idle);
        cluster.settle();

        assertThat(cluster.inm().node.ring().state().view().members()).hasSize(5);
    }

    @Test
    void shouldTurnAwayASecondNodeWithTheSameUid() {
        cluster.start(4).settle();
        Running twin = cluster.startNode(0x2000L << 48);
        cluster.await("the twin is refused", () -> !twin.refusals.isEmpty(), 10_000);

        assertThat(twin.refusals.get(0)).contains("already runs").contains(cluster.nodes.get(1).node.self().address().toString());
        twin.host.crash();
        cluster.settle();
    }

    /** The INM does not reach the older start, and begins to bring the twin up to date, which ends as it is refused. */
    @Test
    void shouldTakeANodeInAgainWhoseRefusedTwinHadItsPlace() {
        cluster.start(5).settle();
        Running older = cluster.nodes.get(1);
        Running inm = cluster.inm();
        cluster.net.cut(inm.host, older.host);
        cluster.net.cut(older.host, inm.host);
        Running twin = cluster.startNode(0x2000L << 48);
        cluster.net.cut(inm.host, twin.host);
        cluster.await("the older start is put out", () -> inm.node.ring().view().size() == 4, 10_000);
        assertThat(twin.refusals).isNotEmpty();
        twin.host.crash();
        cluster.net.heal();

        cluster.settle();
        assertThat(inm.node.ring().isMember(older.node.self().peer())).isTrue();
    }

    /** As above, but the older start is heard again before a view goes on without it: it stays a member, and has to be written to. */
    @Test
    void shouldWriteToAMemberAgainWhoseRefusedTwinWasTakenForItsRestart() {
        refusedTwinIsTakenForARestart(inm -> { });
    }

    /** The INM asks for a fresh epoch in between: its role begins anew, its group goes on bringing the twin up to date. */
    @Test
    void shouldWriteToAMemberAgainWhoseRefusedTwinANewEpochStillWantsToTakeIn() {
        refusedTwinIsTakenForARestart(inm -> inm.node.ring().group().takeOver(inm.node.ring().group().epoch() + 1));
    }

    private void refusedTwinIsTakenForARestart(Consumer<Running> meanwhile) {
        cluster.start(5).settle();
        Running older = cluster.nodes.get(1);
        Running inm = cluster.inm();
        cluster.net.cut(inm.host, older.host);
        Running twin = cluster.startNode(0x2000L << 48);
        cluster.await("the twin is refused", () -> !twin.refusals.isEmpty(), 10_000);
        twin.host.crash();
        cluster.run(130); // the INM believes that the older start has gone, and begins to bring the twin up to date
        inm.host.execute(() -> meanwhile.accept(inm));
        cluster.net.heal();
        older.host.execute(() -> older.node.context().links().sendUnreliable(inm.node.self(), Links.NODE_GROUP, new Message.Probe(1, inm.node.self().peer())));
        cluster.startNode(0x0800L << 48);

        cluster.settle();
        assertThat(older.node.ring().view()).isEqualTo(inm.node.ring().view());
        assertThat(older.node.ring().view().size()).isEqualTo(6);
    }

    @Test
    void shouldKeepTheInmThatDoesNotReachItselfWhenASecondNodeWithItsUidComes() {
        cluster.start(4).settle();
        Running inm = cluster.inm();
        cluster.net.cut(inm.host, inm.host); // what it sends to its own address is lost, as any datagram may be
        Running twin = cluster.startNode(0x4000L << 48);
        cluster.await("the twin is refused", () -> !twin.refusals.isEmpty(), 10_000);
        twin.host.crash();
        cluster.run(1_000);

        assertThat(cluster.inm()).isSameAs(inm);
        assertThat(inm.node.ring().hasThisNode()).as("it is a member of the view that it leads").isTrue();
        cluster.settle();
    }

    /** As after a partition: whoever takes over may inherit, and commit, a view without itself, and end before its own. No member of that view counts its death. */
    @Test
    void shouldElectAnotherInmWhenOneEndsThatTheViewLeavesOut() {
        cluster.start(5).settle();
        Running inm = cluster.inm();
        RingView view = inm.node.ring().view();
        List<Member> others = view.members().stream().filter(m -> !m.uid().equals(inm.uid())).toList();
        RingView without = new RingView(view.id(), others, view.inm()).next(inm.node.ring().group().epoch(), inm.uid());
        inm.host.execute(() -> inm.node.ring().group().reconfigure(without.acceptors(), RingState.payload(without)));
        cluster.await("all have it", () -> cluster.nodes.stream().allMatch(n -> n.node.ring().view().size() == 4), 5_000);
        inm.host.crash();

        cluster.settle();
        assertThat(cluster.inm().node.ring().view().members()).hasSize(4);
    }

    /** For the others its stay is over, and their next view begins another: it has to number its verdicts anew, or nobody waits for one that was lost (full-size seed 33). */
    @Test
    void shouldBeginItsVerdictsAnewWhoLedThroughAViewThatLeftItOut() {
        cluster.start(5);
        Map<Running, List<Long>> delivered = new LinkedHashMap<>();
        cluster.nodes.forEach(n -> n.node.seat().watchVerdicts(watcher(delivered.computeIfAbsent(n, k -> new ArrayList<>()))));
        cluster.settle();
        Running inm = cluster.inm();
        List<Running> idle = cluster.idle();
        RingView first = inm.node.ring().view();
        RingView without = new RingView(first.id(), first.members().stream().filter(m -> !m.uid().equals(inm.uid())).toList(), inm.uid())
            .next(inm.node.ring().group().epoch(), inm.uid());
        inm.host.execute(() -> inm.node.seat().tell(idle.get(0).node.self(), false, "so it seems"));
        cluster.run(1_000);
        inm.host.execute(() -> inm.node.ring().group().reconfigure(without.acceptors(), RingState.payload(without)));
        cluster.await("all have it", () -> cluster.nodes.stream().allMatch(n -> n.node.ring().view().size() == 4), 5_000);
        inm.host.execute(() -> inm.node.ring().group().takeOver(inm.node.ring().group().epoch() + 1));
        cluster.settle();
        long back = inm.node.ring().view().id().number();
        inm.host.execute(() -> inm.node.seat().tell(idle.get(1).node.self(), false, "so it seems"));
        cluster.run(1_000);

        assertThat(delivered.values()).allSatisfy(numbers -> assertThat(numbers).hasSize(2).last().isEqualTo((back << 32) + 1));
        assertThat(cluster.isSettled()).isTrue();
    }

    private static VerdictWatcher watcher(List<Long> delivered) {
        return new VerdictWatcher() {
            @Override
            public void onSeat() { }

            @Override
            public void onView(RingView view) { }

            @Override
            public void onDelivered(Message.Multicast sent) {
                delivered.add(sent.sequence());
            }
        };
    }

    @Test
    void shouldServeReadOnlyWithoutAMajorityAndHealTogetherAgain() {
        cluster.start(6).settle();
        List<SimulatedHost> minority = cluster.nodes.subList(0, 2).stream().map(n -> n.host).toList();
        List<SimulatedHost> majority = cluster.nodes.subList(2, 6).stream().map(n -> n.host).toList();
        cluster.net.partition(minority, majority);
        cluster.await("the majority goes on alone", () -> cluster.inm() != null && cluster.inm().node.ring().state().view().members().size() == 4, 60_000);
        cluster.await("the minority has no INM", () -> cluster.nodes.subList(0, 2).stream().noneMatch(n -> n.node.isManager()), 30_000);
        cluster.net.heal();

        cluster.settle();
        assertThat(cluster.inm().node.ring().state().view().members()).hasSize(6);
    }

    @Test
    void shouldDissolveTheSmallerOfTwoRingsThatMeet() {
        cluster.start(3);
        SimulatedHost apart = cluster.startNode(0x9000L << 48).host;
        cluster.net.partition(List.of(apart), cluster.nodes.subList(0, 3).stream().map(n -> n.host).toList());
        cluster.await("two rings", () -> cluster.alive().stream().allMatch(Running::isMember), 30_000);
        cluster.net.heal();

        cluster.settle();
    }

    private ClusterStatus status(Bidder bidder) {
        return cluster.await("status", bidder.client.status(), 20_000);
    }
}
