package org.gavel.protocol.host;

import org.gavel.protocol.identity.Address;

/** What a host calls. */
public interface DatagramReceiver {
    /**
     * A datagram arrived, on the unicast port or by broadcast.
     *
     * @param from   the sender's address as the network saw it
     * @param bytes  a buffer owned by the host, valid only during the call; the datagram is bytes[0..length)
     * @param length 0 or more
     */
    void onDatagram(Address from, byte[] bytes, int length);

    /** The operating system reported the peer's port as unreachable: a hint that its process ended, never a proof. */
    void onCrashHint(Address peer);
}
