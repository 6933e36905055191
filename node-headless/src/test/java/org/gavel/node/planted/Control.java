package org.gavel.node.planted;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The same seeds without a bug: what fails here, too, proves nothing about a planted one. */
final class Control {
    private record Key(String profile, long seed) { }

    private final Map<String, Hunt> sound = new ConcurrentHashMap<>();
    private final Map<Key, Boolean> passes = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** True if the seed shows nothing without a bug. */
    boolean passes(String profile, long seed) {
        return passes.computeIfAbsent(new Key(profile, seed), key -> {
            Hunt.Catch failure = sound.computeIfAbsent(profile, Hunt::sound).hunt(seed, 1);
            if (failure != null) {
                failures.add(profile + ": seed " + seed + " fails without a bug, too: " + failure);
            }
            return failure == null;
        });
    }

    /** Seeds that failed without a bug: of production code or of the harness, and worth a look in any case. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** The first of {@code seeds} seeds that fails with the bug and passes without; null if there is none. */
    Hunt.Catch hunt(PlantedBug bug, long first, long seeds) {
        Hunt planted = Hunt.of(bug);
        long next = first;
        Hunt.Catch caught = planted.hunt(next, seeds);
        while (caught != null && !passes(bug.profile(), caught.seed())) {
            next = caught.seed() + 1;
            caught = planted.hunt(next, first + seeds - next);
        }
        return caught;
    }
}
