package org.gavel.protocol.client;

import java.util.List;

/**
 * Answer to {@code list}: every available item and every running auction.
 *
 * @param notice what a person should know, such as 'read-only: 2 of 6 members here'; or null
 */
public record AuctionList(List<ItemInfo> items, List<AuctionInfo> auctions, String notice) {
    public AuctionList {
        items = items == null ? List.of() : List.copyOf(items);
        auctions = auctions == null ? List.of() : List.copyOf(auctions);
    }
}
