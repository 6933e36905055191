package org.gavel.node.directory;

import com.google.gson.JsonObject;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * An item and who has it.
 *
 * @param auctionId of the auction that has claimed or sold it, empty while available; every change compares it
 */
public record CatalogueItem(Item item, ItemStatus status, String auctionId) {
    static CatalogueItem available(Item item) {
        return new CatalogueItem(item, ItemStatus.AVAILABLE, "");
    }

    CatalogueItem claimedBy(String id) {
        return new CatalogueItem(item, ItemStatus.CLAIMED, id);
    }

    CatalogueItem sold() {
        return new CatalogueItem(item, ItemStatus.SOLD, auctionId);
    }

    boolean isClaimedBy(String id) {
        return status == ItemStatus.CLAIMED && auctionId.equals(id);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.add("item", item.toJson());
        json.addProperty("status", status.word());
        json.addProperty("auctionId", auctionId);
        return json;
    }

    static CatalogueItem fromJson(JsonFields json) throws MalformedException {
        ItemStatus status = ItemStatus.ofWord(json.text("status", 20));
        if (status == null) {
            throw new MalformedException("an item of unknown status");
        }
        return new CatalogueItem(Item.fromJson(JsonFields.of(json.raw("item"), "the item")), status,
                json.text("auctionId", AuctionTerms.AUCTION_ID_CHARS_MAX));
    }
}
