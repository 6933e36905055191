package org.gavel.protocol.client;

/**
 * Argument of the request {@code start}.
 *
 * @param itemId          which item of the catalogue
 * @param durationMs      how long the auction runs, in auction time
 * @param sellerName      name of the seller (the asking client's identity is the seller; it cannot bid)
 * @param startPriceCents in place of the catalogue's start price; null: as there
 * @param reserveCents    in place of the catalogue's reserve price; null: as there
 * @param houseSells      nobody in particular is the seller, so that who asks may bid as well
 */
public record StartRequest(String itemId, long durationMs, String sellerName, Long startPriceCents, Long reserveCents, boolean houseSells) {
    public static StartRequest of(String itemId, long durationMs) {
        return new StartRequest(itemId, durationMs, null, null, null, false);
    }

    StartRequest withSellerName(String name) {
        return new StartRequest(itemId, durationMs, name, startPriceCents, reserveCents, houseSells);
    }
}
