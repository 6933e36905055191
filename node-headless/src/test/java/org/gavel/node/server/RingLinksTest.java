package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.junit.jupiter.api.Test;

/** A ring and its links: what is lost with a link is asked for again, what another ring sends is not listened to. */
class RingLinksTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    @Test
    void shouldSendAgainWhatAClosedLinkHasLost() {
        cluster.start(4).settle();
        Running inm = cluster.inm();
        Running member = cluster.nodes.get(0);
        cluster.net.cut(inm.host, member.host);
        cluster.bidder("olga").client.release("lamp"); // which nobody has claimed: an entry that changes nothing, and only one
        cluster.await("an entry that the member does not get", () -> inm.node.ring().group().committedIndex() > member.node.ring().group().lastIndex(), 5_000);
        cluster.run(50);
        inm.host.execute(() -> inm.node.linkLayer().close(member.node.self()));
        cluster.net.heal();

        // Without being asked, the INM would look after a silent member once a second.
        cluster.await("the member has it", () -> inm.node.ring().group().committedIndex() == member.node.ring().group().lastIndex(), 200);
    }

    /**
     * Seen with real processes at a slow start: two rings are founded; one brings a newcomer up to date, over a link that is slow; the newcomer joins the
     * other ring meanwhile; the first ring dissolves into that one. What its founder has sent then arrives, from a fellow member, in the same epoch.
     */
    @Test
    void shouldNotListenToALateAppendOfADissolvedRing() {
        cluster.start(3);
        Running founder = cluster.startNode(0x0200L << 48);
        List<SimulatedHost> large = cluster.nodes.subList(0, 3).stream().map(n -> n.host).toList();
        cluster.net.partition(List.of(founder.host), large);
        cluster.await("two rings", () -> cluster.alive().stream().allMatch(Running::isMember), 30_000);
        Running newcomer = cluster.startNode(0x0100L << 48);
        cluster.net.partition(List.of(newcomer.host), large);
        cluster.net.onTrace(e -> e.kind().equals("learner") && e.subject().equals(newcomer.uid()) && e.node().equals(founder.uid()),
            e -> cluster.net.clog(founder.host, newcomer.host, 20_000));
        cluster.await("the small ring's founder brings it up to date", () -> newcomer.node.ring() != null, 5_000);
        large.forEach(h -> {
            cluster.net.mend(h, newcomer.host);
            cluster.net.mend(newcomer.host, h);
        });
        cluster.await("it joins the large ring", newcomer::isMember, 15_000);
        large.forEach(h -> {
            cluster.net.mend(h, founder.host);
            cluster.net.mend(founder.host, h);
        });
        cluster.settle();
        assertThat(founder.node.ring().foundation()).isEqualTo(newcomer.node.ring().foundation());
        long received = newcomer.node.linkLayer().counters().delivered();

        cluster.run(20_000);
        assertThat(newcomer.node.linkLayer().counters().delivered()).as("the late messages have arrived").isGreaterThan(received);
        assertThat(cluster.isSettled()).isTrue();
    }
}
