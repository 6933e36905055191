package org.gavel.node.simulation.campaign;

import java.util.List;

/**
 * What a campaign is told.
 *
 * @param firstSeed  the first one
 * @param lastSeed   the last one
 * @param durationMs of each run, simulated
 * @param nodesMin   fewest nodes of a run
 * @param nodesMax   most
 * @param faults     numbers of the faults to inject; null: all that the plan has
 * @param jobs       threads
 * @param keepGoing  whether to go on after a failure, naming each and shrinking none but the first
 * @param shrinkRuns runs that the shrinker may use; 0: none
 */
public record CampaignSettings(long firstSeed, long lastSeed, long durationMs, int nodesMin, int nodesMax, int auctions, int clients, List<Integer> faults,
                               int jobs, boolean keepGoing, int shrinkRuns) {
    /** What the seed makes of these. */
    public RunSpec spec(long seed) {
        int nodes = nodesMin + (int) Math.floorMod(seed * 7 + seed / 11, (long) nodesMax - nodesMin + 1);
        return new RunSpec(seed, durationMs, nodes, auctions, clients, faults);
    }

    /** How many faults the whole plan of that seed has. */
    public int plannedFaults(long seed) {
        RunSpec spec = spec(seed);
        return Plan.of(new RunSpec(seed, durationMs, spec.nodes(), auctions, clients, null)).faults().size();
    }

    long seeds() {
        return lastSeed - firstSeed + 1;
    }
}
