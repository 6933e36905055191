package org.gavel.node.history;

import com.google.gson.JsonObject;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * What an auction was started with, as far as the rules need it.
 *
 * @param startPriceCents the least first bid
 * @param incrementCents  by how much each further bid must exceed the price, 1 or more
 * @param reserveCents    below this it is not sold; null: none
 * @param seller          who may not bid; NOBODY: not known, everybody may
 */
public record Terms(long startPriceCents, long incrementCents, Long reserveCents, Uid seller) {
    /** Of an auction whose reserve and seller are not known. */
    public static Terms of(long startPriceCents, long incrementCents) {
        return new Terms(startPriceCents, incrementCents, null, Uid.NOBODY);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("startPriceCents", startPriceCents);
        json.addProperty("incrementCents", incrementCents);
        if (reserveCents != null) {
            json.addProperty("reserveCents", reserveCents);
        }
        if (!seller.isNobody()) {
            json.addProperty("seller", seller.toString());
        }
        return json;
    }

    static Terms fromJson(JsonFields in) throws MalformedException {
        Terms terms = new Terms(in.number("startPriceCents"), in.number("incrementCents"), in.numberOr("reserveCents", null), in.uid("seller"));
        if (terms.startPriceCents < 0 || terms.incrementCents < 1) {
            throw new MalformedException("terms with a start price below 0 or an increment below 1");
        }
        return terms;
    }
}
