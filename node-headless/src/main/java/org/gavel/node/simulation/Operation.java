package org.gavel.node.simulation;

/**
 * One call of one client, from its invocation on.
 *
 * @param id          counts all operations of a world, from 1
 * @param process     the client's name; it may have several operations under way
 * @param kind        start, join, bid, leave
 * @param auctionId   which auction; of a start: the item, until it is answered
 * @param amountCents of a bid, else 0
 * @param note        of a bid: unique in the world, it stands in the entry; else empty
 * @param invokedNs   simulated time since the world's begin
 */
public record Operation(long id, String process, Kind kind, String auctionId, long amountCents, String note, long invokedNs) {
    /** What a client asks for. */
    public enum Kind { START, JOIN, BID, LEAVE }
}
