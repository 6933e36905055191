package org.gavel.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@code check-history}: lines and exit codes. */
class CheckHistoryCommandTest {
    private static final List<String> RIGHT = List.of(
        "{\"type\":\"terms\",\"auction\":\"lamp-1\",\"value\":{\"startPriceCents\":4000,\"incrementCents\":500}}",
        "{\"time\":1,\"process\":\"a\",\"type\":\"invoke\",\"op\":\"bid\",\"client\":\"0a\",\"auction\":\"lamp-1\",\"value\":{\"amountCents\":4000}}",
        "{\"time\":2,\"process\":\"b\",\"type\":\"invoke\",\"op\":\"bid\",\"client\":\"0b\",\"auction\":\"lamp-1\",\"value\":{\"amountCents\":4200}}",
        "{\"time\":3,\"process\":\"a\",\"type\":\"ok\",\"op\":\"bid\",\"client\":\"0a\",\"auction\":\"lamp-1\",\"value\":{\"result\":\"accepted\",\"seq\":3,\"priceCents\":4000}}",
        "{\"time\":4,\"process\":\"b\",\"type\":\"ok\",\"op\":\"bid\",\"client\":\"0b\",\"auction\":\"lamp-1\",\"value\":{\"result\":\"rejected\",\"seq\":4,\"priceCents\":4000}}");

    @TempDir
    Path folder;
    private final Program program = new Program();

    private String file(List<String> lines) throws IOException {
        return Files.write(folder.resolve("history.jsonl"), lines).toString();
    }

    private List<String> wrong() {
        return RIGHT.stream().map(l -> l.replace("rejected\",\"seq\":4,\"priceCents\":4000", "accepted\",\"seq\":4,\"priceCents\":4200")).toList();
    }

    @Test
    void shouldEndWith0WhenOneOrderExplainsEverything() throws IOException {
        assertThat(program.run("check-history", file(RIGHT))).isZero();
        assertThat(program.out).containsExactly("lamp-1: ok, one order explains every answer (2 operations, 0 of them without an answer)");
        program.out.clear();
        assertThat(program.run("check-history", file(RIGHT), "--json")).isZero();
        assertThat(program.out).containsExactly("{\"auctionId\":\"lamp-1\",\"verdict\":\"ok\",\"operations\":2,\"unanswered\":0}");
    }

    @Test
    void shouldEndWith4AndTellTheShortestPrefixAndWhatHasNoPlace() throws IOException {
        assertThat(program.run("check-history", file(wrong()))).isEqualTo(4);
        assertThat(program.out).containsExactly("lamp-1: VIOLATION: no order of the operations explains the answers (2 operations, 0 of them without an answer)",
            "  the first 5 lines fail already; the best order gets to where the price is 40.00 by 0000 after 1 bids, the least next is 45.00, the last number is 3;"
                + " without a place there:",
            "    lines 3 and 5: bid 42.00 by 0000 (process b), answered {\"result\":\"accepted\",\"seq\":4,\"priceCents\":4200}");
        program.out.clear();
        assertThat(program.run("check-history", file(wrong()), "--json")).isEqualTo(4);
        assertThat(program.out).singleElement().asString().contains("\"verdict\":\"violation\"").contains("\"shortestPrefix\":5").contains("\"stuck\":[");
    }

    @Test
    void shouldEndWith4WhenItIsNotKnown() throws IOException {
        assertThat(program.run("check-history", file(RIGHT.subList(1, 5)))).isEqualTo(4);
        assertThat(program.out).singleElement().asString().contains("unknown, which counts as a failure: the history does not name the terms of lamp-1");
    }

    @Test
    void shouldEndWith2WhenItIsNoHistory() throws IOException {
        assertThat(program.run("check-history", file(List.of("{}")))).isEqualTo(2);
        assertThat(program.err).singleElement().asString().contains("is no history: line 1: the line: type is missing");
        program.err.clear();
        assertThat(program.run("check-history", folder.resolve("none.jsonl").toString())).isEqualTo(2);
        assertThat(program.run("check-history", file(List.of()))).isEqualTo(2);
        assertThat(program.err).hasSize(2).allMatch(s -> s.contains("cannot be read") || s.contains("nothing to judge"));
    }
}
