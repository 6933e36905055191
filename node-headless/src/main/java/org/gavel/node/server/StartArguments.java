package org.gavel.node.server;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import org.gavel.node.directory.DirectoryEntry;

/** The argument of a client's start, as JSON on the wire. Prices are optional and replace the item's own. */
record StartArguments(String itemId, long durationMs, String sellerName, Long startPriceCents, Long reserveCents, boolean houseSells) {
    private static final Gson GSON = new Gson();
    /** Auctions last 1 s to 7 days. */
    static final long DURATION_MS_MAX = 7L * 24 * 3_600_000;

    /** @throws IllegalArgumentException with a sentence for the person who asked */
    static StartArguments parse(String json) {
        StartArguments parsed;
        try {
            parsed = GSON.fromJson(json, StartArguments.class);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("the start request is not readable: " + e.getMessage(), e);
        }
        if (parsed == null || parsed.itemId == null || parsed.itemId.isEmpty()) {
            throw new IllegalArgumentException("name the item to start an auction for");
        }
        if (parsed.durationMs < 1_000 || parsed.durationMs > DURATION_MS_MAX) {
            throw new IllegalArgumentException("an auction lasts 1 s to 7 days, not " + parsed.durationMs + " ms");
        }
        if (parsed.startPriceCents != null && parsed.startPriceCents < 0 || parsed.reserveCents != null && parsed.reserveCents < 0) {
            throw new IllegalArgumentException("start price and reserve are not negative");
        }
        String seller = parsed.sellerName == null || parsed.houseSells ? "" : parsed.sellerName;
        return new StartArguments(parsed.itemId, parsed.durationMs, seller, parsed.startPriceCents, parsed.reserveCents, parsed.houseSells);
    }

    static String reply(DirectoryEntry auction) {
        JsonObject body = new JsonObject();
        body.addProperty("auctionId", auction.auctionId());
        body.addProperty("group", auction.assignment().group());
        body.addProperty("active", auction.group().activeNode() == null ? "" : auction.group().activeNode().address().toString());
        body.addProperty("activeUid", auction.group().activeNode() == null ? "" : auction.group().activeNode().uid().toString());
        return body.toString();
    }
}
