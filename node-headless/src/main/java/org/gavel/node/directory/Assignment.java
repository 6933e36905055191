package org.gavel.node.directory;

import com.google.gson.JsonObject;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.auction.Participant;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * What was fixed about an auction when its item was claimed.
 *
 * @param auctionId  such as {@code lamp-3}: the third auction of the foundation
 * @param group      number of its group, 1 + that count: group 1 is the ring
 * @param item       with the prices that hold in this auction
 * @param requestId  of the start that asked for it: a repeat gets this same auction
 */
public record Assignment(String auctionId, long group, Item item, Uid seller, String sellerName, long durationMs, String requestId) {
    /** The terms that its active opens it with. */
    public AuctionTerms terms(long extendWindowMs) {
        return new AuctionTerms(auctionId, item, seller, sellerName, durationMs, extendWindowMs);
    }

    void addTo(JsonObject json) {
        json.addProperty("auctionId", auctionId);
        json.addProperty("group", group);
        json.add("item", item.toJson());
        json.addProperty("seller", seller.toString());
        json.addProperty("sellerName", sellerName);
        json.addProperty("durationMs", durationMs);
        json.addProperty("requestId", requestId);
    }

    static Assignment fromJson(JsonFields json) throws MalformedException {
        return new Assignment(json.text("auctionId", AuctionTerms.AUCTION_ID_CHARS_MAX), json.number("group"),
                Item.fromJson(JsonFields.of(json.raw("item"), "the item")), json.uid("seller"),
                json.text("sellerName", Participant.NAME_CHARS_MAX), json.number("durationMs"),
                json.text("requestId", RingCommand.REQUEST_ID_CHARS_MAX));
    }
}
