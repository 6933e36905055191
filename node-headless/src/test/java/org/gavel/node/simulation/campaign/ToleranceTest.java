package org.gavel.node.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

/** What the campaign may destroy, and what it has to spare, as nothing is promised beyond. */
class ToleranceTest {
    private static final int NODES = 9;

    private final World world = new World(7).startNodes(NODES);
    private final Tolerance tolerance = new Tolerance(world);

    private String startAuction() {
        assertThat(world.runUntil(world::isSettled, 30_000)).isTrue();
        String auctionId = StartedAuction.in(world);
        assertThat(world.runUntil(() -> world.followers(auctionId).size() == 3, 30_000)).isTrue();
        return auctionId;
    }

    @Test
    void shouldSpareTheMajorityOfAnAuctionsCopies() {
        String auctionId = startAuction();
        SimulatedNode active = world.active(auctionId);
        List<SimulatedNode> followers = world.followers(auctionId);
        assertThat(followers).allMatch(tolerance::allowsEndOf);
        followers.get(0).kill();
        assertThat(followers.subList(1, 3)).as("two of three acceptors are left").noneMatch(tolerance::allowsEndOf);
        assertThat(tolerance.allowsEndOf(active)).as("it leads them, and keeps no copy that counts").isTrue();
        assertThat(tolerance.isAuctionAlive(auctionId)).isTrue();
        SimulatedNode idle = world.livingNodes().stream().filter(n -> n.inside().auctionId() == null && !n.inside().isManager()).findFirst().orElseThrow();
        assertThat(tolerance.allowsEndOf(idle)).as("it keeps no copy").isTrue();

        assertThat(world.runUntil(() -> followers.stream().skip(1).allMatch(tolerance::allowsEndOf), 30_000)).as("once another has taken its place").isTrue();
    }

    @Test
    void shouldTakeAnAuctionForLostOnlyWithoutAMajorityOfItsCopies() {
        String auctionId = startAuction();
        List<SimulatedNode> followers = world.followers(auctionId);
        followers.get(0).kill();
        assertThat(tolerance.isAuctionAlive(auctionId)).isTrue();
        followers.get(1).kill();
        assertThat(tolerance.isAuctionAlive(auctionId)).as("one of three").isFalse();
    }

    @Test
    void shouldSpareTheMajorityOfTheRingsCopies() {
        assertThat(world.runUntil(world::isSettled, 30_000)).isTrue();
        for (int left = NODES; left > NODES / 2 + 1; left--) {
            SimulatedNode next = world.livingNodes().get(0);
            assertThat(tolerance.allowsEndOf(next)).as("%d of %d are left", left, NODES).isTrue();
            next.kill();
        }
        assertThat(world.livingNodes()).noneMatch(tolerance::allowsEndOf);
    }

    /** Full-size seed 565: eight of fourteen machines started anew beside a ring that had shrunk to six founded another one, and sold again. */
    @Test
    void shouldSpareTheMemoryOfARingThatHasSold() {
        assertThat(world.runUntil(world::isSettled, 30_000)).isTrue();
        int founders = NODES / 2 + 1;
        assertThat(tolerance.allowsForgettingOf(world.livingNodes().get(0), 20, founders)).as("nothing was sold").isTrue();
        startAuction();
        SimulatedNode one = world.livingNodes().get(0);
        assertThat(tolerance.allowsForgettingOf(one, NODES, founders)).isTrue();
        assertThat(tolerance.allowsForgettingOf(one, NODES - 1 + founders, founders)).as("as many know nothing of the ring as may found another").isFalse();
        assertThat(tolerance.allowsForgettingOf(one, NODES - 2 + founders, founders)).as("one less").isTrue();
        SimulatedNode newcomer = world.startNode(new Uid(0x7L << 48));
        assertThat(tolerance.allowsForgettingOf(newcomer, NODES - 1 + founders, founders)).as("it knows nothing itself").isTrue();
    }

    /** Machines that are still to come know nothing of any ring: seed 570 of ten minutes counted those only that had come, and two of twelve brought the seven founders about. */
    @Test
    void shouldNeedFoundersAboveHalfOfAllMachinesThatMayEverCome() {
        for (long seed = 1; seed <= 200; seed++) {
            Plan plan = Plan.of(new RunSpec(seed, 600_000, 8, 3, 6, null));
            assertThat(plan.founders()).as("of seed %d", seed).isGreaterThan(plan.machinesMax() / 2);
        }
        Plan twelve = Plan.of(new RunSpec(570, 600_000, 8, 3, 6, null));
        assertThat(twelve.machinesMax()).isEqualTo(12);
    }
}
