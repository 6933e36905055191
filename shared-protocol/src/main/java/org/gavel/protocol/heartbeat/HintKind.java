package org.gavel.protocol.heartbeat;

/** Why a peer is worth verifying at once. */
public enum HintKind {
    /** The operating system reported the peer's port as unreachable. */
    PORT_UNREACHABLE("its port is unreachable"),
    /** A link got no acknowledgement for 5 s, or a token hop none in time. */
    UNACKNOWLEDGED("it acknowledges nothing");

    final String sentence;

    HintKind(String sentence) {
        this.sentence = sentence;
    }
}
