package org.gavel.node.replication.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of small replicated groups, and what the same search says of rules broken on purpose (docs/MODEL-CHECKING.md). */
class GroupWorldTest {
    private static final Search.Limits WHOLE = new Search.Limits(3_000_000, 10_000, 120);

    @ParameterizedTest
    @EnumSource(value = Worlds.class, names = {"BIDS", "ONE_TAKE_OVER", "KNOWN_CHANGE"})
    void shouldHoldInEveryState(Worlds world) {
        Search.Outcome outcome = Search.run(world.open(), WHOLE, line -> { });
        assertThat(outcome.broken()).as(outcome::story).isNull();
        assertThat(outcome.isExhausted()).as(outcome::sentence).isTrue();
        assertThat(outcome.acyclic()).as("every path ends: %s", outcome.sentence()).isTrue();
        assertThat(outcome.reached()).as(outcome::sentence).isPositive();
    }

    /** What the reductions leave out must change nothing: everything that can be at rest is found either way, but for the followers' names. */
    @ParameterizedTest
    @CsvSource({"1,0,1,1,0", "0,1,2,1,0", "0,2,3,0,0", "0,0,1,1,1"})
    void shouldComeToRestAsTheSearchThatLeavesOutNothing(int bids, int takeOvers, int epochsMax, int crashes, int changes) {
        GroupWorld.Bounds bounds = new GroupWorld.Bounds(bids, takeOvers, epochsMax, crashes, changes, 0);
        GroupCast cast = GroupCast.of(changes > 0, false, false, false);
        GroupWorld reduced = new GroupWorld(bounds, cast, "", true, node -> new GroupSubject(cast, node));
        GroupWorld whole = new GroupWorld(bounds, cast, "", false, node -> new GroupSubject(cast, node));
        Search.Outcome small = Search.run(reduced, WHOLE, line -> { });
        Search.Outcome large = Search.run(whole, WHOLE, line -> { });
        assertThat(small.isExhausted()).as(small::story).isTrue();
        assertThat(large.isExhausted()).as(large::story).isTrue();
        assertThat(small.states()).isLessThan(large.states());
        assertThat(reduced.rules.rests).isNotEmpty().isEqualTo(whole.rules.rests);
    }

    @Test
    void shouldHoldInTheFirstFiftyThousandStatesOfTheWholeWorld() {
        Search.Outcome outcome = Search.run(Worlds.WHOLE.open(), new Search.Limits(50_000, 10_000, 120), line -> { });
        assertThat(outcome.broken()).as(outcome::story).isNull();
        assertThat(outcome.bound()).as("a smaller limit is hidden otherwise: %s", outcome.sentence()).isEqualTo("50,000 states");
    }

    /** Those that take less than 20,000 states; the others by the long run. */
    @ParameterizedTest
    @EnumSource(value = PlantedBug.class, mode = EnumSource.Mode.EXCLUDE, names = {"LONGEST_LOG_WINS", "PREVIOUS_ENTRY_NOT_COMPARED", "PROMISES_ONLY_IN_THE_NEWEST"})
    void shouldFindAPlantedBug(PlantedBug bug) {
        assertThat(bug.search(WHOLE)).as("%s in %s", bug, bug.world()).contains("BROKEN");
    }

    /** Else a bug that no longer fits the sources would be found out by the long run only. */
    @ParameterizedTest
    @EnumSource(value = PlantedBug.class, names = {"LONGEST_LOG_WINS", "PREVIOUS_ENTRY_NOT_COMPARED", "PROMISES_ONLY_IN_THE_NEWEST"})
    void shouldStillFindThePlaceOfAPlantedBug(PlantedBug bug) {
        assertThat(PatchedClasses.with(bug)).isNotNull();
    }
}
