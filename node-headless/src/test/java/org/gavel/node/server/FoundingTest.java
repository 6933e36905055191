package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a ring comes about, and how it does not (protocol.md section 4). */
class FoundingTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @Test
    void shouldSearchAgainWhenTheFounderIsKilledBeforeItTookAnybodyIn() {
        cluster.start(4);
        cluster.net.onTrace(e -> e.kind().equals("learner"), e -> founder().host.crash());
        cluster.await("the founder is killed", () -> cluster.alive().size() == 3, 10_000);
        assertThat(cluster.alive()).noneMatch(Running::isMember);

        cluster.await("the others found a ring", cluster::isSettled, 15_000);
        assertThat(cluster.inm().uid()).isEqualTo(new Uid(0x3000L << 48));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25})
    void shouldFindARingWhereverTheFounderDies(long datagram) {
        cluster.start(4);
        cluster.net.onTrace(e -> e.kind().equals("nominated") && cluster.alive().size() == 4, e -> cluster.net.crashAtSend(founder().host, datagram));
        cluster.await("the founder is killed", () -> cluster.alive().size() == 3, 20_000);

        cluster.settle();
    }

    private Running founder() {
        return cluster.nodes.get(3);
    }
}
