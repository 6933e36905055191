package org.gavel.node.directory;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.gavel.node.catalogue.ItemCatalogue;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.ring.NodeJson;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/** A command of the INM to the ring's replicated state, as it stands in the body of a log entry. */
public sealed interface RingCommand {
    int REQUEST_ID_CHARS_MAX = 80;
    /** Longer ids, names and reasons are no command of ours. */
    int TEXT_CHARS_MAX = 1_000;

    /** The word in the body. */
    String type();

    /** UTF-8 JSON. */
    default byte[] toBytes() {
        JsonObject json = new JsonObject();
        json.addProperty("type", type());
        addTo(json);
        return JsonFields.bytes(json);
    }

    /** Adds its fields. */
    void addTo(JsonObject json);

    /** The items of the foundation; only the first takes effect. */
    record Catalogue(List<Item> items) implements RingCommand {
        @Override
        public String type() {
            return "catalogue";
        }

        @Override
        public void addTo(JsonObject json) {
            JsonArray array = new JsonArray();
            items.forEach(item -> array.add(item.toJson()));
            json.add("items", array);
        }
    }

    /** The founding view had enough members: auctions may start from now on. */
    record Founded() implements RingCommand {
        @Override
        public String type() {
            return "founded";
        }

        @Override
        public void addTo(JsonObject json) { }
    }

    /** Who asks for which auction. Null prices: the item's own. */
    record Start(String itemId, String requestId, Uid seller, String sellerName, long durationMs, Long startPriceCents, Long reserveCents) { }

    /** Claims an item for a new auction on these nodes (ring order) with these acceptors. */
    record Claim(Start start, List<NodeRef> members, List<Acceptor> acceptors) implements RingCommand {
        @Override
        public String type() {
            return "claim";
        }

        @Override
        public void addTo(JsonObject json) {
            json.addProperty("itemId", start.itemId());
            json.addProperty("requestId", start.requestId());
            json.addProperty("clientUid", start.seller().toString());
            json.addProperty("sellerName", start.sellerName());
            json.addProperty("durationMs", start.durationMs());
            json.addProperty("startPriceCents", start.startPriceCents());
            json.addProperty("reserveCents", start.reserveCents());
            json.add("members", NodeJson.writeNodes(members));
            json.add("acceptors", NodeJson.writeAcceptors(acceptors));
        }
    }

    /** An active reported: it serves since {@code epoch}, with these members (empty: as they are known). Older epochs are refused. */
    record Activated(String auctionId, long epoch, Uid active, List<Uid> members) implements RingCommand {
        @Override
        public String type() {
            return "activated";
        }

        @Override
        public void addTo(JsonObject json) {
            json.addProperty("auctionId", auctionId);
            json.addProperty("epoch", epoch);
            json.addProperty("active", active.toString());
            JsonArray array = new JsonArray();
            members.forEach(uid -> array.add(uid.toString()));
            json.add("members", array);
        }
    }

    /** All members of an auction from now on: a node reserved as replacement is added (and busy), a lost one left out (and free). */
    record Members(String auctionId, List<NodeRef> members) implements RingCommand {
        @Override
        public String type() {
            return "members";
        }

        @Override
        public void addTo(JsonObject json) {
            json.addProperty("auctionId", auctionId);
            json.add("members", NodeJson.writeNodes(members));
        }
    }

    /** The assignment came to nothing and enough acceptors stored their refusal: the item is available again. */
    record Lapse(String auctionId, String reason) implements RingCommand {
        @Override
        public String type() {
            return "lapse";
        }

        @Override
        public void addTo(JsonObject json) {
            json.addProperty("auctionId", auctionId);
            json.addProperty("reason", reason);
        }
    }

    /** The result that an active reported, as JSON of its last outcome. */
    record Settle(String auctionId, String result) implements RingCommand {
        @Override
        public String type() {
            return "settle";
        }

        @Override
        public void addTo(JsonObject json) {
            json.addProperty("auctionId", auctionId);
            json.addProperty("result", result);
        }
    }

    /** The operator's word: this item is available again, whatever became of its auction. */
    record Release(String itemId) implements RingCommand {
        @Override
        public String type() {
            return "release";
        }

        @Override
        public void addTo(JsonObject json) {
            json.addProperty("itemId", itemId);
        }
    }

    /** A settled auction's nodes are idle again. */
    record Freed(String auctionId) implements RingCommand {
        @Override
        public String type() {
            return "freed";
        }

        @Override
        public void addTo(JsonObject json) {
            json.addProperty("auctionId", auctionId);
        }
    }

    /** This ring, which has sold nothing, gives itself up for another foundation of the same cluster. Concerns the nodes, not the state. */
    record Dissolve(String reason) implements RingCommand {
        @Override
        public String type() {
            return "dissolve";
        }

        @Override
        public void addTo(JsonObject json) {
            json.addProperty("reason", reason);
        }
    }

    /** Reads a body; a {@link MalformedException} says what is wrong with it. */
    static RingCommand parse(byte[] body) throws MalformedException {
        JsonFields in = JsonFields.parse(body, "the command");
        String type = in.text("type", TEXT_CHARS_MAX);
        return switch (type) {
            case "catalogue" -> new Catalogue(readItems(in));
            case "founded" -> new Founded();
            case "claim" -> readClaim(in);
            case "activated" -> new Activated(auctionId(in), in.number("epoch"), in.uid("active"),
                    in.uids("members", DirectoryEntry.Group.MEMBERS_MAX));
            case "members" -> new Members(auctionId(in), NodeJson.readNodes(in.objects("members", DirectoryEntry.Group.MEMBERS_MAX)));
            case "lapse" -> new Lapse(auctionId(in), in.textOr("reason", TEXT_CHARS_MAX, ""));
            case "settle" -> new Settle(auctionId(in), in.text("result", DirectoryEntry.RESULT_CHARS_MAX));
            case "release" -> new Release(in.text("itemId", TEXT_CHARS_MAX));
            case "freed" -> new Freed(auctionId(in));
            case "dissolve" -> new Dissolve(in.textOr("reason", TEXT_CHARS_MAX, ""));
            default -> throw new MalformedException("the ring knows no such command");
        };
    }

    private static String auctionId(JsonFields in) throws MalformedException {
        return in.text("auctionId", AuctionTerms.AUCTION_ID_CHARS_MAX);
    }

    private static List<Item> readItems(JsonFields in) throws MalformedException {
        List<Item> items = new ArrayList<>();
        for (JsonFields one : in.objects("items", ItemCatalogue.ITEMS_MAX)) {
            items.add(Item.fromJson(one));
        }
        return List.copyOf(items);
    }

    private static Claim readClaim(JsonFields in) throws MalformedException {
        Start start = new Start(in.text("itemId", TEXT_CHARS_MAX), in.text("requestId", REQUEST_ID_CHARS_MAX), in.uid("clientUid"),
                in.textOr("sellerName", TEXT_CHARS_MAX, ""), in.number("durationMs"), in.numberOr("startPriceCents", null),
                in.numberOr("reserveCents", null));
        return new Claim(start, NodeJson.readNodes(in.objects("members", DirectoryEntry.Group.MEMBERS_MAX)),
                NodeJson.readAcceptors(in.objects("acceptors", DirectoryEntry.Group.MEMBERS_MAX)));
    }
}
