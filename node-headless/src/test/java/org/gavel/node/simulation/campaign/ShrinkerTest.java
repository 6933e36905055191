package org.gavel.node.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The shrinker over runs that are told, not played: what fails is known exactly. */
class ShrinkerTest {
    private static final String BROKEN = "item-sold-once";
    private static final RunSpec WHOLE = new RunSpec(17, 600_000, 14, 3, 6, null);
    private static final int PLANNED = 40;

    private final List<RunSpec> played = new ArrayList<>();
    private final List<RunResult> smaller = new ArrayList<>();

    private static List<Integer> faults(RunSpec spec) {
        return spec.faults() == null ? IntStream.rangeClosed(1, PLANNED).boxed().toList() : spec.faults();
    }

    private static RunResult result(RunSpec spec, String invariant) {
        long atMs = invariant == null ? spec.durationMs() : Math.min(spec.durationMs(), 200_000);
        return new RunResult(spec, invariant, invariant, atMs, 0, 0, new Coverage(), List.of(), List.of(), faults(spec), "");
    }

    private RunResult shrink(int runsMax, Predicate<RunSpec> fails, String otherwise) {
        Shrinker shrinker = new Shrinker(spec -> {
            played.add(spec);
            return result(spec, fails.test(spec) ? BROKEN : otherwise);
        }, runsMax, smaller::add);
        return shrinker.shrink(result(WHOLE, BROKEN));
    }

    private static boolean needs(RunSpec spec) {
        return faults(spec).containsAll(List.of(3, 29)) && spec.nodes() >= 7 && spec.auctions() >= 2 && spec.durationMs() >= 120_000;
    }

    @Test
    void shouldLeaveNothingThatTheFailureDoesNotNeed() {
        RunResult least = shrink(400, ShrinkerTest::needs, null);
        assertThat(least.spec().faults()).containsExactly(3, 29);
        assertThat(least.spec().nodes()).isEqualTo(7);
        assertThat(least.spec().auctions()).isEqualTo(2);
        assertThat(least.spec().clients()).isEqualTo(1);
        assertThat(least.spec().durationMs()).isBetween(120_000L, 145_000L);
        assertThat(least.spec().seed()).isEqualTo(WHOLE.seed());
    }

    @Test
    void shouldNeverTakeARunThatDoesNotFailOrFailsOtherwise() {
        for (String otherwise : new String[] {null, "heals-in-time"}) {
            RunResult least = shrink(400, ShrinkerTest::needs, otherwise);
            assertThat(least.invariant()).isEqualTo(BROKEN);
            assertThat(needs(least.spec())).isTrue();
        }
        assertThat(smaller).isNotEmpty().allMatch(r -> BROKEN.equals(r.invariant()) && needs(r.spec()));
    }

    @Test
    void shouldLeaveAFailureAsItIsWhereNothingSmallerFailsAlike() {
        RunResult least = shrink(400, WHOLE::equals, "heals-in-time");
        assertThat(least.spec()).isEqualTo(WHOLE);
        assertThat(smaller).isEmpty();
        assertThat(played).isNotEmpty();
    }

    @Test
    void shouldEndAfterTheRunsThatItMayPlay() {
        RunResult least = shrink(9, ShrinkerTest::needs, null);
        assertThat(played).hasSize(9);
        assertThat(needs(least.spec())).isTrue();
    }
}
