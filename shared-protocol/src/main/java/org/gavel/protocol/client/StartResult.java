package org.gavel.protocol.client;

/**
 * Answer to a start.
 *
 * @param auctionId how to name the auction from now on, such as {@code lamp-3}
 * @param group     its group number on the wire
 * @param active    address of its active, {@code host:port}
 * @param activeUid its uid, 16 hex digits
 */
public record StartResult(String auctionId, long group, String active, String activeUid) { }
