package org.gavel.node.replication.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of small replicated groups, and what the same search says of rules broken on purpose (docs/MODEL-CHECKING.md). */
class GroupWorldTest {
    private static final Search.Limits WHOLE = new Search.Limits(3_000_000, 10_000, 120);

    @ParameterizedTest
    @EnumSource(value = Worlds.class, names = {"BIDS", "ONE_TAKE_OVER", "KNOWN_CHANGE"})
    void shouldHoldInEveryState(Worlds world) {
        Search.Outcome outcome = Search.run(world.open(), WHOLE, true, line -> { });
        assertThat(outcome.broken()).as(outcome::story).isNull();
        assertThat(outcome.isExhausted()).as(outcome::sentence).isTrue();
        assertThat(outcome.acyclic()).as("every path ends: %s", outcome.sentence()).isTrue();
        assertThat(outcome.reached()).as(outcome::sentence).isPositive();
    }

    @Test
    void shouldHoldInTheFirstFiftyThousandStatesOfTheWholeWorld() {
        Search.Outcome outcome = Search.run(Worlds.WHOLE.open(), new Search.Limits(50_000, 10_000, 120), false, line -> { });
        assertThat(outcome.broken()).as(outcome::story).isNull();
        assertThat(outcome.bound()).as("a smaller limit is hidden otherwise: %s", outcome.sentence()).isEqualTo("50,000 states");
    }

    /** Those that take less than 30,000 states; the others by the long run. */
    @ParameterizedTest
    @EnumSource(value = PlantedBug.class, mode = EnumSource.Mode.EXCLUDE, names = {"LONGEST_LOG_WINS", "NO_EMPTY_ENTRY", "PREVIOUS_ENTRY_NOT_COMPARED",
        "LEADER_GOES_ON_THOUGH_IT_PROMISED", "PROMISES_ONLY_IN_THE_NEWEST"})
    void shouldFindAPlantedBug(PlantedBug bug) {
        assertThat(bug.search(WHOLE)).as("%s in %s", bug, bug.world()).contains("BROKEN");
    }

    /** Else a bug that no longer fits the sources would be found out by the long run only. */
    @ParameterizedTest
    @EnumSource(value = PlantedBug.class, names = {"LONGEST_LOG_WINS", "NO_EMPTY_ENTRY", "PREVIOUS_ENTRY_NOT_COMPARED", "LEADER_GOES_ON_THOUGH_IT_PROMISED",
        "PROMISES_ONLY_IN_THE_NEWEST"})
    void shouldStillFindThePlaceOfAPlantedBug(PlantedBug bug) {
        assertThat(PatchedClasses.with(bug)).isNotNull();
    }
}
