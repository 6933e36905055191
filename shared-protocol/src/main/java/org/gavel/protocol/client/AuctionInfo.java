package org.gavel.protocol.client;

import java.util.List;

/**
 * An auction as {@code status} and {@code list} show it.
 *
 * @param state      electing, running, paused or finished
 * @param active     uid of the active (16 hex digits), or null
 * @param followers  their uids
 * @param priceCents present price: the highest accepted bid, or the start price
 * @param leader     name of the highest bidder, or null
 * @param bids       accepted so far
 * @param endsInMs   auction time left when it was last reported
 * @param notice     what a person should know, such as 'no tolerance: 1 + 1'; or null
 */
public record AuctionInfo(String auctionId, String itemId, String state, String active, List<String> followers, long priceCents,
                          String leader, long bids, long endsInMs, String notice) {
    public List<String> followersOrNone() {
        return followers == null ? List.of() : followers;
    }
}
