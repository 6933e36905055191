package org.gavel.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as the README starts it. */
class DemoIT {
    @TempDir
    Path home;

    /** And what its bidders and watchers were told, by real nodes over real sockets, is explained by one order: the history, judged like a simulated run's. */
    @Test
    void shouldHoldAllPromisesWithFiveNodesAndNoneToSpareAndLeaveALinearizableHistory() throws Exception {
        Path history = home.resolve("demo.jsonl");
        ProcessCluster.Ended ended = ProcessCluster.runPlain(home, "demo", "--nodes", "5", "--json", "--history", history.toString());

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("\"event\":\"verdict\"").contains("\"lost\":0,\"doubled\":0").contains("\"holds\":true");

        ProcessCluster.Ended judged = ProcessCluster.runPlain(home, "check-history", history.toString());

        assertThat(judged.exitCode()).as(judged.out() + judged.err()).isZero();
        assertThat(Files.readAllLines(history)).as("not an empty one").hasSizeGreaterThan(100);
    }

    @Test
    void shouldRefuseANumberOfNodesThatMakesNoGroup() throws Exception {
        ProcessCluster.Ended ended = ProcessCluster.runPlain(home, "demo", "--nodes", "4");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("5 to 20");
    }
}
