package org.gavel.node.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** The figures, as a table for people or one JSON object a line. */
final class BenchReport {
    private static final Gson GSON = new Gson();
    private static final double NS_PER_MS = 1e6;

    private final Consumer<String> out;
    private final boolean json;

    BenchReport(Consumer<String> out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void begin(String what, Machine machine, List<String> jvmFlags) {
        if (json) {
            line("begin", "what", what, "machine", machine.toString(), "nodeFlags", String.join(" ", jvmFlags));
        } else {
            out.accept(what);
            out.accept("machine: " + machine);
            out.accept("nodes:   java " + String.join(" ", jvmFlags));
            out.accept("");
        }
    }

    void loadHead() {
        if (!json) {
            out.accept(String.format("%11s  %9s  %8s  %8s  %8s  %15s", "outstanding", "bids/s", "p50 ms", "p99 ms", "max ms", "CPU us per bid"));
        }
    }

    /** @param cpuNs of all processes */
    void load(int depth, Load.Result result, long cpuNs) {
        Histogram latency = result.latencyNs();
        double cpuMicros = cpuNs / 1e3 / Math.max(1, result.bids());
        double p50 = latency.getValueAtPercentile(50) / NS_PER_MS;
        double p99 = latency.getValueAtPercentile(99) / NS_PER_MS;
        double max = latency.getMaxValue() / NS_PER_MS;
        if (json) {
            line("load", "outstanding", depth, "bidsPerSecond", Math.round(result.bidsPerSecond()), "p50Ms", rounded(p50), "p99Ms", rounded(p99), "maxMs",
                rounded(max), "cpuMicrosPerBid", rounded(cpuMicros), "bids", result.bids(), "rejected", result.rejected());
        } else {
            out.accept(String.format(Locale.ROOT, "%11d  %9d  %8.2f  %8.2f  %8.1f  %15.1f%s", depth, Math.round(result.bidsPerSecond()), p50, p99, max,
                cpuMicros, result.rejected() == 0 ? "" : "  (" + result.rejected() + " rejected!)"));
        }
    }

    void kill(int number, long ms) {
        if (json) {
            line("kill", "number", number, "takeOverMs", ms);
        } else {
            out.accept(String.format("kill %2d of the active under load: next accepted bid after %d ms", number, ms));
        }
    }

    void kills(long[] takeOversMs) {
        long[] sorted = takeOversMs.clone();
        Arrays.sort(sorted);
        long median = sorted[sorted.length / 2];
        long max = sorted[sorted.length - 1];
        if (json) {
            line("kills", "count", sorted.length, "medianMs", median, "minMs", sorted[0], "maxMs", max);
        } else {
            out.accept(String.format("%d kills: median %d ms, from %d to %d ms", sorted.length, median, sorted[0], max));
        }
    }

    void idle(String name, long readyMs, long firstDatagramMs, long rssKb, double cpuShare) {
        if (json) {
            line("idle", "node", name, "readyMs", readyMs, "firstDatagramMs", firstDatagramMs, "rssMb", rounded(rssKb / 1024.0), "cpuPercent", rounded(cpuShare * 100));
        } else {
            out.accept(String.format(Locale.ROOT, "%-8s  ready after %5d ms, first datagram after %5d ms, %6.1f MB RSS, %5.2f %% of a core",
                name, readyMs, firstDatagramMs, rssKb / 1024.0, cpuShare * 100));
        }
    }

    void note(String sentence) {
        if (json) {
            line("note", "sentence", sentence);
        } else {
            out.accept(sentence);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private void line(String event, Object... fields) {
        JsonObject object = new JsonObject();
        object.addProperty("event", event);
        for (int i = 0; i < fields.length; i += 2) {
            object.add((String) fields[i], GSON.toJsonTree(fields[i + 1]));
        }
        out.accept(GSON.toJson(object));
    }
}
