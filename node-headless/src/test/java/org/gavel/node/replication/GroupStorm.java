package org.gavel.node.replication;

import org.gavel.protocol.host.simulation.Faults;

/**
 * The campaign against one replicated group alone: take-overs, crashes, restarts with and without disk, cuts, slow links, changes of acceptors, far more
 * often than any cluster would see them. Each seed draws one of six kinds of trouble. See {@link ReplicationDriver}.
 */
public final class GroupStorm {
    private static final int STEPS = 300;
    private static final int KINDS = 6;
    private static final int ENDING = 2;
    private static final int LOSSY = 3;

    private GroupStorm() { }

    /** @return null if all invariants held; else the broken one's name, the simulated time in ms and the sentence */
    public static String[] run(long seed) {
        int kind = (int) (seed % KINDS);
        ReplicationDriver driver = driver(kind, seed);
        try {
            if (kind == LOSSY) {
                driver.cluster.network.faults(Faults.NONE.withLoss(10).withDuplicates(5).withReordering(5));
            }
            driver.trouble(kind == LOSSY ? STEPS / 2 : STEPS);
            driver.cluster.network.faults(Faults.NONE);
            if (kind == ENDING) {
                driver.calm();
            } else {
                driver.heal();
            }
            return null;
        } catch (AssertionError | RuntimeException broken) {
            return new String[] {name(broken), Long.toString((long) driver.cluster.network.nowMs()), broken.toString()};
        }
    }

    private static ReplicationDriver driver(int kind, long seed) {
        return switch (kind) {
            case 0 -> new ReplicationDriver(seed, 6, new long[] {1, 2, 3}, false);
            case 1 -> new ReplicationDriver(seed, 5, new long[] {1, 2, 3, 4}, false);
            case ENDING -> new ReplicationDriver(seed, 6, new long[] {1, 2, 3, 4}, true);
            case LOSSY -> new ReplicationDriver(seed, 5, new long[] {1, 2, 3}, false, true);
            case 4 -> new ReplicationDriver(seed, 6, new long[] {1, 2, 3}, false).with(ReplicationDriver.Mix.CHANGES);
            default -> new ReplicationDriver(seed, 4, new long[] {1, 2, 3}, false).with(ReplicationDriver.Mix.TAKE_OVERS);
        };
    }

    /** The judge's sentences begin with the invariant's name and a colon, in brackets where AssertJ made them. */
    private static String name(Throwable broken) {
        if (broken instanceof InvariantViolation violation) {
            return violation.invariant();
        }
        String sentence = String.valueOf(broken.getMessage()).strip();
        String named = sentence.startsWith("[") ? sentence.substring(1) : sentence;
        int colon = named.indexOf(':');
        return broken instanceof AssertionError && colon > 0 && named.substring(0, colon).matches("[a-z-]+") ? named.substring(0, colon) : "no-exception";
    }
}
