package org.gavel.protocol.heartbeat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gavel.protocol.identity.NodeRef;

/** All that the detector knows of one peer. */
final class Watched {
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
    /** Until then hints are only noted: it has just answered a probe. */
    long hintsQuietUntilMs;
    /** A hint that came in the quiet time, or null. */
    HintKind notedHint;

    Watched(NodeRef peer, long nowMs) {
        this.peer = peer;
        this.lastHeardMs = nowMs;
    }

    /** Already a short silence is reason enough to ask. */
    boolean hasShortPatience() {
        return saidGoodbye || notedHint != null;
    }

    /** Silent for too long, and nobody asks it yet. */
    boolean isDue(long nowMs, HeartbeatSettings settings) {
        long patienceMs = hasShortPatience() ? FailureDetector.HINTS_QUIET_MS : settings.periodMs() * settings.missedMax();
        return !dead && verification == null && nowMs - lastHeardMs >= patienceMs;
    }
}
