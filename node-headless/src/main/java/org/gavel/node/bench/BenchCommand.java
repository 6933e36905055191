package org.gavel.node.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.gavel.node.history.HistoryRecorder;
import org.gavel.node.processes.JvmFlags;
import org.gavel.node.processes.OwnProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: see the package. */
@Command(name = "bench", description = {"Measures bids a second, their latency, their CPU, and how long an auction is without its active after kill -9.",
    "Starts an INM and a group of 1 + 3 on this machine. Leave the machine alone meanwhile."},
    footer = {"", "Examples:", "  gavel-node bench", "  gavel-node bench --kills 20 --seconds 20", "  gavel-node bench --outstanding 16 --kills 0 --json",
        "  gavel-node bench idle"})
public final class BenchCommand implements Callable<Integer> {
    private static final int DEPTH_MAX = 1_024;
    private static final long SECONDS_MAX = 3_600;
    private static final int KILLS_MAX = 1_000;

    private static final String LOAD = "load";
    private static final String IDLE = "idle";

    @Spec
    CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MODE", defaultValue = LOAD, description = "load (default): bids and kills; idle: memory, CPU and start of a node without an auction")
    /** Text, not an enum: picocli would name a wrong value here before an unknown option in front of it. */
    String mode;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "15", description = "how long each number of outstanding bids is measured (default: ${DEFAULT-VALUE})")
    long seconds;

    @Option(names = "--warmup", paramLabel = "N", defaultValue = "25", description = "seconds of load before anything counts (default: ${DEFAULT-VALUE}); cold figures are 2 to 3 times lower")
    long warmupSeconds;

    @Option(names = "--outstanding", paramLabel = "N", split = ",", defaultValue = "1,16,128", description = "bids under way at the same time (default: ${DEFAULT-VALUE})")
    List<Integer> depths;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "5", description = "how often the active is killed under load (default: ${DEFAULT-VALUE})")
    int kills;

    @Option(names = "--no-crash-hints", description = "nodes wait for missed heartbeats, as they must where a machine fails and not only a process")
    boolean noCrashHints;

    @Option(names = "--node-flags", paramLabel = "FLAGS", description = "of the nodes' virtual machines, in place of the usual ones, in one argument")
    String nodeFlags;

    @Option(names = "--json", description = "print one JSON object a line")
    boolean json;

    @Option(names = "--history", paramLabel = "FILE", description = "write what the bidder asked and was told there, for 'check-history' (docs/HISTORIES.md)")
    Path history;

    private final Consumer<String> out;

    /** @param out where lines go */
    public BenchCommand(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(mode.equals(LOAD) || mode.equals(IDLE), "'" + mode + "' is no mode: load or idle");
        require(seconds >= 1 && seconds <= SECONDS_MAX, "--seconds is 1 to " + SECONDS_MAX + ", not " + seconds);
        require(warmupSeconds >= 0 && warmupSeconds <= SECONDS_MAX, "--warmup is 0 to " + SECONDS_MAX + ", not " + warmupSeconds);
        require(kills >= 0 && kills <= KILLS_MAX, "--kills is 0 to " + KILLS_MAX + ", not " + kills);
        require(depths.stream().allMatch(depth -> depth >= 1 && depth <= DEPTH_MAX), "--outstanding is 1 to " + DEPTH_MAX + " each");
        BenchReport report = new BenchReport(out, json);
        if (mode.equals(IDLE)) {
            new IdleBench(report, seconds * 1_000).run(OwnProgram.current());
        } else {
            List<String> flags = nodeFlags == null ? JvmFlags.FULL_SPEED : List.of(nodeFlags.strip().split("\\s+"));
            try (HistoryRecorder recorder = new HistoryRecorder(history == null ? Writer.nullWriter() : Files.newBufferedWriter(history),
                    () -> System.currentTimeMillis() * 1_000, "bench", false)) {
                new Bench(new BenchSettings(warmupSeconds * 1_000, seconds * 1_000, depths, kills, !noCrashHints, flags), report,
                    history == null ? null : recorder).run(OwnProgram.current());
            }
        }
        return 0;
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
