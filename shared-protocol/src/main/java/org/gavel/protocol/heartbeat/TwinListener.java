package org.gavel.protocol.heartbeat;

import org.gavel.protocol.identity.NodeRef;

/** Outcome of a {@link TwinCheck}. */
public interface TwinListener {
    /** The older start still answers: {@code newer} is refused, naming the older's address. */
    void onTwin(NodeRef older, NodeRef newer);

    /** The older start is gone: {@code newer} is admitted, the older is dead. {@code knownEnded}: this machine saw its process end. */
    void onRestart(NodeRef older, NodeRef newer, boolean knownEnded);
}
