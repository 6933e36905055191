package org.gavel.desktop.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;

class HappenedBeforeTest {
    private static final Uid A = new Uid(10);
    private static final Uid B = new Uid(11);
    private static final Uid C = new Uid(12);

    private static TimelineEntry entry(long number, Uid node, String kind, Uid peer, long message) {
        return new TimelineEntry(number, new TraceEvent(1_000 + number, node, "election", kind, 1, node, kind + " it", peer, message), "n " + node.value(), kind + " it");
    }

    private static TimelineEntry local(long number, Uid node, String kind) {
        return entry(number, node, kind, Uid.NOBODY, 0);
    }

    /** B's batch arrives before A's: the receipt stands before its sending. */
    private final List<TimelineEntry> entries = List.of(
        local(1, B, "started"),
        entry(2, B, "token-passed", A, 5),
        entry(3, B, "token-sent", C, 9),
        local(4, A, "started"),
        entry(5, A, "token-sent", B, 5),
        local(6, A, "cleared"),
        entry(7, C, "token-swallowed", B, 9),
        local(8, C, "late"));

    @Test
    void shouldJoinASendingToItsReceiptWhicheverArrivedFirst() {
        assertThat(new HappenedBefore(entries).arrows()).extracting(arrow -> arrow.sent().number() + ">" + arrow.received().number()).containsExactlyInAnyOrder("5>2", "3>7");
    }

    @Test
    void shouldKnowThePastOfAnEventAndNothingElse() {
        assertThat(new HappenedBefore(entries).past(7)).containsExactlyInAnyOrder(7L, 3L, 2L, 1L, 5L, 4L);
        assertThat(new HappenedBefore(entries).past(6)).containsExactlyInAnyOrder(6L, 5L, 4L);
    }

    @Test
    void shouldGiveVectorClocksThatGrowAlongEveryMessage() {
        var clocks = new HappenedBefore(entries).vectorClocks();
        assertThat(clocks).hasSize(entries.size());
        assertThat(clocks.get(entries.get(6))).containsEntry(A, 2L).containsEntry(B, 3L).containsEntry(C, 1L);
        assertThat(clocks.get(entries.get(5))).containsOnlyKeys(A).containsEntry(A, 3L);
    }

    @Test
    void shouldWriteWhatShiVizReadsWithTheDocumentedExpression() {
        String log = ShiVizLog.of(entries);
        Matcher matcher = Pattern.compile(ShiVizLog.EXPRESSION.replace("{.*}", "\\{.*\\}")).matcher(log);
        int found = 0;
        while (matcher.find()) {
            found++;
            assertThat(matcher.group("clock")).contains("\"" + matcher.group("host") + "\":");
            assertThat(matcher.group("host")).doesNotContain(" ");
        }
        assertThat(found).isEqualTo(entries.size());
    }

    @Test
    void shouldNotStandStillOnRecordingsThatContradictThemselves() {
        List<TimelineEntry> circle = List.of(entry(1, A, "token-passed", B, 1), entry(2, A, "token-sent", B, 2), entry(3, B, "token-passed", A, 2), entry(4, B, "token-sent", A, 1));
        assertThat(new HappenedBefore(circle).vectorClocks()).hasSize(4);
    }
}
