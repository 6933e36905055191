package org.gavel.protocol.link;

import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.Message;

/** What the link layer tells the party above it. */
public interface LinkListener {
    /**
     * A message: exactly once and in order where it was sent reliably, else as it came.
     *
     * @param from     who sent it (uid and incarnation as in the datagram)
     * @param address  where it came from: the sender's unicast address
     * @param group    the group it concerns
     */
    void onMessage(PeerId from, Address address, long group, Message message);

    /** Nothing that was sent in the last 5 s was acknowledged: a reason to verify. */
    void onUnacknowledged(PeerId peer);

    /** The operating system reported the peer's port unreachable: a hint, never a proof. */
    void onCrashHint(PeerId peer);

    /** The link was closed or renewed with this message unacknowledged: it may or may not have arrived. */
    void onUndelivered(NodeRef peer, long group, Message message);

    /** A window that had been full has room again. */
    void onRoom(NodeRef peer);
}
