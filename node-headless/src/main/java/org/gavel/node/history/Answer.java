package org.gavel.node.history;

import com.google.gson.JsonObject;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * What a client was told. Numbers are {@link #ABSENT} where the answer did not name them, and then are not judged.
 *
 * @param accepted     false: rejected by a rule
 * @param seq          place in the auction's order, as claimed
 * @param priceCents   price after the operation
 * @param minimumCents least bid that would be accepted next
 * @param bids         accepted bids after the operation
 * @param leader       who leads afterwards, or who has won; null: not named
 * @param sold         of a result: there is a winner
 * @param cancelled    of a result: the auction ended without one
 */
record Answer(boolean accepted, long seq, long priceCents, long minimumCents, long bids, Uid leader, boolean sold, boolean cancelled) {
    static final long ABSENT = -1;

    /** Of a join or leave that took effect. */
    static Answer done(long seq) {
        return new Answer(true, seq, ABSENT, ABSENT, ABSENT, null, false, false);
    }

    JsonObject toJson(Op op) {
        JsonObject json = new JsonObject();
        if (op != Op.RESULT) {
            json.addProperty("result", accepted ? "accepted" : "rejected");
        } else {
            json.addProperty("sold", sold);
            json.addProperty("cancelled", cancelled);
        }
        add(json, "seq", seq);
        add(json, "priceCents", priceCents);
        add(json, "minimumCents", minimumCents);
        add(json, "bids", bids);
        if (leader != null) {
            json.addProperty(op == Op.RESULT ? "winner" : "leader", leader.isNobody() ? "" : leader.toString());
        }
        return json;
    }

    private static void add(JsonObject json, String name, long number) {
        if (number != ABSENT) {
            json.addProperty(name, number);
        }
    }

    static Answer fromJson(Op op, JsonFields in) throws MalformedException {
        String result = op == Op.RESULT ? "accepted" : in.text("result", 20);
        if (!result.equals("accepted") && !result.equals("rejected")) {
            throw new MalformedException("an answer is accepted or rejected, not '" + result + "'");
        }
        String named = op == Op.RESULT ? "winner" : "leader";
        return new Answer(result.equals("accepted"), in.numberOr("seq", ABSENT), in.numberOr("priceCents", ABSENT),
            in.numberOr("minimumCents", ABSENT), in.numberOr("bids", ABSENT), in.has(named) ? in.uid(named) : null,
            in.flagOr("sold", false), in.flagOr("cancelled", false));
    }
}
