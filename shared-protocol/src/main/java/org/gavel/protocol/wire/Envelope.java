package org.gavel.protocol.wire;

/**
 * A message with the group that it concerns, as its frame names it.
 *
 * @param group 0 the node itself, 1 the ring, above: an auction
 */
public record Envelope(long group, Message message) { }
