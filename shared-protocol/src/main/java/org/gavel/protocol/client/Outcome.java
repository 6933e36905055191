package org.gavel.protocol.client;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import org.gavel.protocol.wire.MalformedException;

/**
 * What an entry of an auction's log led to: a flat JSON object, kept as the bytes that arrived and read when first asked for more than its
 * type. Tens of thousands pass a client each second, and most are never looked at; hence no general JSON reader here.
 */
public final class Outcome {
    /** Value of a number that the outcome does not name; all that it does name are 0 or more. */
    public static final long ABSENT = -1;

    private static final byte[] BID_PREFIX = "{\"type\":\"bid\"".getBytes(StandardCharsets.UTF_8);

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private FlatJson fields;

    Outcome(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** An outcome from its JSON text. */
    public static Outcome of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Outcome(bytes, 0, bytes.length);
    }

    /** What the close must have been, from a snapshot taken behind it. */
    static Outcome closedBy(Outcome snapshot) {
        JsonObject json = new JsonObject();
        json.addProperty("type", snapshot.text("state", "closed"));
        json.addProperty("result", "accepted");
        json.addProperty("sold", snapshot.sold());
        json.addProperty("winner", snapshot.sold() ? snapshot.leader() : "");
        json.addProperty("winnerName", snapshot.sold() ? snapshot.leaderName() : "");
        json.addProperty("priceCents", snapshot.priceCents());
        json.addProperty("bids", snapshot.bids());
        if (snapshot.reason() != null) {
            json.addProperty("reason", snapshot.reason());
        }
        return of(json.toString());
    }

    /** The answer of this library itself to a bid that cannot be sent any more. */
    static Outcome tooLate(String reason, long priceCents) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "bid");
        json.addProperty("result", "rejected");
        if (priceCents != ABSENT) {
            json.addProperty("priceCents", priceCents);
        }
        json.addProperty("reason", reason);
        return of(json.toString());
    }

    /** True for the outcome of a bid, without reading the rest. */
    public boolean isBid() {
        if (length <= BID_PREFIX.length) {
            return false;
        }
        for (int i = 0; i < BID_PREFIX.length; i++) {
            if (bytes[offset + i] != BID_PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    /** open, join, leave, bid, closed, cancelled, config or empty; "unreadable" if these bytes are no flat JSON object. */
    public String type() {
        return text("type", "");
    }

    /** accepted, rejected or void; empty if the outcome has none. */
    public String result() {
        return text("result", "");
    }

    boolean isRejected() {
        return result().equals("rejected");
    }

    /** Uid of the party that did it, 16 hex digits; empty if none. */
    public String by() {
        return text("by", "");
    }

    public String name() {
        return text("name", "");
    }

    public long amountCents() {
        return number("amountCents");
    }

    public long priceCents() {
        return number("priceCents");
    }

    public String leader() {
        return text("leader", "");
    }

    public String leaderName() {
        return text("leaderName", "");
    }

    public long minimumCents() {
        return number("minimumCents");
    }

    public long bids() {
        return number("bids");
    }

    /** In auction time. */
    public long endsAtMs() {
        return number("endsAtMs");
    }

    /** A sentence, or null. */
    public String reason() {
        String reason = text("reason", null);
        return reason == null || reason.isEmpty() ? null : reason;
    }

    /** Uid of the winner, empty if nobody won. */
    public String winner() {
        return text("winner", "");
    }

    public String winnerName() {
        return text("winnerName", "");
    }

    public boolean sold() {
        return "true".equals(fields().text("sold", "false"));
    }

    /** Any other text or number by its name, as text; {@code otherwise} if it is not there. */
    public String text(String name, String otherwise) {
        return fields().text(name, otherwise);
    }

    /** Any other number by its name; {@link #ABSENT} if it is not there. */
    public long number(String name) {
        return fields().number(name, ABSENT);
    }

    /** The JSON as it came. */
    public String json() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    private FlatJson fields() {
        if (fields == null) {
            try {
                fields = FlatJson.read(bytes, offset, length);
            } catch (MalformedException e) {
                fields = FlatJson.unreadable(e.getMessage());
            }
        }
        return fields;
    }

    @Override
    public String toString() {
        return json();
    }
}
