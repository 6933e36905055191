package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.junit.jupiter.api.Test;

/** 'Paused' is said while it is true, and no longer (protocol.md sections 8 and 9). */
class PauseTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @Test
    void shouldNotStayPausedWhenAnotherLeadsAfterAFailedTakeOverOfTheRing() {
        cluster.start(3).settle();
        Running deaf = cluster.nodes.get(0);
        makeDeaf(deaf);
        cluster.await("its take-over fails", () -> deaf.node.ring() != null && deaf.node.ring().isPaused(), 40_000);
        cluster.net.heal();

        cluster.settle();
        assertThat(cluster.inm()).isNotSameAs(deaf);
        assertThat(deaf.node.ring().isPaused()).isFalse();
        assertThat(deaf.node.ring().pausedSentence()).isEmpty();
    }

    @Test
    void shouldNotStayPausedWhenAnotherLeadsAfterAFailedTakeOverOfAnAuction() {
        cluster.start(6).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        cluster.join(mika, auction.auctionId());
        Running deaf = cluster.followers(auction.auctionId()).get(0);
        AuctionGroup group = deaf.node.auctions().current();
        makeDeaf(deaf);
        cluster.await("its take-over fails", group::isPaused, 40_000);
        cluster.net.heal();

        cluster.await("another leads", () -> group.active() != null && cluster.isSettled(), 60_000);
        assertThat(deaf.node.auctions().current()).isSameAs(group);
        assertThat(group.isActive()).isFalse();
        assertThat(group.isPaused()).isFalse();
        assertThat(group.pausedSentence()).isEmpty();
    }

    /** The others hear it, it hears nobody: it takes all of them for dead, they do not take it for dead. */
    private void makeDeaf(Running node) {
        cluster.nodes.stream().filter(n -> n != node).forEach(n -> cluster.net.cut(n.host, node.host));
    }
}
