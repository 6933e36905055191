package org.gavel.node.simulation.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a seed makes of a run: how machines are shared, and which faults come when.
 *
 * @param nodes    machines at first
 * @param machines how nodes share machines, whose processes know each other's end for certain
 * @param founding whether faults of the network begin at once, and fall into the founding
 * @param joining  machines that faults may add to the first ones; further ones are spared
 * @param founders members that a ring must have had before it sells: above half of all machines, as protocol.md section 4 asks of the operator, or two rings of one
 *                 run may both sell, and stay apart
 */
record Plan(int nodes, Machines machines, boolean founding, int joining, int founders, List<PlannedFault> faults) {
    private static final long STREAM = 0x51AB_1E5E_ED00_0001L;
    private static final long FIRST_AT_MS = 8_000;
    private static final long GAP_MIN_MS = 2_500;
    private static final long GAP_MAX_MS = 16_000;

    /** Where nodes run. */
    enum Machines { OWN, PAIRS, ONE }

    static Plan of(RunSpec spec) {
        SplittableRandom dice = new SplittableRandom(spec.seed() ^ STREAM);
        Machines machines = Machines.values()[dice.nextInt(3)];
        boolean founding = dice.nextInt(3) == 0;
        long gapMs = GAP_MIN_MS + dice.nextLong(GAP_MAX_MS - GAP_MIN_MS);
        List<PlannedFault> faults = new ArrayList<>();
        long atMs = founding ? 0 : FIRST_AT_MS;
        int joining = 0;
        for (int number = 1; ; number++) {
            atMs += number == 1 ? dice.nextLong(1_000) : 1 + dice.nextLong(2 * gapMs);
            FaultKind kind = FaultKind.drawn(dice);
            long seed = dice.nextLong();
            if (atMs >= spec.quietFromMs()) {
                joining = Math.min(joining, spec.nodes() / 2);
                return new Plan(spec.nodes(), machines, founding, joining, (spec.nodes() + joining) / 2 + 1, List.copyOf(faults));
            }
            joining += kind.addsMachine() ? 1 : 0; // also of those left out, so that a smaller run begins like the whole one
            if (spec.faults() == null || spec.faults().contains(number)) {
                faults.add(new PlannedFault(number, atMs, kind, seed));
            }
        }
    }

    /** Those at first, and all that may come. */
    int machinesMax() {
        return nodes + joining;
    }

    String machineOf(int node) {
        return switch (machines) {
            case OWN -> "machine-of-node-" + node;
            case PAIRS -> "machine-of-nodes-" + node / 2;
            case ONE -> "the-machine";
        };
    }
}
