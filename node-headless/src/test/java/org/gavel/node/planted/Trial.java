package org.gavel.node.planted;

import org.gavel.node.replication.GroupStorm;
import org.gavel.node.simulation.campaign.Run;
import org.gavel.node.simulation.campaign.RunResult;
import org.gavel.node.simulation.campaign.RunSpec;

/**
 * One seed of one profile, within the classes that {@link PatchedClasses} defines; called by reflection, so all that crosses is text.
 */
public final class Trial {
    private static final long DURATION_MS = 90_000;

    private Trial() { }

    /**
     * Runs a seed.
     *
     * @return null if all invariants held; else the broken one's name, the simulated time in ms and the sentence
     */
    public static String[] run(String profile, long seed) {
        return switch (profile) {
            case "group" -> GroupStorm.run(seed);
            case "links" -> LinkStorm.run(seed);
            case "cluster" -> cluster(seed);
            default -> throw new IllegalArgumentException("there is no profile '" + profile + "'");
        };
    }

    private static String[] cluster(long seed) {
        RunResult result = Run.of(new RunSpec(seed, DURATION_MS, 7 + (int) (seed % 3), 2, 3, null), world -> Rival.enter(world, seed));
        return result.failed() ? new String[] {result.invariant(), Long.toString(result.simulatedMs()), result.sentence()} : null;
    }
}
