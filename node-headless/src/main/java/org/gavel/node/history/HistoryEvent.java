package org.gavel.node.history;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * One line of a history (docs/HISTORIES.md).
 *
 * @param timeMicros of the recorder's clock, for people: the order of the lines is the order in time
 * @param process    whose operations never overlap; empty for terms
 * @param type       what the line tells
 * @param op         null for terms
 * @param auction    id of the auction
 * @param client     whose identity the operation is made under; NOBODY for terms
 * @param value      what was asked, or answered
 */
record HistoryEvent(long timeMicros, String process, Type type, Op op, String auction, Uid client, JsonFields value) {
    private static final int PROCESS_CHARS_MAX = 200;
    private static final int AUCTION_CHARS_MAX = 200;
    private static final int WORD_CHARS_MAX = 20;

    /** What a line tells. */
    enum Type {
        /** An operation is called. */
        INVOKE,
        /** It was answered. */
        OK,
        /** It certainly did not take effect. */
        FAIL,
        /** Nobody knows whether it took effect, or will. */
        INFO,
        /** No operation: what the auction was started with. */
        TERMS;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Type ofWord(String word) {
            for (Type type : values()) {
                if (type.word().equals(word)) {
                    return type;
                }
            }
            return null;
        }
    }

    static String line(long timeMicros, String process, Type type, Op op, String auction, Uid client, JsonObject value) {
        JsonObject json = new JsonObject();
        json.addProperty("time", timeMicros);
        if (type != Type.TERMS) {
            json.addProperty("process", process);
        }
        json.addProperty("type", type.word());
        if (type != Type.TERMS) {
            json.addProperty("op", op.word());
            json.addProperty("client", client.toString());
        }
        json.addProperty("auction", auction);
        json.add("value", value);
        return new String(JsonFields.bytes(json), StandardCharsets.UTF_8);
    }

    static HistoryEvent parse(String line) throws MalformedException {
        JsonFields in = JsonFields.of(JsonFields.element(line, "the line"), "the line");
        Type type = Type.ofWord(in.text("type", WORD_CHARS_MAX));
        if (type == null) {
            throw new MalformedException("the line is of type " + in.text("type", WORD_CHARS_MAX) + "; invoke, ok, fail, info and terms are known");
        }
        JsonFields value = JsonFields.of(in.has("value") ? in.raw("value") : new JsonObject(), "its value");
        if (type == Type.TERMS) {
            return new HistoryEvent(in.numberOr("time", 0L), "", type, null, in.text("auction", AUCTION_CHARS_MAX), Uid.NOBODY, value);
        }
        Op op = Op.ofWord(in.text("op", WORD_CHARS_MAX));
        if (op == null) {
            throw new MalformedException("the operation " + in.text("op", WORD_CHARS_MAX) + " is not known; bid, join, leave and result are");
        }
        return new HistoryEvent(in.numberOr("time", 0L), in.text("process", PROCESS_CHARS_MAX), type, op, in.text("auction", AUCTION_CHARS_MAX),
            in.uid("client"), value);
    }
}
