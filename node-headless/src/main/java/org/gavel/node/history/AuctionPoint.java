package org.gavel.node.history;

import java.util.Set;
import org.gavel.protocol.identity.Uid;

/**
 * Where a sequential auction stands at one place of an order.
 *
 * @param priceCents highest accepted bid; the start price while there is none
 * @param leader     who made it, or NOBODY
 * @param bids       accepted so far
 * @param over       nothing is accepted any more
 * @param lastSeq    highest number of an answer so far, where numbers are judged, else 0
 * @param present    who takes part, of those who leave at some time; of others nobody asks
 */
record AuctionPoint(long priceCents, Uid leader, long bids, boolean over, long lastSeq, Set<Uid> present) {
    AuctionPoint withSeq(long seq) {
        return new AuctionPoint(priceCents, leader, bids, over, seq, present);
    }

    AuctionPoint withPresent(Set<Uid> nowPresent) {
        return new AuctionPoint(priceCents, leader, bids, over, lastSeq, nowPresent);
    }
}
