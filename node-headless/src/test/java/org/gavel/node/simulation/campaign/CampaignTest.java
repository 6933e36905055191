package org.gavel.node.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.gavel.node.simulation.check.InvariantNames;
import org.junit.jupiter.api.Test;

/** The campaign over runs that are told, not played. */
class CampaignTest {
    private static final long THREE_MINUTES_MS = 180_000;

    private final List<RunResult> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<RunResult> smaller = Collections.synchronizedList(new ArrayList<>());
    private final Set<Long> played = Collections.synchronizedSet(new HashSet<>());

    private Campaign campaign(long seeds, long durationMs, boolean keepGoing, int shrinkRuns, Function<RunSpec, RunResult> runs) {
        return new Campaign(new CampaignSettings(1, seeds, durationMs, 6, 9, 1, 3, null, 2, keepGoing, shrinkRuns), new Campaign.Listener() {
            @Override
            public void onProgress(Campaign.Summary soFar) {
                // Judged by what stands at the end.
            }

            @Override
            public void onFailure(RunResult failure) {
                heard.add(failure);
            }

            @Override
            public void onSmaller(RunResult failure) {
                smaller.add(failure);
            }
        }, spec -> {
            played.add(spec.seed());
            return runs.apply(spec);
        });
    }

    private static RunResult right(RunSpec spec, long hash, List<String> met) {
        Coverage coverage = new Coverage();
        met.forEach(coverage::count);
        return new RunResult(spec, null, null, spec.durationMs(), hash, 1, coverage, List.of(), List.of(), List.of(), "");
    }

    private static RunResult wrong(RunSpec spec, String invariant) {
        return new RunResult(spec, invariant, "seen", 1_000, 7, 1, new Coverage(), List.of(), List.of(), spec.faults() == null ? List.of(1, 2) : spec.faults(), "");
    }

    private static List<String> allBut(String path) {
        return Paths.REQUIRED.stream().filter(p -> !p.equals(path)).toList();
    }

    @Test
    void shouldNameEachPathThatWasNeverMet() throws InterruptedException {
        for (String path : List.of("crash of active", "ring lapse", "met twin refused")) {
            Campaign campaign = campaign(500, THREE_MINUTES_MS, true, 0, spec -> right(spec, 7, allBut(path)));
            assertThat(campaign.run()).isEmpty();
            assertThat(campaign.missing()).containsExactly(path);
        }
    }

    @Test
    void shouldMissNothingWhenOneRunOfManyMetIt() throws InterruptedException {
        Campaign campaign = campaign(500, THREE_MINUTES_MS, true, 0, spec -> right(spec, 7, spec.seed() == 311 ? Paths.REQUIRED : allBut("ring lapse")));
        campaign.run();
        assertThat(campaign.missing()).isEmpty();
        assertThat(campaign.summary().coverage().of("ring lapse")).isEqualTo(1);
    }

    @Test
    void shouldNotAskAShortCampaignForEveryPath() throws InterruptedException {
        Campaign few = campaign(499, THREE_MINUTES_MS, true, 0, spec -> right(spec, 7, List.of()));
        few.run();
        assertThat(few.missing()).isEmpty();
        Campaign brief = campaign(500, THREE_MINUTES_MS - 1, true, 0, spec -> right(spec, 7, List.of()));
        brief.run();
        assertThat(brief.missing()).isEmpty();
    }

    @Test
    void shouldFailASeedWhoseSecondRunIsAnother() throws InterruptedException {
        AtomicLong hashes = new AtomicLong();
        List<RunResult> failures = campaign(300, 60_000, true, 0, spec -> right(spec, spec.seed() == 200 ? hashes.incrementAndGet() : 7, List.of())).run();
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.spec().seed()).isEqualTo(200);
            assertThat(failure.invariant()).isEqualTo(InvariantNames.SAME_TWICE);
            assertThat(failure.sentence()).contains("trace hashes 1 and 2");
        });
    }

    @Test
    void shouldRunOneSeedInAHundredTwice() throws InterruptedException {
        Campaign campaign = campaign(300, 60_000, true, 0, spec -> right(spec, spec.seed(), List.of()));
        assertThat(campaign.run()).isEmpty();
        assertThat(campaign.summary().twice()).isEqualTo(3);
        assertThat(campaign.summary().done()).isEqualTo(300);
        assertThat(campaign.summary().simulatedHours()).isEqualTo(303 / 60.0);
    }

    @Test
    void shouldNameEveryFailureWhenItKeepsGoing() throws InterruptedException {
        Campaign campaign = campaign(50, 60_000, true, 0, spec -> spec.seed() % 10 == 0 ? wrong(spec, "item-sold-once") : right(spec, 7, List.of()));
        assertThat(campaign.run()).hasSize(5);
        assertThat(heard).hasSize(5);
        assertThat(campaign.summary().failed()).isEqualTo(5);
        assertThat(played).hasSize(50);
    }

    @Test
    void shouldEndAtTheFirstFailureAndMakeItSmaller() throws InterruptedException {
        Campaign campaign = campaign(10_000, 60_000, false, 50,
            spec -> spec.seed() == 5 && (spec.faults() == null || spec.faults().contains(2)) ? wrong(spec, "item-sold-once") : right(spec, 7, List.of()));
        List<RunResult> failures = campaign.run();
        assertThat(heard).hasSize(1);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.spec().seed()).isEqualTo(5);
            assertThat(failure.spec().nodes()).isLessThan(heard.get(0).spec().nodes());
            assertThat(failure).isSameAs(smaller.get(smaller.size() - 1));
        });
        assertThat(played.size()).isLessThan(10_000);
    }

    @Test
    void shouldTellWhenARunItselfBreaksDown() {
        Campaign campaign = campaign(3, 60_000, true, 0, spec -> {
            throw new IllegalStateException("no such run");
        });
        assertThatThrownBy(campaign::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("the campaign itself failed").hasMessageContaining("no such run");
    }
}
