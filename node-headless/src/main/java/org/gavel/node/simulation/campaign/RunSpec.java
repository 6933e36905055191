package org.gavel.node.simulation.campaign;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All that one run depends on.
 *
 * @param durationMs simulated, the last 30 s are without faults
 * @param faults     numbers of the plan's faults to inject; null: all
 */
public record RunSpec(long seed, long durationMs, int nodes, int auctions, int clients, List<Integer> faults) {
    /** The quiet end of every run. */
    public static final long HEALING_MS = 30_000;

    public RunSpec {
        faults = faults == null ? null : List.copyOf(faults);
    }

    RunSpec withDurationMs(long ms) {
        return new RunSpec(seed, ms, nodes, auctions, clients, faults);
    }

    RunSpec withNodes(int count) {
        return new RunSpec(seed, durationMs, count, auctions, clients, faults);
    }

    RunSpec withAuctions(int count) {
        return new RunSpec(seed, durationMs, nodes, count, clients, faults);
    }

    RunSpec withClients(int count) {
        return new RunSpec(seed, durationMs, nodes, auctions, count, faults);
    }

    RunSpec withFaults(Collection<Integer> numbers) {
        return new RunSpec(seed, durationMs, nodes, auctions, clients, List.copyOf(numbers));
    }

    /** When the faults stop. */
    long quietFromMs() {
        return durationMs - HEALING_MS;
    }

    /** The command that runs exactly this. */
    public String command() {
        String only = faults == null ? "" : " --faults " + (faults.isEmpty() ? "none" : faults.stream().map(String::valueOf).collect(Collectors.joining(",")));
        String minutes = String.format(Locale.ROOT, "%.5f", durationMs / 60_000.0).replaceAll("\\.?0+$", "");
        return "java -jar gavel-node.jar simulate --seeds " + seed + " --minutes " + minutes + " --nodes " + nodes + " --auctions " + auctions + " --clients "
            + clients + only;
    }
}
