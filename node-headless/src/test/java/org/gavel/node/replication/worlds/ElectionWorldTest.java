package org.gavel.node.replication.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every interleaving of small elections (docs/MODEL-CHECKING.md says what is searched by hand). */
class ElectionWorldTest {
    private static final Search.Limits WHOLE = new Search.Limits(3_000_000, 10_000, 120);

    private static void exhaust(ElectionWorld.Bounds bounds, int... ring) {
        Search.Outcome outcome = Search.run(new ElectionWorld(bounds, ring), WHOLE, line -> { });
        assertThat(outcome.broken()).as(outcome::story).isNull();
        assertThat(outcome.isExhausted()).as(outcome::sentence).isTrue();
        assertThat(outcome.acyclic()).as("every path ends: %s", outcome.sentence()).isTrue();
        assertThat(outcome.reached()).as(outcome::sentence).isPositive();
        assertThat(outcome.cut()).as("and ends with a leader: %s", outcome.sentence()).isZero();
    }

    @Test
    void shouldElectTheHighestInEveryOrderOfStartsAndArrivals() {
        for (int n = 3; n <= 5; n++) {
            for (int[] ring : Rings.of(n)) {
                exhaust(new ElectionWorld.Bounds(0, n, 0, 0, true, 0, 1), ring);
            }
        }
    }

    @Test
    void shouldElectOneLivingLeaderWhereverOneOfThreeCrashes() {
        for (int[] ring : Rings.of(3)) {
            exhaust(new ElectionWorld.Bounds(1, 3, 0, 0, true, 0, 2), ring);
        }
    }

    @Test
    void shouldElectTheHighestThoughAMessageIsLostAndMessagesOvertakeEachOther() {
        for (int[] ring : Rings.of(3)) {
            exhaust(new ElectionWorld.Bounds(0, 3, 1, 0, true, 1, 1), ring);
            exhaust(new ElectionWorld.Bounds(0, 3, 0, 0, false, 1, 1), ring);
        }
    }

    /** What the reductions leave out must change nothing. */
    @Test
    void shouldComeToRestAsTheSearchThatLeavesOutNothing() {
        ElectionWorld.Bounds bounds = new ElectionWorld.Bounds(1, 3, 0, 0, true, 0, 2);
        ElectionWorld reduced = new ElectionWorld(bounds, true, 1, 2, 3);
        ElectionWorld whole = new ElectionWorld(bounds, false, 1, 2, 3);
        Search.Outcome small = Search.run(reduced, WHOLE, line -> { });
        Search.Outcome large = Search.run(whole, WHOLE, line -> { });
        assertThat(small.isExhausted()).as(small::story).isTrue();
        assertThat(large.isExhausted()).as(large::story).isTrue();
        assertThat(small.states()).isLessThan(large.states());
        assertThat(reduced.rests).isNotEmpty().isEqualTo(whole.rests);
    }

    /** The search itself: it must see that a living successor which is skipped need not lose. */
    @Test
    void shouldShowTheShortestPathWhenALivingMemberIsSkippedByMistake() {
        ElectionWorld world = new ElectionWorld(new ElectionWorld.Bounds(0, 3, 0, 1, true, 0, 1), 1, 3, 2);
        Search.Outcome outcome = Search.run(world, WHOLE, line -> { });
        assertThat(outcome.broken()).as(outcome::sentence).isNotNull();
        assertThat(outcome.broken().invariant()).isEqualTo("highest-living-wins");
        assertThat(outcome.trace()).as(outcome::story).anyMatch(line -> line.contains("early"));
    }
}
