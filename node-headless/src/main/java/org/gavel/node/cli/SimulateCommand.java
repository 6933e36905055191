package org.gavel.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.gavel.node.simulation.campaign.Campaign;
import org.gavel.node.simulation.campaign.CampaignSettings;
import org.gavel.node.simulation.campaign.Run;
import org.gavel.node.simulation.campaign.RunResult;
import org.gavel.node.simulation.campaign.RunSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "simulate", description = {"Runs whole clusters on a simulated network, each seed with its own mix of faults, and checks after every step that nothing",
    "that must always be true is broken. Ends with 1 if a run fails, after showing how to repeat it and making it smaller."},
    footer = {"", "Examples:", "  gavel-node simulate --seeds 1..2000 --minutes 10 --nodes 8..16 --auctions 3 --clients 6", "  gavel-node simulate --seeds 17 --minutes 2.5 --nodes 9",
        "  gavel-node simulate --seeds 17 --minutes 2.5 --nodes 9 --faults 3,7",
        "  gavel-node simulate --seeds 17 --minutes 2.5 --nodes 9 --history run.jsonl"})
final class SimulateCommand implements Callable<Integer> {
    private static final int NODES_MIN = 4;
    private static final int NODES_MAX = 100;
    private static final int AUCTIONS_MAX = 20;
    private static final int CLIENTS_MAX = 100;
    private static final double MINUTES_MAX = 24 * 60;
    private static final int EVENTS_MAX = 1_000_000;
    private static final int SHRINK_RUNS = 400;

    @Spec
    CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "A..B", converter = RangeConverter.class, defaultValue = "1..100", description = "which seeds (default: ${DEFAULT-VALUE})")
    RangeConverter.Range seeds;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "10", description = "of simulated time, each run; the last 30 s are without faults (default: ${DEFAULT-VALUE})")
    double minutes;

    @Option(names = "--nodes", paramLabel = "A..B", converter = RangeConverter.class, defaultValue = "8..16", description = "server nodes at the start (default: ${DEFAULT-VALUE})")
    RangeConverter.Range nodes;

    @Option(names = "--auctions", paramLabel = "N", defaultValue = "3", description = "auctions at the same time (default: ${DEFAULT-VALUE})")
    int auctions;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "6", description = "bidders (default: ${DEFAULT-VALUE})")
    int clients;

    @Option(names = "--faults", paramLabel = "LIST", description = "only these faults of the seed's plan, by number, or 'none' (default: all)")
    String faults;

    @Option(names = "--jobs", paramLabel = "N", description = "runs at the same time (default: processors)")
    Integer jobs;

    @Option(names = "--keep-going", description = "name every failing seed instead of ending at the first")
    boolean keepGoing;

    @Option(names = "--history", paramLabel = "FILE", description = "of one seed: write what its clients asked and were told there, for 'check-history' (docs/HISTORIES.md)")
    Path history;

    @Option(names = "--events", paramLabel = "N", defaultValue = "" + Run.RECENT_EVENTS, description = "how many of its last events a failure shows (default: ${DEFAULT-VALUE})")
    int events;

    @Option(names = "--no-shrink", description = "do not look for a smaller run that fails alike")
    boolean noShrink;

    private final CommandContext context;

    SimulateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        CampaignSettings settings = settings();
        requirePlanned(settings);
        if (history != null) {
            write("");
        }
        SimulationReport report = new SimulationReport(context.lines()::out, context.interactive());
        AtomicReference<String> lines = new AtomicReference<>("");
        Campaign campaign = new Campaign(settings, report, run -> {
            RunResult result = Run.of(run, events);
            if (history != null && run.equals(settings.spec(seeds.first()))) {
                lines.set(result.history()); // not those of the smaller runs that a failure is sought in
            }
            return result;
        });
        report.begin(settings);
        List<RunResult> failures = campaign.run();
        if (history != null) {
            write(lines.get());
        }
        report.end(campaign.summary(), failures, campaign.missing());
        return failures.isEmpty() && campaign.missing().isEmpty() ? ExitCode.DONE : ExitCode.UNEXPECTED;
    }

    private void write(String lines) {
        try {
            Files.writeString(history, lines);
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "the history " + history + " cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private CampaignSettings settings() {
        require(minutes * 60_000 > RunSpec.HEALING_MS && minutes <= MINUTES_MAX, "--minutes is above 0.5 (the last half is without faults) and at most " + (long) MINUTES_MAX);
        require(nodes.first() >= NODES_MIN && nodes.last() <= NODES_MAX, "--nodes is " + NODES_MIN + " to " + NODES_MAX);
        require(auctions >= 1 && auctions <= AUCTIONS_MAX, "--auctions is 1 to " + AUCTIONS_MAX);
        require(clients >= 1 && clients <= CLIENTS_MAX, "--clients is 1 to " + CLIENTS_MAX);
        require(events >= 0 && events <= EVENTS_MAX, "--events is 0 to " + EVENTS_MAX);
        int threads = jobs == null ? Math.min(Campaign.JOBS_MAX, Runtime.getRuntime().availableProcessors()) : jobs;
        require(threads >= 1 && threads <= Campaign.JOBS_MAX, "--jobs is 1 to " + Campaign.JOBS_MAX);
        require(history == null || seeds.first() == seeds.last(), "--history is of one seed, such as --seeds 17: auctions of different runs have the same names");
        return new CampaignSettings(seeds.first(), seeds.last(), Math.round(minutes * 60_000), (int) nodes.first(), (int) nodes.last(), auctions, clients, faultNumbers(),
            threads, keepGoing, noShrink ? 0 : SHRINK_RUNS);
    }

    private List<Integer> faultNumbers() {
        if (faults == null) {
            return null;
        }
        require(faults.equals("none") || faults.matches("\\d{1,6}(,\\d{1,6})*"), "--faults is a list of numbers such as 3,7 or 'none', not '" + faults + "'");
        if (faults.equals("none")) {
            return List.of();
        }
        require(seeds.first() == seeds.last(), "--faults is of one seed, such as --seeds 17: every seed has a plan of its own");
        return Arrays.stream(faults.split(",")).map(Integer::valueOf).toList();
    }

    private void requirePlanned(CampaignSettings settings) {
        if (settings.faults() != null && !settings.faults().isEmpty()) {
            int planned = settings.plannedFaults(seeds.first());
            require(settings.faults().stream().allMatch(f -> f >= 1 && f <= planned), "seed " + seeds.first() + " has " + planned + " faults in that time, numbered from 1: --faults "
                + faults + " names others");
        }
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
