package org.gavel.protocol.heartbeat;

import org.gavel.protocol.identity.NodeRef;

/** What the detector tells the roles, on the host's thread. */
public interface DetectorListener {
    /** Every period: the roles send their heartbeats now. */
    void onBeat();

    /** Verification of {@code peer} has begun; {@code why} is a clause such as "silent for 6000 ms". */
    void onSuspected(NodeRef peer, String why);

    /** {@code peer} answered, or was heard again after it had been declared dead. */
    void onCleared(NodeRef peer);

    /**
     * The verdict. It stays watched (and silent) until forgotten.
     *
     * @param knownEnded its process is gone for good (seen on the same machine, or said by itself); false: merely silent
     */
    void onDead(NodeRef peer, boolean knownEnded, String why);
}
