package org.gavel.node.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.gavel.node.history.AuctionVerdict.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories that are wrong in exactly one place: each must be found. */
class MutatedHistoriesTest {
    private static final int SEEDS = 30;
    private static final int OPERATIONS = 120;
    private final HistoryChecker checker = new HistoryChecker(HistoryChecker.BUDGET);

    static Set<String> mutations() {
        return Mutations.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void shouldFindTheOneWrongPlace(String mutation) {
        int made = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            AuctionHistory right = new RandomHistory(seed, OPERATIONS, 2 + (int) seed % 7, 0).make();
            List<Operation> wrong = Mutations.ALL.get(mutation).apply(right.operations(), new SplittableRandom(seed));
            if (wrong != null) {
                made++;
                AuctionVerdict verdict = checker.check(new AuctionHistory(right.auction(), right.terms(), wrong));
                assertThat(verdict.verdict()).as(mutation + ", seed " + seed).isEqualTo(Verdict.VIOLATION);
                assertThat(verdict.stuck()).as(mutation + ", seed " + seed).hasSizeGreaterThan(1);
                assertThat(checker.check(right.asOf(verdict.shortestPrefix())).verdict()).as("the right history up to there").isEqualTo(Verdict.OK);
                AuctionHistory before = new AuctionHistory(right.auction(), right.terms(), wrong).asOf(verdict.shortestPrefix() - 1);
                assertThat(checker.check(before).isOk()).as(mutation + ", seed " + seed + ": one line less is no violation").isTrue();
            }
        }
        assertThat(made).as("histories with a place for '" + mutation + "'").isGreaterThan(SEEDS / 4);
    }

    @ParameterizedTest
    @EnumSource(RandomHistory.Fault.class)
    void shouldFindTheOneFaultOfAHouse(RandomHistory.Fault fault) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            AuctionHistory history = new RandomHistory(seed, OPERATIONS, 2 + (int) seed % 7, 0).withFault(fault, OPERATIONS / 3).make();
            assertThat(checker.check(history).verdict()).as(fault + ", seed " + seed).isEqualTo(Verdict.VIOLATION);
        }
    }
}
