package org.gavel.node.directory;

import com.google.gson.JsonObject;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * What one committed entry of the ring's log did.
 *
 * @param type      the command's word, {@code config}, or {@code unknown}
 * @param accepted  it took effect, now or (a repeat) before
 * @param auctionId it concerns, or empty
 * @param group     of that auction, or 0
 * @param state     of that auction after the entry, or empty
 * @param repeat    an earlier entry had said the same: nothing changed
 * @param reason    a sentence where it was rejected, else empty
 */
public record RingOutcome(String type, boolean accepted, String auctionId, long group, String state, boolean repeat, String reason) {
    static RingOutcome accepted(String type) {
        return new RingOutcome(type, true, "", 0, "", false, "");
    }

    static RingOutcome accepted(String type, DirectoryEntry entry) {
        return new RingOutcome(type, true, entry.auctionId(), entry.assignment().group(), entry.stage().word(), false, "");
    }

    static RingOutcome repeated(String type, DirectoryEntry entry) {
        return new RingOutcome(type, true, entry.auctionId(), entry.assignment().group(), entry.stage().word(), true, "");
    }

    static RingOutcome rejected(String type, String reason) {
        return new RingOutcome(type, false, "", 0, "", false, reason);
    }

    static RingOutcome rejected(String type, DirectoryEntry entry, String reason) {
        return new RingOutcome(type, false, entry.auctionId(), entry.assignment().group(), entry.stage().word(), false, reason);
    }

    /** UTF-8 JSON; empty fields are left out. */
    public byte[] toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        if (!type.equals("config")) {
            json.addProperty("result", accepted ? "accepted" : "rejected");
        }
        if (!auctionId.isEmpty()) {
            json.addProperty("auctionId", auctionId);
            json.addProperty("group", group);
            json.addProperty("state", state);
        }
        if (repeat) {
            json.addProperty("repeat", true);
        }
        if (!reason.isEmpty()) {
            json.addProperty("reason", reason);
        }
        return JsonFields.bytes(json);
    }

    public static RingOutcome fromJson(byte[] json) throws MalformedException {
        JsonFields in = JsonFields.parse(json, "the outcome");
        return new RingOutcome(in.text("type", RingCommand.TEXT_CHARS_MAX), !in.textOr("result", 20, "accepted").equals("rejected"),
                in.textOr("auctionId", RingCommand.TEXT_CHARS_MAX, ""), in.numberOr("group", 0L), in.textOr("state", 20, ""),
                in.flagOr("repeat", false), in.textOr("reason", 4 * RingCommand.TEXT_CHARS_MAX, ""));
    }
}
