package org.gavel.protocol.client;

/**
 * A node as {@code status} shows it.
 *
 * @param uid         16 hex digits
 * @param address     {@code host:port}
 * @param role        idle, inm, active or follower
 * @param auctionId   of its auction, or null
 * @param lastHeardMs ms since the answering node last heard it; 0 for itself
 */
public record NodeInfo(String uid, String name, String address, String role, String auctionId, long incarnation, long lastHeardMs) { }
