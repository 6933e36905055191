package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.monitor.ClusterWatcher;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.monitor.WatchListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever reaches a member by --peer reaches the cluster, broadcasts or not (protocol.md section 4). Found by the lab: clients whose seeds were neither the INM nor
 * the active were never answered.
 */
class SeedsTest {
    private static final int NODES = 6;

    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @BeforeEach
    void broadcastsAreBlocked() {
        cluster.net.blockBroadcast(true);
        cluster.start(NODES);
        cluster.nodes.forEach(n -> n.host.seeds(List.of(cluster.nodes.get(0).host.address(), cluster.nodes.get(1).host.address())));
        cluster.settle();
    }

    private Address idleSeed() {
        return cluster.idle().get(0).host.address();
    }

    @Test
    void shouldFindTheManagerAndTheActiveThroughAnySeed() {
        Bidder seller = cluster.bidder("seller");
        seller.host.seeds(List.of(idleSeed()));
        Bidder mika = cluster.bidder("mika");
        mika.host.seeds(List.of(idleSeed()));
        String lamp = cluster.startAuction(seller, "lamp", 60_000).auctionId();

        cluster.join(mika, lamp);

        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
    }

    @Test
    void shouldFindTheNextActiveThroughAnySeed() {
        Bidder seller = cluster.bidder("seller");
        seller.host.seeds(List.of(idleSeed()));
        String lamp = cluster.startAuction(seller, "lamp", 60_000).auctionId();
        Bidder mika = cluster.bidder("mika");
        mika.host.seeds(List.of(cluster.idle().get(0).host.address()));
        cluster.join(mika, lamp);
        Running active = cluster.active(lamp);
        long cents = cluster.minimumCents(lamp);

        active.host.crash();

        assertThat(cluster.bid(mika, lamp, cents).accepted()).isTrue();
    }

    @Test
    void shouldShowAWatcherEveryMemberThroughAnySeed() {
        SimulatedHost watching = cluster.net.newHost("watching");
        watching.seeds(List.of(idleSeed()));
        Set<String> heard = new LinkedHashSet<>();
        ClusterWatcher watcher = new ClusterWatcher(watching, (self, listener) -> {
            LinkLayer links = new LinkLayer(watching, self, SimulatedCluster.NAME, listener);
            watching.start(links);
            return links;
        }, new WatchListener() {
            @Override
            public void onStatus(NodeRef node, NodeStatus status) {
                heard.add(status.uid());
            }

            @Override
            public void onTraces(NodeRef node, List<TraceEvent> events, long dropped) {
                // Statuses are enough here.
            }

            @Override
            public void onLost(NodeRef node, String why) {
                heard.remove(node.uid().toString());
            }
        }, false);
        watching.execute(watcher::start);

        cluster.await("a status of each; heard " + heard, () -> heard.size() == NODES, 6_000);
    }

    @Test
    void shouldPassNothingOnWhereBroadcastsAreAnswered() {
        cluster.net.blockBroadcast(false);
        int[] passedOn = {0};
        cluster.net.onSend(sent -> new String(sent.datagram(), 0, sent.length(), StandardCharsets.ISO_8859_1).contains("\"client\":{"), sent -> passedOn[0]++);
        cluster.startAuction(cluster.bidder("seller"), "lamp", 60_000);
        cluster.run(5_000);

        assertThat(passedOn[0]).isZero();
    }
}
