package org.gavel.protocol.host.simulation;

/**
 * What the simulated network does to every datagram, unless a route says worse.
 *
 * @param lossPercent      datagrams that never arrive
 * @param duplicatePercent datagrams that arrive twice
 * @param reorderPercent   datagrams held back for up to ten times the longest delay, so that later ones overtake them; all others
 *                         between two hosts arrive in the order they were sent
 * @param minDelayNs       shortest way, 1 or more
 * @param maxDelayNs       longest way
 * @param crashHints       whether the port of an ended process answers 'unreachable' to those who watch it
 * @param falseHintPercent datagrams to a watched, living peer that are answered by a forged 'unreachable'
 */
public record Faults(double lossPercent, double duplicatePercent, double reorderPercent, long minDelayNs, long maxDelayNs,
                     boolean crashHints, double falseHintPercent) {
    /** A quiet LAN: 0.05 to 0.3 ms, nothing lost. */
    public static final Faults NONE = new Faults(0, 0, 0, 50_000, 300_000, true, 0);

    public Faults {
        if (minDelayNs < 1 || maxDelayNs < minDelayNs) {
            throw new IllegalArgumentException("delays must be 1 ns or more, and the longest not below the shortest");
        }
    }

    public Faults withLoss(double percent) {
        return new Faults(percent, duplicatePercent, reorderPercent, minDelayNs, maxDelayNs, crashHints, falseHintPercent);
    }

    public Faults withDuplicates(double percent) {
        return new Faults(lossPercent, percent, reorderPercent, minDelayNs, maxDelayNs, crashHints, falseHintPercent);
    }

    public Faults withReordering(double percent) {
        return new Faults(lossPercent, duplicatePercent, percent, minDelayNs, maxDelayNs, crashHints, falseHintPercent);
    }

    public Faults withDelayNs(long minNs, long maxNs) {
        return new Faults(lossPercent, duplicatePercent, reorderPercent, minNs, maxNs, crashHints, falseHintPercent);
    }

    public Faults withCrashHints(boolean hints) {
        return new Faults(lossPercent, duplicatePercent, reorderPercent, minDelayNs, maxDelayNs, hints, falseHintPercent);
    }

    public Faults withFalseHints(double percent) {
        return new Faults(lossPercent, duplicatePercent, reorderPercent, minDelayNs, maxDelayNs, crashHints, percent);
    }
}
