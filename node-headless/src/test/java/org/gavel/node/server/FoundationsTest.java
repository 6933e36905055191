package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/** Several foundations of one cluster, and rings too small to sell (protocol.md section 4). */
class FoundationsTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @Test
    void shouldStartNoAuctionBeforeTheRingHadItsFounders() {
        cluster.start(2).settle();
        Bidder sela = cluster.bidder("sela");
        CompletableFuture<StartResult> early = sela.client.start(StartRequest.of("lamp", 60_000));
        cluster.await("an answer", early::isDone, 20_000);
        assertThat(early).isCompletedExceptionally();
        assertThat(early.handle((r, e) -> e.getMessage()).join()).contains("auctions start once the ring has had 3 members; it has 2");
        assertThat(cluster.inm().node.ring().state().founded()).isFalse();
        cluster.start(3).settle();

        cluster.await("it has had them", () -> cluster.inm().node.ring().state().founded(), 5_000);
        assertThat(cluster.startAuction(sela, "lamp", 60_000).auctionId()).isEqualTo("lamp-1");
    }

    @Test
    void shouldKeepTwoFoundationsApartThatHaveBothSoldAndSaySo() {
        Bidder sela = cluster.bidder("sela");
        Bidder olga = cluster.bidder("olga");
        cluster.start(10);
        List<SimulatedHost> one = hosts(0, 5, sela);
        List<SimulatedHost> other = hosts(5, 10, olga);
        cluster.net.partition(one, other);
        cluster.await("two rings", this::areTwoRings, 30_000);
        cluster.startAuction(sela, "lamp", 600_000);
        cluster.startAuction(olga, "lamp", 600_000);
        long foundation = cluster.nodes.get(0).node.ring().foundation();
        long otherFoundation = cluster.nodes.get(9).node.ring().foundation();
        cluster.net.heal();
        cluster.run(30_000);

        assertThat(cluster.nodes.subList(0, 5)).allMatch(n -> n.isMember() && n.node.ring().foundation() == foundation);
        assertThat(cluster.nodes.subList(5, 10)).allMatch(n -> n.isMember() && n.node.ring().foundation() == otherFoundation);
        cluster.nodes.stream().filter(n -> n.node.isManager())
            .forEach(n -> assertThat(n.node.board().notice()).contains("another ring of this cluster").contains("has sold too"));
        cluster.net.partition(one, other);
        cluster.run(10_000);
        cluster.nodes.stream().filter(n -> n.node.isManager()).forEach(n -> assertThat(n.node.board().notice()).as("the other is gone").isNull());
    }

    @Test
    void shouldDissolveALargerRingIntoASmallerOneThatHasSold() {
        Bidder sela = cluster.bidder("sela");
        cluster.start(10);
        cluster.net.partition(hosts(0, 4, sela), hosts(4, 10));
        cluster.await("two rings", this::areTwoRings, 30_000);
        StartResult auction = cluster.startAuction(sela, "lamp", 600_000);
        long foundation = cluster.nodes.get(0).node.ring().foundation();
        cluster.net.heal();

        cluster.settle();
        assertThat(cluster.nodes).allMatch(n -> n.node.ring().foundation() == foundation);
        assertThat(cluster.inm().node.ring().state().auction(auction.auctionId())).isPresent();
    }

    @Test
    void shouldNotFoundWhileMembersOfARingAnswer() {
        cluster.start(2).settle();
        cluster.inm().host.crash();
        cluster.await("nobody leads the survivor", () -> cluster.nodes.get(0).node.ring().leader() == null, 30_000);
        Running newcomer = cluster.startNode(0x9000L << 48);
        cluster.run(30_000);

        assertThat(newcomer.node.membership().phase()).isEqualTo(Membership.Phase.SEARCHING);
        Bidder olga = cluster.bidder("olga");
        cluster.await("forget", olga.client.forget("birch"), 20_000);
        cluster.settle();
        assertThat(cluster.alive()).allMatch(n -> n.node.ring().foundation() == cluster.nodes.get(0).node.ring().foundation());
    }

    /** As when they are cut off after they caught up and before they hear that they are in: each gives up the ring by itself, and it counts on all of them. */
    @Test
    void shouldGiveUpARingWithoutSalesWhoseMajorityOfCopiesIsGoneThoughAllNodesLive() {
        cluster.start(5).settle();
        long foundation = cluster.inm().node.ring().foundation();
        cluster.idle().subList(0, 3).forEach(n -> n.host.execute(() -> n.node.membership().reset("a test says so")));
        cluster.run(100);

        cluster.settle();
        assertThat(cluster.inm().node.ring().view().size()).isEqualTo(5);
        assertThat(cluster.inm().node.ring().foundation()).as("two copies of five decide nothing").isNotEqualTo(foundation);
    }

    /** Two of three went over to a larger ring without it: nobody is left who could put it out, nor lead it. */
    @Test
    void shouldGiveUpARingThatItsOtherMembersHaveLeftForAnother() {
        cluster.start(8);
        cluster.net.partition(hosts(0, 3), hosts(3, 8));
        cluster.await("two rings", this::areTwoRings, 30_000);
        Running left = cluster.nodes.get(0);
        cluster.net.partition(hosts(0, 1), hosts(1, 3));
        cluster.run(20_000); // the other two go on as two
        hosts(1, 3).forEach(a -> hosts(3, 8).forEach(b -> {
            cluster.net.mend(a, b);
            cluster.net.mend(b, a);
        }));
        cluster.await("they are with the larger one", () -> cluster.nodes.get(7).node.ring().view().size() == 7, 40_000);
        assertThat(left.isMember()).isTrue();
        cluster.net.heal();

        cluster.settle();
    }

    /** As above, and one of the two was started again while it could not be reached: it knows nothing of the ring that counts its older start (seed 26984, 1 minute). */
    @Test
    void shouldGiveUpARingOfWhichOneMemberLeftForAnotherAndOneWasStartedAgain() {
        cluster.start(8);
        cluster.net.partition(hosts(0, 3), hosts(3, 8));
        cluster.await("two rings", this::areTwoRings, 30_000);
        Running left = cluster.nodes.get(0);
        cluster.net.partition(hosts(0, 1), hosts(1, 3));
        cluster.run(20_000);
        hosts(1, 3).forEach(a -> hosts(3, 8).forEach(b -> {
            cluster.net.mend(a, b);
            cluster.net.mend(b, a);
        }));
        cluster.await("they are with the larger one", () -> cluster.nodes.get(7).node.ring().view().size() == 7, 40_000);
        Running ended = cluster.nodes.get(1);
        ended.host.powerOff();
        Running again = cluster.restart(ended);
        cluster.await("it is back", () -> again.isMember() && again.node.ring().view().size() == 7, 40_000);
        assertThat(left.isMember()).isTrue();
        cluster.net.heal();

        cluster.settle();
    }

    /** As above, and the others have ended since: they can say nothing any more about the copies that they gave up. */
    @Test
    void shouldJoinTheOtherRingWhenAllOthersOfItsOwnHaveEnded() {
        cluster.onOneMachine().start(8);
        cluster.net.partition(hosts(0, 3), hosts(3, 8));
        cluster.await("two rings", this::areTwoRings, 30_000);
        cluster.nodes.subList(1, 3).forEach(n -> n.host.crash());
        cluster.run(10_000);
        assertThat(cluster.nodes.get(0).isMember()).isTrue();
        cluster.net.heal();

        cluster.settle();
    }

    /** Nobody leads it, nobody can, and those that were started again wait for its INM. */
    @Test
    void shouldGiveUpARingWithoutSalesWhoseMajorityWasStartedAgain() {
        cluster.start(3).settle();
        for (Running ended : List.copyOf(cluster.nodes.subList(1, 3))) {
            ended.host.powerOff();
            cluster.startNode(ended.uid().value());
        }

        cluster.settle();
        assertThat(cluster.inm().node.ring().view().size()).isEqualTo(3);
    }

    /** It had founded one by itself, which dissolved; then it became INM of the other one, before the newcomer that it had promised to take in was in any. */
    @Test
    void shouldJoinTheRingThatItsInmLeadsNowAndNotTheOneThatItLedBefore() {
        cluster.start(3).settle();
        NodeRef inm = cluster.inm().node.self();
        Running late = cluster.startNode(0x0500L << 48);
        late.host.execute(() -> late.node.membership().onHelloReply(new Message.HelloReply(inm, new ViewId(4711, 1, 1), inm)));

        cluster.settle();
        assertThat(cluster.inm().node.ring().view().size()).isEqualTo(4);
    }

    @Test
    void shouldNotDissolveIntoARingWithoutAMajority() {
        cluster.start(6).settle();
        Running inm = cluster.inm();
        cluster.net.partition(List.of(inm.host), hosts(0, 5));
        Running late = cluster.startNode(0x0500L << 48);
        cluster.net.partition(List.of(late.host), hosts(0, 6));
        cluster.await("it founds a ring of its own", () -> late.node.isManager() && inm.node.ring().isPaused(), 30_000);
        long foundation = late.node.ring().foundation();
        cluster.net.mend(inm.host, late.host);
        cluster.net.mend(late.host, inm.host);
        cluster.run(10_000);

        assertThat(late.node.isManager()).isTrue();
        assertThat(late.node.ring().foundation()).isEqualTo(foundation);
        cluster.net.heal();
        cluster.settle();
    }

    private boolean areTwoRings() {
        return cluster.alive().stream().allMatch(n -> n.isMember() && n.node.ring().leader() != null)
            && cluster.alive().stream().map(n -> n.node.ring().foundation()).distinct().count() == 2
            && cluster.alive().stream().map(n -> n.node.ring().view().id()).distinct().count() == 2;
    }

    private List<SimulatedHost> hosts(int from, int to, Bidder... bidders) {
        List<SimulatedHost> hosts = new ArrayList<>(cluster.nodes.subList(from, to).stream().map(n -> n.host).toList());
        for (Bidder bidder : bidders) {
            hosts.add(bidder.host);
        }
        return hosts;
    }
}
