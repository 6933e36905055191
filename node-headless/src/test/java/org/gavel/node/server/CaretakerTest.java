package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

/** A side of the ring that has no majority: read-only until it has one again, or the operator says who is gone (protocol.md section 8). */
class CaretakerTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @Test
    void shouldAnswerListAndStatusButStartNothingWithoutAMajority() {
        cluster.start(6).settle();
        Bidder olga = cluster.bidder("olga");
        separate(hosts(0, 2, olga), hosts(2, 6));
        cluster.await("the minority knows that it is one", () -> answering(0, 2).size() == 1 && cluster.nodes.get(1).node.board().notice() != null, 40_000);

        AuctionList list = cluster.await("list", olga.client.list(), 20_000);
        assertThat(list.notice()).startsWith("read-only: 2 of 6 members here");
        assertThat(list.items()).isNotEmpty();
        assertThat(cluster.await("status", olga.client.status(), 20_000).notice()).startsWith("read-only: 2 of 6 members here");
        assertThat(refusal(olga.client.start(StartRequest.of("lamp", 60_000)))).contains("read-only: 2 of 6 members here");
        assertThat(refusal(olga.client.release("lamp"))).contains("read-only: 2 of 6 members here");
    }

    @Test
    void shouldAppendThoseWhoComeBackAtTheRingsEnd() {
        cluster.start(6).settle();
        separate(hosts(0, 2), hosts(2, 6));
        cluster.await("the majority goes on alone", () -> cluster.inm() != null && cluster.inm().node.ring().view().size() == 4, 60_000);
        cluster.run(10_000);
        List<Uid> stayed = cluster.inm().node.ring().view().uids();
        cluster.net.heal();

        cluster.settle();
        assertThat(cluster.inm().node.ring().view().uids().subList(0, 4)).isEqualTo(stayed);
        assertThat(cluster.inm().node.ring().view().uids().subList(4, 6)).containsExactlyInAnyOrder(cluster.nodes.get(0).uid(), cluster.nodes.get(1).uid());
    }

    @Test
    void shouldLeaveOneCaretakerWhenTwoMinoritiesMeet() {
        cluster.start(8).settle();
        separate(hosts(0, 2), hosts(2, 4));
        separate(hosts(0, 4), hosts(4, 8));
        cluster.await("a caretaker on either side", () -> answering(0, 2).size() == 1 && answering(2, 4).size() == 1, 40_000);
        mend(hosts(0, 2), hosts(2, 4));

        cluster.await("the higher uid stays", () -> answering(0, 4).equals(List.of(cluster.nodes.get(3))), 20_000);
        cluster.await("and counts both sides", () -> cluster.nodes.get(3).node.board().notice().startsWith("read-only: 4 of 8 members here"), 20_000);
        cluster.net.heal();
        cluster.settle();
        assertThat(cluster.nodes).filteredOn(n -> n.node.board().answersForRing()).hasSize(1);
    }

    @Test
    void shouldNeedTheOperatorsWordWhenTooManyEndedAtOnce() {
        cluster.onOneMachine().start(5).settle();
        Bidder olga = cluster.bidder("olga");
        cluster.nodes.subList(2, 5).forEach(n -> n.host.crash());
        cluster.run(20_000);
        assertThat(cluster.inm()).isNull();
        assertThat(cluster.await("status", olga.client.status(), 20_000).notice()).startsWith("read-only: 2 of 5 members here");
        List<String> names = cluster.nodes.subList(2, 5).stream().map(n -> n.node.self().name()).toList();
        for (String name : names) {
            if (cluster.inm() == null) {
                cluster.await("forget " + name, olga.client.forget(name), 20_000);
                cluster.run(5_000);
            }
        }

        cluster.settle();
        assertThat(cluster.inm().uid()).isEqualTo(cluster.nodes.get(1).uid());
    }

    private List<Running> answering(int from, int to) {
        return cluster.nodes.subList(from, to).stream().filter(n -> n.node.board().answersForRing()).toList();
    }

    private List<SimulatedHost> hosts(int from, int to, Bidder... bidders) {
        List<SimulatedHost> hosts = new ArrayList<>(cluster.nodes.subList(from, to).stream().map(n -> n.host).toList());
        for (Bidder bidder : bidders) {
            hosts.add(bidder.host);
        }
        return hosts;
    }

    private void separate(List<SimulatedHost> one, List<SimulatedHost> other) {
        cluster.net.partition(one, other);
    }

    private void mend(List<SimulatedHost> one, List<SimulatedHost> other) {
        one.forEach(a -> other.forEach(b -> {
            cluster.net.mend(a, b);
            cluster.net.mend(b, a);
        }));
    }

    private String refusal(CompletableFuture<?> call) {
        cluster.await("an answer", call::isDone, 20_000);
        try {
            call.join();
            throw new AssertionError("it was not refused");
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(RefusedException.class);
            return e.getCause().getMessage();
        }
    }
}
