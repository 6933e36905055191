package org.gavel.node.simulation.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes a failing run small while it still breaks the same invariant: shorter, then with fewer faults (delta debugging), nodes, auctions and clients. What is
 * found need not be the smallest there is.
 */
final class Shrinker {
    private static final int NODES_MIN = 5;

    private final Function<RunSpec, RunResult> runs;
    private final Consumer<RunResult> onSmaller;
    private int left;
    private RunResult best;

    /**
     * @param runs      plays a spec
     * @param runsMax   how many it may play
     * @param onSmaller told of every smaller one
     */
    Shrinker(Function<RunSpec, RunResult> runs, int runsMax, Consumer<RunResult> onSmaller) {
        this.runs = runs;
        this.left = runsMax;
        this.onSmaller = onSmaller;
    }

    /** The smallest found; {@code failed} itself if nothing smaller fails alike. */
    RunResult shrink(RunResult failed) {
        best = failed;
        shorten();
        RunResult before;
        do {
            before = best;
            fewerFaults();
            while (best.spec().nodes() > NODES_MIN && tries(best.spec().withNodes(best.spec().nodes() - 1))) { }
            while (best.spec().auctions() > 1 && tries(best.spec().withAuctions(best.spec().auctions() - 1))) { }
            while (best.spec().clients() > 1 && tries(best.spec().withClients(best.spec().clients() - 1))) { }
            shorten();
        } while (best != before && left > 0);
        return best;
    }

    private void shorten() {
        // What comes after the failure did not cause it; a run needs its quiet end.
        long enoughMs = best.simulatedMs() + RunSpec.HEALING_MS + 1;
        if (enoughMs < best.spec().durationMs()) {
            tries(best.spec().withDurationMs(enoughMs));
        }
        for (int parts = 2; parts <= 8; parts *= 2) {
            long shorterMs = best.spec().durationMs() - best.spec().quietFromMs() / parts;
            while (shorterMs > RunSpec.HEALING_MS + 1_000 && tries(best.spec().withDurationMs(shorterMs))) {
                shorterMs = best.spec().durationMs() - best.spec().quietFromMs() / parts;
            }
        }
    }

    private void fewerFaults() {
        int chunk = Math.max(1, best.faults().size() / 2);
        while (left > 0) {
            boolean smaller = false;
            for (int from = 0; from < best.faults().size() && left > 0; ) {
                List<Integer> fewer = new ArrayList<>(best.faults());
                fewer.subList(from, Math.min(fewer.size(), from + chunk)).clear();
                if (tries(best.spec().withFaults(fewer))) {
                    smaller = true;
                } else {
                    from += chunk;
                }
            }
            if (!smaller && chunk == 1) {
                return;
            }
            chunk = Math.max(1, chunk / 2);
        }
    }

    private boolean tries(RunSpec spec) {
        if (left-- <= 0) {
            return false;
        }
        RunResult result = runs.apply(spec);
        if (!result.failed() || !result.invariant().equals(best.invariant())) {
            return false;
        }
        best = result;
        onSmaller.accept(result);
        return true;
    }
}
