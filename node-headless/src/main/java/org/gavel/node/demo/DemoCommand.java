package org.gavel.node.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.gavel.node.history.HistoryRecorder;
import org.gavel.node.processes.OwnProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: see the package. */
@Command(name = "demo", description = {"Starts node processes on this machine, runs an auction, kills its active and then the INM with signal 9, and gives a verdict.",
    "Takes about half a minute. Ends with 0 only if no accepted bid was lost or doubled. Leaves no process behind."},
    footer = {"", "Examples:", "  gavel-node demo", "  gavel-node demo --nodes 12", "  gavel-node demo --json"})
public final class DemoCommand implements Callable<Integer> {
    private static final long DURATION_S_MIN = 10;
    private static final long DURATION_S_MAX = 40;

    @Spec
    CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "7", description = "server nodes, 5 to 20 (default: ${DEFAULT-VALUE}); with 7, two are spare")
    int nodes;

    @Option(names = "--json", description = "print one JSON object a line")
    boolean json;

    @Option(names = "--duration", paramLabel = "SECONDS", defaultValue = "20", hidden = true, description = "how long the auction runs")
    long durationS;

    @Option(names = "--trace", paramLabel = "FILE", hidden = true, description = "write every trace event there, one JSON object a line")
    Path trace;

    @Option(names = "--history", paramLabel = "FILE", description = "write what the bidders asked and were told there, for 'check-history' (docs/HISTORIES.md)")
    Path history;

    private final Consumer<String> out;
    private final boolean terminal;
    private final Map<String, String> environment;

    /**
     * @param out         where lines go
     * @param terminal    whether they go to a terminal
     * @param environment of the process
     */
    public DemoCommand(Consumer<String> out, boolean terminal, Map<String, String> environment) {
        this.out = out;
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(nodes >= Cast.NODES_MIN && nodes <= Cast.NODES_MAX, "--nodes is " + Cast.NODES_MIN + " to " + Cast.NODES_MAX + ", not " + nodes
            + ": an INM, an active and three followers at least");
        require(durationS >= DURATION_S_MIN && durationS <= DURATION_S_MAX, "--duration is " + DURATION_S_MIN + " to " + DURATION_S_MAX + " seconds");
        DemoReport report = json ? new JsonReport(out) : new TextReport(out, new Ink(terminal, environment));
        try (HistoryRecorder recorder = new HistoryRecorder(history == null ? Writer.nullWriter() : Files.newBufferedWriter(history),
                () -> System.currentTimeMillis() * 1_000, "demo", false);
             Demo demo = new Demo(OwnProgram.current(), nodes, durationS * 1_000, report, recorder)) {
            boolean held = demo.run();
            if (trace != null) {
                Files.write(trace, demo.traceLines());
            }
            return held ? 0 : 1;
        }
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
