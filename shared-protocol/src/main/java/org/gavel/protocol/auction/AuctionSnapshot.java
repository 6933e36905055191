package org.gavel.protocol.auction;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * The complete state of an auction at one place of its order: what a replica restores and what a joining client starts from.
 *
 * @param terms        null while pending
 * @param phase        pending, running, closed, cancelled
 * @param standing     price, leader, minimum, bids, end
 * @param timeMs       auction time of the last entry applied
 * @param sold         closed with a winner
 * @param reason       why it was cancelled or not sold, else empty
 * @param participants in the order of their joining
 */
public record AuctionSnapshot(AuctionTerms terms, AuctionPhase phase, Standing standing, long timeMs, boolean sold, String reason,
                              List<Participant> participants) {
    private static final int REASON_CHARS_MAX = 1_000;

    public String toJson() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }

    /** UTF-8 of the JSON. */
    public byte[] toBytes() {
        JsonObject json = new JsonObject();
        json.addProperty("state", phase.word());
        if (terms != null) {
            terms.addTo(json);
        }
        json.addProperty("priceCents", standing.priceCents());
        json.addProperty("leader", hex(standing.leader()));
        json.addProperty("leaderName", standing.leaderName());
        json.addProperty("minimumCents", standing.minimumCents());
        json.addProperty("bids", standing.bids());
        json.addProperty("endsAtMs", standing.endsAtMs());
        json.addProperty("timeMs", timeMs);
        json.addProperty("sold", sold);
        json.addProperty("reason", reason);
        JsonArray people = new JsonArray();
        for (Participant participant : participants) {
            JsonObject one = new JsonObject();
            one.addProperty("uid", participant.uid().toString());
            one.addProperty("name", participant.name());
            one.addProperty("bids", participant.bids());
            people.add(one);
        }
        json.add("participants", people);
        return JsonFields.bytes(json);
    }

    private static String hex(Uid uid) {
        return uid.isNobody() ? "" : uid.toString();
    }

    public static AuctionSnapshot fromJson(String json) throws MalformedException {
        return fromBytes(json.getBytes(StandardCharsets.UTF_8));
    }

    public static AuctionSnapshot fromBytes(byte[] json) throws MalformedException {
        JsonFields in = JsonFields.parse(json, "the snapshot");
        AuctionPhase phase = AuctionPhase.ofWord(in.text("state", REASON_CHARS_MAX));
        if (phase == null) {
            throw new MalformedException("the snapshot names an unknown state");
        }
        List<Participant> participants = new ArrayList<>();
        for (JsonFields one : in.objects("participants", AuctionState.PARTICIPANTS_MAX)) {
            participants.add(new Participant(one.uid("uid"), one.text("name", Participant.NAME_CHARS_MAX), one.number("bids")));
        }
        Standing standing = new Standing(in.number("priceCents"), in.uid("leader"), in.text("leaderName", Participant.NAME_CHARS_MAX),
                in.number("minimumCents"), in.number("bids"), in.number("endsAtMs"));
        return new AuctionSnapshot(in.has("item") ? AuctionTerms.fromJson(in) : null, phase, standing, in.number("timeMs"),
                in.flagOr("sold", false), in.textOr("reason", REASON_CHARS_MAX, ""), List.copyOf(participants));
    }
}
