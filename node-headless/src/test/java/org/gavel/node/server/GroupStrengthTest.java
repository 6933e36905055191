package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.junit.jupiter.api.Test;

/** An auction's group keeps its three copies whoever leaves, comes back, or cannot come (protocol.md sections 7 to 9). */
class GroupStrengthTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @Test
    void shouldTakeAFollowerThatReturnsInTheSameStartAsANewcomer() {
        cluster.start(5).settle();
        Bidder mika = cluster.bidder("mika");
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.join(mika, lamp);
        Running follower = cluster.followers(lamp).get(0);
        long oldLog = cluster.group(follower, lamp).group().logId();
        follower.host.isolate(30_000);
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
        cluster.run(30_000);
        cluster.settle();

        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 30_000);
        assertThat(cluster.group(follower, lamp).group().logId()).as("a log of its own").isNotEqualTo(oldLog);
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
    }

    @Test
    void shouldSendAgainAtOnceWhatAClosedLinkLost() {
        cluster.start(6).settle();
        Bidder mika = cluster.bidder("mika");
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.join(mika, lamp);
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running active = cluster.active(lamp);
        Running follower = cluster.followers(lamp).get(0);
        cluster.net.cut(active.host, follower.host);
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
        cluster.run(200); // the word of its commit is lost as well
        cluster.net.mend(active.host, follower.host);
        assertThat(cluster.copies(lamp)).as("one has not got the bid").doesNotContain(follower);
        active.host.execute(() -> active.node.linkLayer().close(follower.node.self()));

        cluster.await("the bid at the third copy, before any stall timer", () -> cluster.copies(lamp).contains(follower), 300);
    }
}
