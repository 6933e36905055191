package org.gavel.desktop.feed;

import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.ClusterStatus;

/**
 * What the INM (or a caretaker) answered last to {@code list} and {@code status}.
 *
 * @param list    items and running auctions, or null before the first answer
 * @param status  the ring in order and every auction, finished ones too, or null before the first answer
 * @param atMs    when it arrived, by the feed's clock; 0 before the first answer
 * @param trouble why the last question had no answer, as a sentence; empty if it had one
 */
public record Market(AuctionList list, ClusterStatus status, long atMs, String trouble) {
    public static final Market NONE = new Market(null, null, 0, "");

    /** The same, with a question since that had no answer. */
    public Market withTrouble(String sentence) {
        return new Market(list, status, atMs, sentence);
    }
}
