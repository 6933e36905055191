package org.gavel.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of {@code simulate}: what is refused, what is printed, exit codes. */
class SimulateCommandTest {
    @TempDir
    Path folder;
    private final Program program = new Program();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--seeds 5..1                   | ends before it begins",
        "--seeds many                   | neither a number nor a range",
        "--nodes 0                      | --nodes is 4 to 100",
        "--nodes 8..101                 | --nodes is 4 to 100",
        "--minutes=-1                   | --minutes is above 0.5",
        "--minutes 0.5                  | --minutes is above 0.5",
        "--minutes NaN                  | --minutes is above 0.5",
        "--minutes soon                 | 'soon' is not a double",
        "--auctions 0                   | --auctions is 1 to 20",
        "--clients 101                  | --clients is 1 to 100",
        "--jobs 0                       | --jobs is 1 to 256",
        "--events=-1                    | --events is 0 to 1000000",
        "--faults x                     | --faults is a list of numbers such as 3,7 or 'none'",
        "--faults 3,,7                  | --faults is a list of numbers such as 3,7 or 'none'",
        "--seeds 1..2 --faults 3        | --faults is of one seed",
        "--seeds 3 --minutes 1 --faults 1,999 | seed 3 has",
        "--seeds 1..2 --history x.jsonl | --history is of one seed",
        "--loudly                       | Unknown option",
    })
    void shouldRefuseWhatMakesNoSense(String options, String sentence) {
        assertThat(program.run(("simulate " + options).split(" +"))).isEqualTo(2);
        assertThat(String.join("\n", program.err)).contains(sentence);
        assertThat(program.out).isEmpty();
    }

    @Test
    void shouldSayBeforeTheRunThatTheHistoryCannotBeWritten() {
        String file = folder.resolve("none").resolve("run.jsonl").toString();
        assertThat(program.run("simulate", "--seeds", "3", "--history", file)).isEqualTo(2);
        assertThat(String.join("\n", program.err)).contains("the history " + file + " cannot be written");
        assertThat(program.out).isEmpty();
    }

    @Test
    void shouldWriteAHistoryThatCheckHistoryJudges() throws IOException {
        Path file = folder.resolve("run.jsonl");
        assertThat(program.run("simulate", "--seeds", "3", "--minutes", "0.8", "--nodes", "6", "--auctions", "1", "--clients", "2", "--faults", "none", "--jobs", "1",
            "--history", file.toString())).as(String.join("\n", program.out)).isZero();
        assertThat(program.out).contains("nothing is broken");
        program.out.clear();
        assertThat(program.run("check-history", file.toString())).isZero();
        assertThat(program.out).isNotEmpty().allMatch(line -> line.contains(": ok, one order explains every answer"));

        String right = Files.readString(file);
        String wrong = right.replaceFirst("\"result\":\"accepted\",(\"seq\":\\d+,\"priceCents\")", "\"result\":\"rejected\",$1");
        assertThat(wrong).isNotEqualTo(right);
        Files.writeString(file, wrong);
        assertThat(program.run("check-history", file.toString())).isEqualTo(4);
    }
}
