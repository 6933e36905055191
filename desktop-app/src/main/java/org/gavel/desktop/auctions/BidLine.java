package org.gavel.desktop.auctions;

/**
 * One bid of an auction's order.
 *
 * @param seq         its number in the order
 * @param timeMs      auction time
 * @param bidder      name
 * @param own         it is the person's at this window, whichever program it came from
 * @param amountCents what was offered
 * @param accepted    whether it counted
 * @param reason      why not; empty if it did
 */
public record BidLine(long seq, long timeMs, String bidder, boolean own, long amountCents, boolean accepted, String reason) { }
