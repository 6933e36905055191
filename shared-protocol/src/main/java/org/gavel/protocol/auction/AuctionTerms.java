package org.gavel.protocol.auction;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * What is agreed before the first bid and never changes: the body of the open entry.
 *
 * @param auctionId      such as {@code lamp-3}
 * @param item           with the prices that hold in this auction
 * @param seller         who started it and may not bid
 * @param sellerName     for people
 * @param durationMs     auction time from open to the first end
 * @param extendWindowMs soft close: an accepted bid less than this before the end moves the end to this long after the bid; 0 is off
 */
public record AuctionTerms(String auctionId, Item item, Uid seller, String sellerName, long durationMs, long extendWindowMs) {
    /** Thirty days: sums of auction times stay far from overflow. */
    public static final long DURATION_MS_MAX = 30L * 24 * 3_600_000;
    public static final int AUCTION_ID_CHARS_MAX = Item.ID_CHARS_MAX + 20;

    /** A sentence on the first thing that is wrong, empty if it can be opened. */
    public Optional<String> complaint() {
        if (durationMs < 1 || durationMs > DURATION_MS_MAX) {
            return Optional.of("a duration is 1 ms to 30 days, this one is " + durationMs + " ms");
        }
        if (extendWindowMs < 0 || extendWindowMs > DURATION_MS_MAX) {
            return Optional.of("an extension window is 0 (off) to 30 days, this one is " + extendWindowMs + " ms");
        }
        Optional<String> name = Participant.nameComplaint(sellerName);
        return name.isPresent() ? name : item.complaint();
    }

    /** Adds the terms' fields to an object. */
    void addTo(JsonObject json) {
        json.addProperty("auctionId", auctionId);
        json.add("item", item.toJson());
        json.addProperty("seller", seller.toString());
        json.addProperty("sellerName", sellerName);
        json.addProperty("durationMs", durationMs);
        json.addProperty("extendWindowMs", extendWindowMs);
    }

    static AuctionTerms fromJson(JsonFields json) throws MalformedException {
        AuctionTerms terms = new AuctionTerms(json.text("auctionId", AUCTION_ID_CHARS_MAX),
                Item.fromJson(JsonFields.of(json.raw("item"), "the item")), json.uid("seller"), json.textOr("sellerName", 1_000, ""),
                json.number("durationMs"), json.numberOr("extendWindowMs", 0L));
        Optional<String> complaint = terms.complaint();
        if (complaint.isPresent()) {
            throw new MalformedException(complaint.get());
        }
        return terms;
    }
}
