package org.gavel.desktop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;
import org.gavel.node.processes.OwnProgram;

/**
 * Keeps the window's memory small. A Java machine takes up to a quarter of the computer's memory before it tidies up, and a jar cannot say
 * that it wants less: so the program starts itself once more with a bound, and waits. Whoever gives {@code -Xmx} has chosen and is left alone.
 * The second process ends with the first, however that ends, and the first with the second.
 */
final class SmallMemory {
    /**
     * A ring of 100 nodes with 500 events a second used 74 to 179 MB of it (docs/BENCHMARKS.md); the toolkit and the machine itself take as much
     * again outside of it. The heap grows only as far as it is needed.
     */
    static final List<String> FLAGS = List.of("-Xms32m", "-Xmx208m", "-XX:MaxNewSize=40m", "-XX:+UseSerialGC", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40",
        "-XX:-UsePerfData");
    /** Each thread would have a reserve of its own outside of the heap. */
    static final String ARENAS = "MALLOC_ARENA_MAX";
    /** Set in the second process: its standard input is a pipe from the first. */
    private static final String SECOND = "gavel.second";
    /** A toolkit that does not end in this time is not waited for. */
    private static final long END_MS = 5_000;

    private SmallMemory() { }

    /** Nothing bounds this process's memory but the machine's. */
    static boolean isToBeBounded() {
        return System.getProperty(SECOND) == null && machineFlags().stream().noneMatch(flag -> flag.startsWith("-Xmx") || flag.startsWith("-XX:MaxRAM")
            || flag.startsWith("-XX:MaxHeapSize"));
    }

    /**
     * Starts the same program once more, with a bound, and waits for its end.
     *
     * @return its exit code
     * @throws UncheckedIOException if the operating system refuses
     */
    static int startAgain(Class<?> main, List<String> arguments) {
        OwnProgram program = new OwnProgram(OwnProgram.current().java(), OwnProgram.current().classPath(), main.getName());
        List<String> flags = new ArrayList<>(machineFlags());
        flags.addAll(FLAGS);
        flags.add("-D" + SECOND + "=true");
        try {
            // Standard input stays a pipe that is never written: its end tells the second process that this one is gone, even while nobody collects what is left of it.
            ProcessBuilder second = new ProcessBuilder(program.command(flags, arguments)).redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
            second.environment().putIfAbsent(ARENAS, "2");
            return second.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("the window's process cannot be started (" + e.getMessage() + "); start it with -Xmx208m, then no second one is needed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** In the second process: it does not outlive the first. */
    static void endWithTheFirst() {
        if (System.getProperty(SECOND) == null) {
            return;
        }
        Thread watch = new Thread(() -> {
            awaitEndOfInput();
            // The toolkit first, so that no picture is sent to a renderer that is gone. With it ends all that is no daemon, and so the process.
            Platform.exit();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(END_MS));
            System.exit(0);
        }, "end-with-the-first");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever written.
            }
        } catch (IOException e) {
            System.err.println("the first process cannot be heard (" + e.getMessage() + "): this one ends");
        }
    }

    /** As they were given to this process; agents and debuggers are not for two. */
    private static List<String> machineFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")).toList();
    }
}
