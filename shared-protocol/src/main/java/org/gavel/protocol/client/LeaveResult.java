package org.gavel.protocol.client;

/**
 * A leave was answered.
 *
 * @param seq place of the leave in the auction's order; 0 if the auction was over already
 */
public record LeaveResult(String auctionId, long seq) { }
