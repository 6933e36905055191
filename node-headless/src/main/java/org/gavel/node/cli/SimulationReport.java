package org.gavel.node.cli;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gavel.node.simulation.campaign.Campaign;
import org.gavel.node.simulation.campaign.CampaignSettings;
import org.gavel.node.simulation.campaign.RunResult;

/** What a person sees of a campaign: a bar while it runs, a failure with all that is needed to look into it, and what was met at the end. */
final class SimulationReport implements Campaign.Listener {
    private static final int BAR = 30;
    private static final long TERMINAL_EVERY_NS = 1_000_000_000L;
    private static final long FILE_EVERY_NS = 20_000_000_000L;

    private final Consumer<String> out;
    private final long everyNs;
    private long shownNs = System.nanoTime();

    SimulationReport(Consumer<String> out, boolean terminal) {
        this.out = out;
        everyNs = terminal ? TERMINAL_EVERY_NS : FILE_EVERY_NS;
    }

    void begin(CampaignSettings settings) {
        out.accept("seeds " + settings.firstSeed() + ".." + settings.lastSeed() + ", " + settings.durationMs() / 60_000.0 + " simulated minutes each, "
            + settings.nodesMin() + ".." + settings.nodesMax() + " nodes, " + settings.auctions() + " auctions, " + settings.clients() + " clients, " + settings.jobs() + " at a time");
    }

    @Override
    public void onProgress(Campaign.Summary soFar) {
        if (System.nanoTime() - shownNs >= everyNs || soFar.done() == soFar.of()) {
            shownNs = System.nanoTime();
            out.accept(line(soFar));
        }
    }

    private static String line(Campaign.Summary soFar) {
        int filled = (int) (BAR * soFar.done() / soFar.of());
        return String.format(Locale.ROOT, "[%s%s] %d of %d seeds, %.1f simulated hours, %.1f a minute%s", "#".repeat(filled), ".".repeat(BAR - filled), soFar.done(), soFar.of(),
            soFar.simulatedHours(), soFar.rate(), soFar.failed() == 0 ? "" : ", " + soFar.failed() + " FAILED");
    }

    @Override
    public void onFailure(RunResult failure) {
        out.accept("FAILED seed " + failure.spec().seed() + " at " + failure.simulatedMs() + " ms: " + failure.sentence());
        out.accept("  repeat: " + failure.spec().command());
    }

    @Override
    public void onSmaller(RunResult failure) {
        out.accept("  smaller: " + failure.spec().nodes() + " nodes, " + failure.faults().size() + " faults, " + failure.simulatedMs() + " ms");
    }

    void end(Campaign.Summary summary, List<RunResult> failures, List<String> missing) {
        if (!failures.isEmpty()) {
            showFailure(failures.get(0));
        }
        out.accept("");
        out.accept("met:");
        new TreeMap<>(summary.coverage().counts()).forEach((what, times) -> out.accept(String.format(Locale.ROOT, "  %12d  %s", times, what)));
        missing.forEach(what -> out.accept("NEVER MET: " + what));
        out.accept("");
        out.accept(line(summary) + "; " + summary.twice() + " seeds ran twice and were the same");
        out.accept(failures.isEmpty() && missing.isEmpty() ? "nothing is broken" : failures.isEmpty() ? "some paths were never met" : failures.size() + " seeds failed");
    }

    private void showFailure(RunResult failure) {
        out.accept("");
        out.accept("seed " + failure.spec().seed() + ", " + failure.simulatedMs() + " ms of simulated time, invariant " + failure.invariant());
        out.accept("  " + failure.sentence());
        out.accept("the last events:");
        failure.recentEvents().forEach(event -> out.accept("  " + event));
        out.accept("the nodes:");
        failure.states().forEach(state -> out.accept("  " + state));
        out.accept("repeat with:");
        out.accept("  " + failure.spec().command());
    }
}
