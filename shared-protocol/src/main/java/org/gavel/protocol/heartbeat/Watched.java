package org.gavel.protocol.heartbeat;

import java.util.LinkedHashSet;
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
    /** Nonce of the probe that was sent after a mere message had cleared a hint. */
    long checkNonce;
    /** Until then hints are only noted: it has just answered a probe. */
    long hintsQuietUntilMs;
    /** A hint that came in the quiet time, or null. */
    HintKind notedHint;

    Watched(NodeRef peer, long nowMs) {
        this.peer = peer;
        this.lastHeardMs = nowMs;
    }
}
