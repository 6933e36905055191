package org.gavel.protocol.host.simulation;

import org.gavel.protocol.identity.Address;

/**
 * A datagram about to leave a host.
 *
 * @param from     the sender
 * @param to       the receiver, or {@link Address#NONE} for a broadcast
 * @param datagram the sender's buffer, valid during the call; bytes[0..length)
 * @param length   0 or more
 * @param ordinal  counts the datagrams of this start of the sender, from 1
 */
public record Sent(SimulatedHost from, Address to, byte[] datagram, int length, long ordinal) { }
