package org.gavel.node.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

/** The one limit for all tables of a node or a client sees each of them, without being told of any. */
class TableSizesTest {
    private final World world = new World(11).startNodes(5);

    @Test
    void shouldFindTheTablesOfEveryRoom() {
        SimulatedClient sela = world.newClient("sela");
        assertThat(world.runUntil(world::isSettled, 30_000)).isTrue();
        sela.start("lamp", 60_000).thenAccept(started -> sela.join(started.auctionId()));
        world.run(10_000);

        Map<String, Integer> found = new TreeMap<>();
        world.nodes().forEach(node -> new TableSizes().of(node.inside(), (name, size) -> found.merge(name, size, Math::max)));

        assertThat(found).containsKeys("GroupLinks.down", "SendHalf.outstanding", "ServerNode.buried", "SessionTable.retired")
            .containsEntry("AuctionDirectory.byId", 1).containsEntry("FifoMulticast.others", 4);
        assertThat(found.get("ReplicaLog.entries")).isPositive();
        assertThat(found.keySet()).as("what the simulation keeps about its hosts is none of a node's").noneMatch(name -> name.startsWith("Simulated"));

        Map<String, Integer> ofClient = new TreeMap<>();
        new TableSizes().of(sela.client(), (name, size) -> ofClient.merge(name, size, Math::max));
        assertThat(ofClient).containsEntry("AuctionClient.sessions", 1).containsKey("LinkLayer.links");
    }

    @Test
    void shouldComplainOfATableThatGrowsWithoutALimit() throws Exception {
        Invariants invariants = new Invariants(world);
        world.run(45_000);
        assertThat(invariants.electionsMeasured()).as("as usual so far").isNotNegative();
        SimulatedNode node = world.nodes().get(0);
        @SuppressWarnings("unchecked")
        Map<PeerId, NodeRef> buried = (Map<PeerId, NodeRef>) field(field(node.inside(), "node"), "buried");
        for (int i = 0; i < 1_100; i++) {
            buried.put(new PeerId(new Uid(0xB000L + i), 1), node.self());
        }

        assertThatThrownBy(() -> world.run(60_000)).isInstanceOfSatisfying(Violation.class, v -> assertThat(v.invariant()).isEqualTo(InvariantNames.LIMITS))
            .hasMessageContaining("ServerNode.buried of " + node.self());
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
