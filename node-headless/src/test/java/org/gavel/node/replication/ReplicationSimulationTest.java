package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.protocol.host.simulation.Faults;
import org.junit.jupiter.api.Test;

/** Seeded runs with crashes, restarts, cuts, slow links and changes of acceptors; the judge looks after every message. */
class ReplicationSimulationTest {
    private static final int RUNS = Integer.getInteger("gavel.runs", 60);
    private static final long FIRST_SEED = Long.getLong("gavel.seed", 1);

    private interface Run {
        void run(long seed);
    }

    @Test
    void shouldKeepEveryCommitOfAnAuctionsGroupThroughAnyTrouble() {
        forSeeds("shouldKeepEveryCommitOfAnAuctionsGroupThroughAnyTrouble", seed -> {
            ReplicationDriver driver = new ReplicationDriver(seed, 6, new long[] {1, 2, 3}, false);
            driver.trouble(300);
            driver.heal();
        });
    }

    @Test
    void shouldKeepEveryCommitOfARingThroughAnyTrouble() {
        forSeeds("shouldKeepEveryCommitOfARingThroughAnyTrouble", seed -> {
            ReplicationDriver driver = new ReplicationDriver(seed + 10_000, 5, new long[] {1, 2, 3, 4}, false);
            driver.trouble(300);
            driver.heal();
        });
    }

    @Test
    void shouldKeepEveryCommitWhenMembersEndOneAfterTheOther() {
        forSeeds("shouldKeepEveryCommitWhenMembersEndOneAfterTheOther", seed -> {
            ReplicationDriver driver = new ReplicationDriver(seed + 20_000, 6, new long[] {1, 2, 3, 4}, true);
            driver.trouble(200);
            driver.calm();
        });
    }

    /** On the real link layer: 10 % of the datagrams lost, some twice, some late. */
    @Test
    void shouldKeepEveryCommitOverLossyLinks() {
        forSeeds("shouldKeepEveryCommitOverLossyLinks", seed -> {
            ReplicationDriver driver = new ReplicationDriver(seed + 30_000, 5, new long[] {1, 2, 3}, false, true);
            driver.cluster.network.faults(Faults.NONE.withLoss(10).withDuplicates(5).withReordering(5));
            driver.trouble(150);
            driver.cluster.network.faults(Faults.NONE);
            driver.heal();
        });
    }

    private static void forSeeds(String test, Run run) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            try {
                run.run(seed);
            } catch (AssertionError | IllegalStateException e) {
                throw new AssertionError("replay: mvn -pl node-headless -am test -Dtest=ReplicationSimulationTest#" + test + " -Dgavel.runs=1 -Dgavel.seed="
                        + seed, e);
            }
        }
        assertThat(RUNS).isPositive();
    }
}
