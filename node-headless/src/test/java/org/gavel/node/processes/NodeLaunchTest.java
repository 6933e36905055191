package org.gavel.node.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

class NodeLaunchTest {
    @Test
    void shouldNameUidInHexAndPutItsOwnOptionsLast() {
        NodeLaunch launch = new NodeLaunch("demo", 4711, new Uid(0xffL << 56), "alpha", JvmFlags.SMALL_FOOTPRINT, List.of("--no-crash-hints"));

        assertThat(launch.arguments()).startsWith("node", "--exit-with-parent").endsWith("--uid", "0xff00000000000000", "--no-crash-hints");
    }

    @Test
    void shouldStartTheSameJavaWithTheSameClassPath() {
        OwnProgram program = OwnProgram.of("/somewhere/gavel-node.jar");

        assertThat(program.command(List.of("-Xmx64m"), List.of("node")))
            .containsSubsequence("-Xmx64m", "-cp", "/somewhere/gavel-node.jar", OwnProgram.MAIN_CLASS, "node")
            .first().asString().startsWith(System.getProperty("java.home"));
    }

    @Test
    void shouldSayWhatANodeThatCouldNotStartHadSaid() throws InterruptedException {
        try (NodeProcesses processes = new NodeProcesses(new OwnProgram(OwnProgram.current().java(), System.getProperty("java.class.path"), "no.such.Main"))) {
            LocalNode node = processes.start(new NodeLaunch("demo", 4711, null, "alpha", List.of(), List.of()));

            assertThatThrownBy(() -> node.awaitReady(60_000)).isInstanceOf(NodeFailedException.class)
                .hasMessageContaining("alpha").hasMessageContaining("no.such.Main");
        }
    }
}
