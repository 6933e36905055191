package org.gavel.protocol.auction;

import com.google.gson.JsonObject;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * A command to an auction, as it stands in the body of a log entry. Clients submit join, leave and bid; open, close and cancel come from
 * the auctioneer alone.
 *
 * @param type        {@code open, join, leave, bid, close, cancel}, or a word that no rule knows
 * @param name        join: the client's name; bid: the name to join with implicitly; empty if none was given
 * @param amountCents of a bid, else 0
 * @param reason      of a cancel, else empty
 * @param terms       of an open, else null
 */
public record AuctionCommand(String type, String name, long amountCents, String reason, AuctionTerms terms) {
    /** A note pads a bid or says something to all; it stays in the entry and is no part of the state. */
    public static final int NOTE_CHARS_MAX = 500;
    private static final int TYPE_CHARS_MAX = 20;
    private static final int REASON_CHARS_MAX = 300;
    private static final int NAME_CHARS_READ_MAX = 1_000;

    public static byte[] open(AuctionTerms terms) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "open");
        terms.addTo(json);
        return JsonFields.bytes(json);
    }

    public static byte[] join(String name) {
        return new FlatJsonWriter().field("type", "join").field("name", name).bytes();
    }

    public static byte[] leave() {
        return new FlatJsonWriter().field("type", "leave").bytes();
    }

    /** @param note null or empty: none */
    public static byte[] bid(long amountCents, String note) {
        return bid(amountCents, note, null);
    }

    /**
     * A bid that joins under this name where the client has not joined yet.
     *
     * @param note null or empty: none
     * @param name null or empty: the uid's short form
     */
    public static byte[] bid(long amountCents, String note, String name) {
        FlatJsonWriter json = new FlatJsonWriter().field("type", "bid").field("amountCents", amountCents);
        if (note != null && !note.isEmpty()) {
            json.field("note", note);
        }
        if (name != null && !name.isEmpty()) {
            json.field("name", name);
        }
        return json.bytes();
    }

    public static byte[] close() {
        return new FlatJsonWriter().field("type", "close").bytes();
    }

    public static byte[] cancel(String reason) {
        return new FlatJsonWriter().field("type", "cancel").field("reason", reason).bytes();
    }

    /** Reads a body; a {@link MalformedException} says what is wrong with it. */
    public static AuctionCommand parse(byte[] body) throws MalformedException {
        AuctionCommand bid = parsePlainBid(body);
        return bid != null ? bid : parseGeneral(JsonFields.parse(body, "the command"));
    }

    /** The hot path: null unless the body is a bid without anything unusual. */
    private static AuctionCommand parsePlainBid(byte[] body) {
        FlatJsonReader in = new FlatJsonReader(body);
        boolean bid = false;
        boolean amount = false;
        long amountCents = 0;
        String name = "";
        for (String field = in.nextName(); field != null; field = in.nextName()) {
            switch (field) {
                case "type" -> bid = in.text().equals("bid");
                case "amountCents" -> {
                    amountCents = in.number();
                    amount = true;
                }
                case "name" -> name = in.text();
                case "note" -> bid &= in.skipText() <= NOTE_CHARS_MAX;
                default -> {
                    return null;
                }
            }
        }
        return in.plain() && bid && amount && name.length() <= NAME_CHARS_READ_MAX ? new AuctionCommand("bid", name, amountCents, "", null) : null;
    }

    private static AuctionCommand parseGeneral(JsonFields in) throws MalformedException {
        String type = in.text("type", TYPE_CHARS_MAX);
        switch (type) {
            case "open" -> {
                return new AuctionCommand(type, "", 0, "", AuctionTerms.fromJson(in));
            }
            case "bid" -> {
                in.textOr("note", NOTE_CHARS_MAX, "");
                return new AuctionCommand(type, in.textOr("name", NAME_CHARS_READ_MAX, ""), in.number("amountCents"), "", null);
            }
            case "join" -> {
                return new AuctionCommand(type, in.textOr("name", NAME_CHARS_READ_MAX, ""), 0, "", null);
            }
            case "cancel" -> {
                return new AuctionCommand(type, "", 0, in.textOr("reason", REASON_CHARS_MAX, ""), null);
            }
            default -> {
                return new AuctionCommand(type, "", 0, "", null);
            }
        }
    }
}
