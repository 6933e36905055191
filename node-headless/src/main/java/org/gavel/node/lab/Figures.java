package org.gavel.node.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What all rounds of a run have shown, by scenario. */
final class Figures {
    private final Map<String, List<RoundResult>> rounds = new LinkedHashMap<>();

    void add(RoundResult round) {
        rounds.computeIfAbsent(round.scenario(), name -> new ArrayList<>()).add(round);
    }

    boolean allHeld() {
        return rounds.values().stream().allMatch(of -> of.stream().allMatch(RoundResult::held));
    }

    /** A table in Markdown. */
    List<String> table() {
        List<String> lines = new ArrayList<>(List.of("| scenario | rounds held | bids accepted + rejected | take-over ms: p50, p99, max (n) | healed ms: p50, p99, max (n) |",
            "| --- | --- | --- | --- | --- |"));
        rounds.forEach((name, of) -> lines.add("| " + name + " | " + of.stream().filter(RoundResult::held).count() + " of " + of.size() + " | "
            + of.stream().mapToLong(RoundResult::accepted).sum() + " + " + of.stream().mapToLong(RoundResult::rejected).sum() + " | "
            + percentiles(of, RoundResult::takeOverMs) + " | " + percentiles(of, RoundResult::healMs) + " |"));
        return lines;
    }

    private static String percentiles(List<RoundResult> of, Function<RoundResult, List<Long>> figure) {
        List<Long> sorted = of.stream().flatMap(round -> figure.apply(round).stream()).sorted().toList();
        return sorted.isEmpty() ? "-" : percentile(sorted, 50) + ", " + percentile(sorted, 99) + ", " + percentile(sorted, 100) + " (" + sorted.size() + ")";
    }

    /** Nearest rank: the least value that so many of a hundred do not exceed. */
    static long percentile(List<Long> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(Math.max(1, rank) - 1);
    }
}
