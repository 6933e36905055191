/**
 * Reliable FIFO channels between two parties over datagrams, and unnumbered messages beside them.
 * <p>Source: protocol.md sections 2 and 14; resend timer RFC 6298 and Karn and Partridge (1987), loss by later acknowledgements as RFC 5681 and RFC 9002, additive
 * increase and one decrease per flight as RFC 5681 and RFC 6582.
 * <p>Messages: none of its own; what it says stands in {@link org.gavel.protocol.wire.DatagramHeader}: acknowledgements ride on
 * everything, and leave alone where nothing goes back within 20 ms.
 * <p>States of a sending direction: closed (number 0), opening (its first datagram is not acknowledged: every datagram says OPEN and may
 * be the first to arrive), open. <b>Each direction has its own link number</b>, drawn from one counter per party: so both ends may open
 * at the same moment, and no number ever comes twice, even when a link was forgotten in between. A receiver takes up a higher number
 * that says OPEN, drops lower ones, and answers one that it does not know with RESET: then the sender renews, and reports as undelivered
 * what was not acknowledged. Giving a peer up closes only the own sending direction; a peer that wakes goes on where it was, without a hole.
 * <p>Invariants: per link number every message is delivered once, in order, without a hole from the first on; a message is either
 * acknowledged or reported undelivered (or still on its way); at most 64 consecutive numbers are in flight, the bits of an acknowledgement;
 * 'acknowledged' means received, never held.
 * <p>Limits: {@link org.gavel.protocol.link.LinkSettings}: 1,024 messages and 4 MiB per peer, 64 datagrams in flight and as many early
 * ones kept (8 MiB of them on all links together), 20,000 links (idle ones are forgotten to make room), 64 unfinished unnumbered messages of at most 64 KiB.
 * <p>Tested in {@code LinkLayerTest}, {@code LinkFaultsTest}, {@code LinkPropertyTest}, {@code SendHalfTest}, {@code ReceiveHalfTest}, {@code RoundTripTest}.
 */
package org.gavel.protocol.link;
