package org.gavel.protocol.heartbeat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gavel.protocol.identity.NodeRef;

/** All that the detector knows of one peer. */
final class Watched {
    /**
     * Between two verifications of one peer by hints; four times as long for each one that was refuted, up to 3,200. Without it, forged hints feed on
     * themselves: each verification sends some ten datagrams, and every one of them may be answered by another forged hint, here or at a helper.
     */
    static final long HINTS_QUIET_MS = 50;
    private static final int HINTS_QUIET_FACTORS_MAX = 3;
    /** A peer without hints for so long has its first patience back. */
    static final long HINTS_FORGIVEN_MS = 5_000;

    final NodeRef peer;
    /** Who asked for it; watched while one is left. */
    final Set<String> reasons = new LinkedHashSet<>();
    long lastHeardMs;
    boolean dead;
    boolean knownEnded;
    boolean saidGoodbye;
    /** Null while nobody doubts it. */
    Verification verification;
    /** Probes of the verification that a sign of life ended last: an answer to one of them is an answer still. */
    List<Long> clearedNonces = List.of();
    /** A mere message, no answer to a probe, ended the last verification after a hint. */
    boolean unconfirmed;
    /** Until then hints are only noted. */
    long hintsQuietUntilMs = Long.MIN_VALUE / 2;
    /** Hints taken up in a row. */
    private int hintsTaken;
    /** The sentence of a hint that came in the quiet time, or null. */
    String notedHint;

    Watched(NodeRef peer, long nowMs) {
        this.peer = peer;
        this.lastHeardMs = nowMs;
    }

    /** True if a hint counts now, and the next one has to wait; false if this one has to, and is noted. */
    boolean takesUp(String hint, long nowMs) {
        if (nowMs < hintsQuietUntilMs) {
            notedHint = hint;
            return false;
        }
        hintsTaken = nowMs - hintsQuietUntilMs > HINTS_FORGIVEN_MS ? 0 : hintsTaken + 1;
        hintsQuietUntilMs = nowMs + (HINTS_QUIET_MS << 2 * Math.min(hintsTaken, HINTS_QUIET_FACTORS_MAX));
        return true;
    }

    /** Silent for too long, and nobody asks it yet. */
    boolean isDue(long nowMs, HeartbeatSettings settings) {
        long patienceMs = saidGoodbye ? HINTS_QUIET_MS : settings.periodMs() * settings.missedMax();
        return !dead && verification == null && nowMs - lastHeardMs >= patienceMs;
    }
}
