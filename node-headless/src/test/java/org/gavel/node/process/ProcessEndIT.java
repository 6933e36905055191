package org.gavel.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.node.processes.JvmFlags;
import org.gavel.node.processes.LocalNode;
import org.gavel.node.processes.NodeLaunch;
import org.junit.jupiter.api.Test;

/** How node processes end: asked, turned away, left behind. */
class ProcessEndIT {
    /** What the Java machine reports after SIGTERM: 128 + 15. */
    private static final int TERMINATED = 143;
    private static final int REFUSED = 4;

    @Test
    void shouldEndOnSigtermAndBeMissedAtOnce() throws Exception {
        try (ProcessCluster cluster = new ProcessCluster()) {
            cluster.start(3);
            LocalNode node = cluster.process(cluster.awaitRole("idle"));

            node.terminate();

            assertThat(node.awaitEnd(ProcessCluster.PATIENCE_MS)).isTrue();
            assertThat(node.exitCode()).isEqualTo(TERMINATED);
            cluster.awaitSettled(2);
        }
    }

    @Test
    void shouldTurnAwayASecondNodeWithTheSameUidAndKeepTheFirst() throws Exception {
        try (ProcessCluster cluster = new ProcessCluster()) {
            cluster.start(3);
            LocalNode first = cluster.process(cluster.awaitRole("idle"));
            NodeLaunch launch = first.launch();

            LocalNode twin = cluster.processes().start(new NodeLaunch(launch.cluster(), launch.port(), launch.uid(), "twin", JvmFlags.SMALL_FOOTPRINT, List.of()));

            assertThat(twin.awaitEnd(ProcessCluster.PATIENCE_MS)).as("the twin ends by itself").isTrue();
            assertThat(twin.exitCode()).isEqualTo(REFUSED);
            assertThat(twin.awaitErrors()).contains(first.awaitReady(0).address().toString());
            assertThat(first.isAlive()).isTrue();
            cluster.awaitSettled(3);
        }
    }

    @Test
    void shouldEndWithTheProgramThatStartedIt() throws Exception {
        try (ProcessCluster cluster = new ProcessCluster()) {
            LocalNode node = cluster.startOne(List.of());
            node.awaitReady(ProcessCluster.PATIENCE_MS);

            node.abandon();

            assertThat(node.awaitEnd(ProcessCluster.PATIENCE_MS)).isTrue();
            assertThat(node.exitCode()).isZero();
        }
    }
}
