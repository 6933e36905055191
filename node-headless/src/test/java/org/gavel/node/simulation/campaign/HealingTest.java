package org.gavel.node.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.node.simulation.check.Invariants;
import org.junit.jupiter.api.Test;

/** The judge of 'the cluster finds its way back' has to see each of the ways in which it did not, and nothing where it did. */
class HealingTest {
    private final World world = new World(7).startNodes(9);
    private final Invariants invariants = new Invariants(world);
    private final Customers nobody = new Customers(world, new RunSpec(7, 60_000, 9, 0, 0, List.of()), new Coverage());
    private final Healing healing = new Healing(world, invariants, new Tolerance(world), nobody);

    private String settledWithAnAuction() {
        assertThat(world.runUntil(world::isSettled, 30_000)).isTrue();
        String auctionId = StartedAuction.in(world);
        assertThat(world.runUntil(healing::isHealed, 30_000)).as("%s", healing.problems()).isTrue();
        return auctionId;
    }

    @Test
    void shouldFindNothingWrongWithAClusterAtWorkAndWithOneThatHasHealed() {
        String auctionId = settledWithAnAuction();
        world.active(auctionId).kill();
        assertThat(healing.isHealed()).as("the moment after").isFalse();
        assertThat(world.runUntil(healing::isHealed, 30_000)).as("%s", healing.problems()).isTrue();
        assertThat(healing.excused()).isEmpty();
    }

    @Test
    void shouldMissAnInmWhileNoSideHasAMajority() {
        settledWithAnAuction();
        for (SimulatedNode one : world.nodes()) {
            world.nodes().stream().filter(other -> other != one).forEach(other -> world.cut(one.host(), other.host()));
        }
        world.run(30_000);
        assertThat(healing.problems()).containsExactly("not one view with one INM");
        world.heal();
        assertThat(world.runUntil(healing::isHealed, 60_000)).as("%s", healing.problems()).isTrue();
    }

    @Test
    void shouldExcuseAnAuctionThatLostTheMajorityOfItsCopiesAndNameIt() {
        String auctionId = settledWithAnAuction();
        world.followers(auctionId).stream().limit(2).forEach(SimulatedNode::kill);
        assertThat(world.runUntil(healing::isHealed, 60_000)).as("%s", healing.problems()).isTrue();
        assertThat(healing.excused()).containsExactly(auctionId);
    }

    @Test
    void shouldDemandTheEndOfAnAuctionThatNobodyCanSaveAndNobodyWaitsFor() {
        String auctionId = settledWithAnAuction();
        List<SimulatedNode> lost = world.followers(auctionId).subList(0, 2);
        lost.forEach(SimulatedNode::kill);
        world.run(20_000);
        assertThat(healing.excused()).containsExactly(auctionId);
        assertThat(healing.problems()).as("nobody knows whether those two come back").isEmpty();
        lost.forEach(node -> world.restart(node, true, false));
        assertThat(world.runUntil(() -> healing.problems().stream().anyMatch(p -> p.endsWith("it is not cancelled")), 30_000)).as("%s", healing.problems()).isTrue();

        assertThat(world.runUntil(healing::isHealed, 30_000)).as("%s", healing.problems()).isTrue();
        assertThat(healing.excused()).isEmpty();
    }
}
