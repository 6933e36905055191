package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;

/** Who leads the ring while nodes are busy with auctions, and when the INM hands over though nobody has failed (protocol.md section 6). */
class HandOverTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1)).onOneMachine();

    @Test
    void shouldHandOverFromABusyInmOnceAnIdleNodeExists() {
        cluster.start(5).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        cluster.join(mika, auction.auctionId());
        cluster.inm().host.crash();
        cluster.settle();
        assertThat(cluster.inm().node.auctions().current()).as("no node was idle: the INM serves the auction, too").isNotNull();
        List<TraceEvent> handOvers = traced("draining");
        Running idle = cluster.startNode(0x0800L << 48);

        cluster.await("the idle node leads, though its uid is lower", () -> cluster.isSettled() && cluster.inm() == idle, 30_000);
        cluster.run(30_000);
        assertThat(cluster.inm()).isSameAs(idle);
        assertThat(handOvers).hasSize(1);
        assertThat(cluster.await("a bid", mika.client.bid(auction.auctionId(), 9_000_000, ""), 20_000).accepted()).isTrue();
    }

    @Test
    void shouldHandOverToAHigherUidThatAnEndedAuctionSetFree() {
        cluster.start(7).settle();
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 60_000);
        cluster.idle().stream().filter(n -> n.uid().compareTo(cluster.active(auction.auctionId()).uid()) > 0).forEach(n -> n.host.crash());
        cluster.inm().host.crash();
        cluster.settle();
        Uid highest = cluster.alive().stream().map(Running::uid).max(Uid::compareTo).orElseThrow();
        assertThat(cluster.inm().uid()).as("the highest uid is busy").isNotEqualTo(highest);
        List<TraceEvent> handOvers = traced("draining");

        cluster.await("all are idle again", () -> cluster.idle().size() == cluster.alive().size() - 1, 150_000);
        cluster.await("the highest uid leads", () -> cluster.isSettled() && cluster.inm().uid().equals(highest), 30_000);
        assertThat(handOvers).as("the first election brings it about: all know that it is idle").hasSize(1);
    }

    /** It would take itself for the INM for ever: stand in no election, and pass on to itself, without end, what members hear of another ring. */
    @Test
    void shouldKnowOfNoInmWhenTheHandOverOfTheInmFails() {
        cluster.start(3).settle();
        Running inm = cluster.inm();
        cluster.net.partition(List.of(inm.host), cluster.nodes.stream().filter(n -> n != inm).map(n -> n.host).toList());
        inm.host.execute(() -> inm.node.ring().handOver("a test says so"));
        cluster.await("it is no INM", () -> !inm.node.isManager(), 5_000);

        assertThat(inm.node.ring().leader()).isNull();
        cluster.net.heal();
        cluster.settle();
    }

    private List<TraceEvent> traced(String kind) {
        List<TraceEvent> seen = new ArrayList<>();
        cluster.net.traces(e -> {
            if (e.kind().equals(kind)) {
                seen.add(e);
            }
        });
        return seen;
    }
}
