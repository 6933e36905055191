package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever is dead and out of the view is left alone: nothing is sent to its address any more. */
class DeadPeerTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));
    private final Map<String, Integer> sent = new TreeMap<>();

    @ParameterizedTest(name = "{0}, on one machine: {1}")
    @CsvSource({"idle, true", "inm, true", "active, true", "follower, true", "idle, false", "inm, false", "active, false", "follower, false"})
    void shouldSendNothingToADeadNodeOnceTheViewHasGoneOn(String role, boolean onOneMachine) {
        if (onOneMachine) {
            cluster.onOneMachine();
        }
        cluster.start(9).settle();
        Bidder mika = cluster.bidder("mika");
        StartResult auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        cluster.join(mika, auction.auctionId());
        Running dead = switch (role) {
            case "inm" -> cluster.inm();
            case "idle" -> cluster.idle().get(0);
            case "active" -> cluster.active(auction.auctionId());
            default -> cluster.followers(auction.auctionId()).get(0);
        };
        dead.host.crash();
        mika.client.bid(auction.auctionId(), 50_000, "");
        cluster.settle();
        cluster.await("the group is whole", () -> cluster.isWhole(auction.auctionId()), 40_000);
        cluster.run(1_000);
        countDatagramsTo(dead.host.address());

        cluster.run(10_000);
        assertThat(sent).as("datagrams to the dead node within 10 s, by sender").isEmpty();
    }

    private void countDatagramsTo(Address address) {
        cluster.net.onSend(s -> s.to().equals(address) && cluster.nodes.stream().anyMatch(n -> n.host == s.from()), s -> sent.merge(s.from().name(), 1, Integer::sum));
    }
}
