package org.gavel.desktop.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.gavel.desktop.feed.DemoCluster;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.WatchedCluster;
import org.gavel.protocol.host.udp.BindAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the program begins and ends, and that it leaves no process behind. */
class WindowProcessIT {
    private static final int DEMO_NODES = 7;
    /** Those and the window itself, which is the second of two processes: the first has bounded its memory. */
    private static final int UNDER_IT = DEMO_NODES + 1;
    private static final int USAGE = 2;
    /** What the Java machine reports of a process that signal 9 has ended: 128 + 9. */
    private static final int KILLED = 137;

    @TempDir
    Path home;

    @Test
    void shouldTakeItsNodesAlongWhenItIsKilled() throws Exception {
        try (WindowProcess window = WindowProcess.start(home, true, "--demo")) {
            List<ProcessHandle> all = window.awaitChildren(UNDER_IT);
            ProcessHandle node = all.stream().filter(WindowProcessIT::isNode).findFirst().orElseThrow();
            try (WatchedCluster watched = WatchedCluster.open(BindAddress.resolve("loopback"), port(node), List.of(), DemoCluster.CLUSTER)) {
                assertThat(watched.await(cluster -> cluster.isSettled(DEMO_NODES), WindowProcess.PATIENCE_S * 1_000)).as("a ring of seven").isTrue();
            }
            window.kill();
            window.awaitChildrenGone();
        }
    }

    @Test
    void shouldTakeItsNodesAlongWhenOnlyTheWindowsOwnProcessIsKilled() throws Exception {
        try (WindowProcess window = WindowProcess.start(home, true, "--demo")) {
            List<ProcessHandle> all = window.awaitChildren(UNDER_IT);
            all.stream().filter(process -> !isNode(process)).findFirst().orElseThrow().destroyForcibly();
            window.awaitChildrenGone();
            assertThat(window.awaitExit()).as("it tells that it was killed").isEqualTo(KILLED);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldEndWithTheFirstProcessThoughNobodyCollectsIt() throws Exception {
        try (WindowProcess window = WindowProcess.startUncollected(home, "--port", String.valueOf(NodeProcesses.freePort()))) {
            // One of them has started the other. Whoever reads the program's output to its end, as shells do, collects the first only after the second.
            ProcessHandle second = window.awaitChildren(2).stream().filter(process -> process.parent().flatMap(ProcessHandle::parent).map(ProcessHandle::pid)
                .equals(Optional.of(window.pid()))).findFirst().orElseThrow();
            second.parent().orElseThrow().destroyForcibly();
            window.awaitEnd(second);
        }
    }

    private static boolean isNode(ProcessHandle process) {
        return Arrays.asList(process.info().arguments().orElseThrow()).contains("node");
    }

    /** Of the demo's cluster, which it has chosen by itself. */
    private static int port(ProcessHandle node) {
        List<String> arguments = Arrays.asList(node.info().arguments().orElseThrow());
        return Integer.parseInt(arguments.get(arguments.indexOf("--port") + 1));
    }

    @Test
    void shouldTakeItsNodesAlongWhenItIsAskedToEndWhileTheyStart() throws Exception {
        try (WindowProcess window = WindowProcess.start(home, true, "--demo")) {
            window.awaitChildren(UNDER_IT);
            window.terminate();
            window.awaitExit();
            window.awaitChildrenGone();
        }
    }

    @Test
    void shouldPlayTheDemoInTheTerminalWithoutADisplayAndSaySo() throws Exception {
        try (WindowProcess demo = WindowProcess.start(home, false, "--demo")) {
            demo.awaitOutput("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): the demo plays in the terminal.");
            demo.awaitOutput("Gavel demo: " + DEMO_NODES + " node processes");
            demo.awaitChildren(DEMO_NODES);
            demo.kill();
            demo.awaitChildrenGone();
        }
    }

    @Test
    void shouldSayWhatCanBeDoneWithoutADisplay() throws Exception {
        try (WindowProcess window = WindowProcess.start(home, false)) {
            assertThat(window.awaitExit()).isEqualTo(USAGE);
            assertThat(window.output()).contains("There is no display").contains("--snapshot FILE.png").contains("--demo");
        }
    }

    @Test
    void shouldDrawAScreenIntoAFileWithoutADisplay() throws Exception {
        Path picture = home.resolve("auctions.png");
        try (WindowProcess window = WindowProcess.start(home, false, "--snapshot", picture.toString(), "--screen", "auctions", "--theme", "dark", "--size", "1000x700",
            "--port", String.valueOf(NodeProcesses.freePort()))) {
            assertThat(window.awaitExit()).as(window.output()).isZero();
            assertThat(window.output()).as("what the Java machine thinks of its flags").doesNotContain("[warning]");
        }
        BufferedImage drawn = ImageIO.read(picture.toFile());
        assertThat(drawn.getWidth()).isEqualTo(1_000);
        assertThat(drawn.getHeight()).isEqualTo(700);
        int[] pixels = drawn.getRGB(0, 0, drawn.getWidth(), drawn.getHeight(), null, 0, drawn.getWidth());
        assertThat(Arrays.stream(pixels).distinct().count()).as("more than an empty window").isGreaterThan(10);
        assertThat(Arrays.stream(pixels).map(rgb -> rgb >> 8 & 0xFF).average().orElseThrow()).as("dark").isLessThan(100);
    }
}
