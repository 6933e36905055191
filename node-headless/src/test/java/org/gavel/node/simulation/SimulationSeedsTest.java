package org.gavel.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.node.simulation.campaign.Campaign;
import org.gavel.node.simulation.campaign.CampaignSettings;
import org.gavel.node.simulation.campaign.RunResult;
import org.junit.jupiter.api.Test;

/** The campaign at the size that fits into a build: short runs, many seeds, all faults. By hand it is {@code simulate}. */
class SimulationSeedsTest {
    private static final long SEEDS = Long.getLong("gavel.seeds", 300);
    private static final long DURATION_MS = 60_000;

    @Test
    void shouldBreakNothingInThreeHundredClusters() throws InterruptedException {
        List<String> failures = new ArrayList<>();
        Campaign campaign = new Campaign(new CampaignSettings(1, SEEDS, DURATION_MS, 6, 9, 1, 3, null, 2, true, 0), new Campaign.Listener() {
            @Override
            public void onProgress(Campaign.Summary soFar) {
                // A build shows its result only.
            }

            @Override
            public void onFailure(RunResult failure) {
                failures.add(failure.sentence() + "\n  repeat: " + failure.spec().command());
            }

            @Override
            public void onSmaller(RunResult failure) {
                // Nothing is made smaller here: the command above does that.
            }
        });
        campaign.run();

        assertThat(failures).isEmpty();
        assertThat(campaign.summary().done()).isEqualTo(SEEDS);
        assertThat(campaign.summary().twice()).isGreaterThanOrEqualTo(SEEDS / 100 - 1);
        assertThat(campaign.summary().coverage().of("crash of active")).isPositive();
        assertThat(campaign.summary().coverage().of("auction replication serving")).isGreaterThan(SEEDS);
        assertThat(campaign.summary().coverage().of("answered BID")).isGreaterThan(10 * SEEDS);
    }
}
