package org.gavel.node.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gavel.node.simulation.check.InvariantNames;
import org.gavel.node.simulation.check.Violation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The history of a run, judged, and changed in one place and judged again. */
class RunHistoryTest {
    private static RunResult run;

    @BeforeAll
    static void play() {
        run = Run.of(new RunSpec(3, 60_000, 6, 1, 3, List.of()));
    }

    @Test
    void shouldHoldEveryBidWithItsAnswerAndBeExplainedByOneOrder() {
        assertThat(run.sentence()).as(run.spec().command()).isNull();
        long bids = run.coverage().of("answered BID");
        assertThat(bids).isGreaterThan(10);
        assertThat(run.history().lines().filter(l -> l.contains("\"type\":\"invoke\",\"op\":\"bid\""))).hasSizeGreaterThanOrEqualTo((int) bids);
        assertThat(run.history().lines().filter(l -> l.contains("\"op\":\"bid\"") && (l.contains("\"type\":\"ok\"") || l.contains("\"type\":\"fail\"")))).hasSize((int) bids);
        assertThat(run.history()).contains("\"op\":\"join\"").contains("\"type\":\"ok\",\"op\":\"result\"");
        assertThatCode(() -> RunHistory.judge(run.history())).doesNotThrowAnyException();
    }

    @Test
    void shouldComplainOfAnAcceptedBidToldAsRejected() {
        assertWrong(changed("\"result\":\"accepted\",(\"seq\":\\d+,\"priceCents\")", "\"result\":\"rejected\",$1"), "VIOLATION");
    }

    @Test
    void shouldComplainOfAPriceThatNeverWas() {
        assertWrong(changed("\"result\":\"accepted\",(\"seq\":\\d+),\"priceCents\":(\\d+)", "\"result\":\"accepted\",$1,\"priceCents\":7$2"), "VIOLATION");
    }

    @Test
    void shouldComplainOfAWrongResult() {
        assertWrong(changed("\"value\":\\{\"sold\":(true|false),\"cancelled\":false(.*?)\"bids\":(\\d+)", "\"value\":{\"sold\":$1,\"cancelled\":false$2\"bids\":7$3"), "VIOLATION");
    }

    @Test
    void shouldTakeWhatCannotBeDecidedForAFailure() {
        String withoutTerms = String.join("\n", run.history().lines().filter(l -> !l.contains("\"type\":\"terms\"")).toList());
        assertWrong(withoutTerms, "UNKNOWN");
    }

    private static void assertWrong(String history, String verdict) {
        assertThatThrownBy(() -> RunHistory.judge(history)).isInstanceOfSatisfying(Violation.class, v -> assertThat(v.invariant()).isEqualTo(InvariantNames.LINEARIZABLE))
            .hasMessageContaining(verdict);
    }

    /** The run's history, with the first place that fits changed. */
    private static String changed(String place, String to) {
        Matcher matcher = Pattern.compile(place).matcher(run.history());
        assertThat(matcher.find()).as("the history has a place " + place).isTrue();
        return matcher.replaceFirst(to);
    }
}
