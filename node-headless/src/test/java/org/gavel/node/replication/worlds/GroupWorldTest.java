package org.gavel.node.replication.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of small replicated groups, and what the same search says of rules broken on purpose (docs/MODEL-CHECKING.md). */
class GroupWorldTest {
    private static final Search.Limits WHOLE = new Search.Limits(3_000_000, 10_000, 120);

    @ParameterizedTest
    @EnumSource(value = Worlds.class, names = {"BIDS", "ONE_TAKE_OVER"})
    void shouldHoldInEveryState(Worlds world) {
        Search.Outcome outcome = Search.run(world.open(), WHOLE, true, line -> { });
        assertThat(outcome.broken()).as(outcome::story).isNull();
        assertThat(outcome.isExhausted()).as(outcome::sentence).isTrue();
        assertThat(outcome.acyclic()).as("every path ends: %s", outcome.sentence()).isTrue();
        assertThat(outcome.reached()).as(outcome::sentence).isPositive();
    }

    @Test
    void shouldHoldInTheFirstHundredThousandStatesOfTheWholeWorld() {
        Search.Outcome outcome = Search.run(Worlds.WHOLE.open(), new Search.Limits(100_000, 10_000, 120), false, line -> { });
        assertThat(outcome.broken()).as(outcome::story).isNull();
        assertThat(outcome.bound()).as("a smaller limit is hidden otherwise: %s", outcome.sentence()).isEqualTo("100,000 states");
    }

    @ParameterizedTest
    @EnumSource(value = PlantedBug.class, names = {"COMMIT_AT_ONE_OF_THREE", "OLD_TAIL_RESTAMPED", "PROMISE_GIVEN_TWICE", "HELD_BEFORE_STORED", "LONGEST_LOG_WINS",
            "PREVIOUS_ENTRY_NOT_COMPARED", "CONFIGURATION_IN_FORCE_WHEN_APPENDED"})
    void shouldFindAPlantedBug(PlantedBug bug) {
        assertThat(bug.search(WHOLE)).as("%s in %s", bug, bug.world()).contains("BROKEN");
    }

    /** Else a bug that no longer fits the sources would be found out by the long run only. */
    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void shouldStillFindThePlaceOfEveryPlantedBug(PlantedBug bug) {
        assertThat(PatchedClasses.with(bug)).isNotNull();
    }
}
