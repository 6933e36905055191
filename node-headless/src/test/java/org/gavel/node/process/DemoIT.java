package org.gavel.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as the README starts it. */
class DemoIT {
    @TempDir
    Path home;

    @Test
    void shouldHoldAllPromisesWithFiveNodesAndNoneToSpare() throws Exception {
        ProcessCluster.Ended ended = ProcessCluster.runPlain(home, "demo", "--nodes", "5", "--json");

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("\"event\":\"verdict\"").contains("\"lost\":0,\"doubled\":0").contains("\"holds\":true");
    }

    @Test
    void shouldRefuseANumberOfNodesThatMakesNoGroup() throws Exception {
        ProcessCluster.Ended ended = ProcessCluster.runPlain(home, "demo", "--nodes", "4");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("5 to 20");
    }
}
