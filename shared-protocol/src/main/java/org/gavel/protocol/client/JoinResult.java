package org.gavel.protocol.client;

/**
 * A join was answered.
 *
 * @param seq  place of the join in the auction's order; 0 if the auction was over already
 * @param over the auction is over: its result follows, or has been told, as the event {@code closed}
 */
public record JoinResult(String auctionId, long seq, boolean over) { }
