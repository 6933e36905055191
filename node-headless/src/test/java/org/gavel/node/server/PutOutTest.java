package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An acceptor that its group has put out keeps its log until it is told, and is told in the end, whoever leads by then (protocol.md section 7). */
class PutOutTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @ParameterizedTest(name = "the leader that put it out dies: {0}")
    @ValueSource(booleans = {false, true})
    void shouldTurnIdleThoughItMissedItsPuttingOut(boolean leaderDies) {
        cluster.start(10).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        cluster.join(mika, auction.auctionId());
        Running follower = cluster.followers(auction.auctionId()).get(0);
        Running leader = cluster.active(auction.auctionId());
        cutOffFromAllButTheInm(follower);
        cluster.await("another takes its place", () -> !leader.node.auctions().current().isMember(follower.node.self().peer())
            && cluster.copies(auction.auctionId()).size() == 3, 60_000);
        assertThat(follower.isMember()).as("the ring still counts it in").isTrue();
        assertThat(follower.node.auctions().current()).as("it keeps its log").isNotNull();
        if (leaderDies) {
            leader.host.crash();
        }
        cluster.net.heal();

        cluster.await("it is idle, or was taken in again", () -> follower.node.auctions().current() == null || isFollowing(follower, auction), 40_000);
        cluster.await("a bid", mika.client.bid(auction.auctionId(), 900_000, ""), 20_000);
        cluster.await("the group is whole", () -> cluster.isWhole(auction.auctionId()), 40_000);
        cluster.settle();
    }

    private boolean isFollowing(Running node, StartResult auction) {
        Running active = cluster.active(auction.auctionId());
        return active != null && cluster.copies(auction.auctionId()).contains(node) && active.node.self().equals(node.node.auctions().current().active());
    }

    private void cutOffFromAllButTheInm(Running node) {
        cluster.nodes.stream().filter(n -> n != node && n != cluster.inm()).forEach(n -> {
            cluster.net.cut(n.host, node.host);
            cluster.net.cut(node.host, n.host);
        });
    }
}
