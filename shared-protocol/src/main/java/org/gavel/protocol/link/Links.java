package org.gavel.protocol.link;

import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.Message;

/**
 * All links of one party, seen from above. The one implementation is {@link LinkLayer}; tests of upper protocols may stand in their own.
 */
public interface Links {
    /** Group 0: the node itself. */
    long NODE_GROUP = 0;
    /** Group 1: the ring. */
    long RING_GROUP = 1;

    /**
     * Queues a message for reliable FIFO delivery to this start of a party; it leaves at the end of the pass.
     *
     * @return false, and nothing is queued, if the window to that peer is full (or the message is above 1 MiB)
     */
    boolean send(NodeRef to, long group, Message message);

    /** Messages that could still be queued to this peer. */
    int room(NodeRef to);

    /** Sends at once, without number or repair, ahead of queued data: heartbeats, probes, answers to broadcasts. */
    void sendUnreliable(NodeRef to, long group, Message message);

    /** The same where only an address is known; {@code receiver} may be {@link PeerId#UNKNOWN}. */
    void sendUnreliable(Address to, PeerId receiver, long group, Message message);

    /** Broadcasts on the discovery port (and to every configured peer address). */
    void broadcast(long group, Message message);

    /** Gives the peer up: the link closes, what was not acknowledged is reported undelivered. */
    void close(NodeRef peer);

    /** Asks for crash hints about this start of a party ({@link LinkListener#onCrashHint}). A stand-in without a network may leave it. */
    default void watch(NodeRef peer) { }

    /** Ends {@link #watch}. */
    default void unwatch(NodeRef peer) { }

    /** Smoothed round trip in microseconds, or 0 if unknown. */
    long roundTripMicros(NodeRef peer);

    /** The present resend timer of the link in ms; where nothing was measured for long, the initial one at least. */
    long resendTimerMs(NodeRef peer);
}
