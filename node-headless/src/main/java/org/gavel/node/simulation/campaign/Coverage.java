package org.gavel.node.simulation.campaign;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often what was really met: faults, crashes by role, recovery paths. */
public final class Coverage {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        count(what, 1);
    }

    void count(String what, long times) {
        if (times > 0) {
            counts.merge(what, times, Long::sum);
        }
    }

    void add(Coverage other) {
        other.counts.forEach(this::count);
    }

    public long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Everything met, by name. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** Those of {@code wanted} that were never met. */
    List<String> missing(List<String> wanted) {
        return wanted.stream().filter(w -> of(w) == 0).toList();
    }
}
