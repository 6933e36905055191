package org.gavel.protocol.auction;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * What one committed entry of an auction did: the answer to whoever submitted it and the event for everybody else.
 *
 * @param type        {@code open, join, leave, bid, close, closed, cancel, cancelled, config, empty, unknown}; {@code closed} and
 *                    {@code cancelled} occur once and only accepted, so nobody can take a void close for the end
 * @param result      what became of it
 * @param by          the client whose command it was, or NOBODY for the auctioneer
 * @param name        of that client
 * @param amountCents of a bid, else 0
 * @param standing    after this entry
 * @param sold        of a close: there is a winner, who is the standing's leader
 * @param reason      a sentence where it was rejected or void, or why it was cancelled or not sold; else empty
 */
public record Outcome(String type, Result result, Uid by, String name, long amountCents, Standing standing, boolean sold, String reason) {
    private static final int TEXT_CHARS_MAX = 4_000;

    /** What became of a command. */
    public enum Result {
        /** It took effect. */
        ACCEPTED("accepted"),
        /** A rule forbids it; nothing changed; the reason says what would do. */
        REJECTED("rejected"),
        /** It came too early or a second time and concerns nobody; nothing changed. */
        VOID("void");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        /** As in JSON. */
        public String word() {
            return word;
        }

        static Result ofWord(String word) {
            for (Result result : values()) {
                if (result.word.equals(word)) {
                    return result;
                }
            }
            return null;
        }
    }

    /** Of an entry that concerns the group and not the auction. */
    public static Outcome config() {
        return new Outcome("config", Result.ACCEPTED, Uid.NOBODY, "", 0, Standing.NONE, false, "");
    }

    public boolean accepted() {
        return result == Result.ACCEPTED;
    }

    /** Of an accepted close: who has won, or NOBODY. */
    public Uid winner() {
        return sold ? standing.leader() : Uid.NOBODY;
    }

    public String winnerName() {
        return sold ? standing.leaderName() : "";
    }

    /** True for the one entry after which nothing can happen. */
    public boolean isEnd() {
        return type.equals("closed") || type.equals("cancelled");
    }

    /** UTF-8 JSON, without white space. */
    public byte[] toJson() {
        FlatJsonWriter json = new FlatJsonWriter().field("type", type);
        if (type.equals("config") || type.equals("empty")) {
            return json.bytes();
        }
        json.field("result", result.word());
        if (!by.isNobody()) {
            json.field("by", by).field("name", name);
        }
        if (type.equals("bid")) {
            json.field("amountCents", amountCents);
        }
        if (isEnd()) {
            json.field("sold", sold).field("winner", winner()).field("winnerName", winnerName());
        }
        json.field("priceCents", standing.priceCents()).field("leader", standing.leader()).field("leaderName", standing.leaderName())
                .field("minimumCents", standing.minimumCents()).field("bids", standing.bids()).field("endsAtMs", standing.endsAtMs());
        if (!reason.isEmpty()) {
            json.field("reason", reason);
        }
        return json.bytes();
    }

    /** Reads what {@link #toJson} wrote; fields that are missing have their empty value, unknown ones are ignored. */
    public static Outcome fromJson(byte[] json) throws MalformedException {
        Draft draft = new Draft();
        if (!draft.readPlain(new FlatJsonReader(json))) {
            draft = new Draft();
            draft.readGeneral(JsonFields.parse(json, "the outcome"));
        }
        return draft.outcome();
    }

    /** The same from text. */
    public static Outcome fromJson(String json) throws MalformedException {
        return fromJson(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Fields as they come. */
    private static final class Draft {
        private String type = "";
        private String result = "accepted";
        private String by = "";
        private String name = "";
        private String leader = "";
        private String leaderName = "";
        private String reason = "";
        private long amountCents;
        private long priceCents;
        private long minimumCents;
        private long bids;
        private long endsAtMs;
        private boolean sold;

        boolean readPlain(FlatJsonReader in) {
            for (String field = in.nextName(); field != null; field = in.nextName()) {
                if (field.equals("sold")) {
                    sold = in.flag();
                } else if (!readNumber(field, in)) {
                    set(field, in.text());
                }
            }
            return in.plain();
        }

        private boolean readNumber(String field, FlatJsonReader in) {
            switch (field) {
                case "amountCents" -> amountCents = in.number();
                case "priceCents" -> priceCents = in.number();
                case "minimumCents" -> minimumCents = in.number();
                case "bids" -> bids = in.number();
                case "endsAtMs" -> endsAtMs = in.number();
                default -> {
                    return false;
                }
            }
            return true;
        }

        void readGeneral(JsonFields in) throws MalformedException {
            for (String field : in.names()) {
                JsonElement value = in.raw(field);
                if (value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
                    set(field, in.text(field, TEXT_CHARS_MAX));
                }
            }
            sold = in.flagOr("sold", false);
            amountCents = in.numberOr("amountCents", 0L);
            priceCents = in.numberOr("priceCents", 0L);
            minimumCents = in.numberOr("minimumCents", 0L);
            bids = in.numberOr("bids", 0L);
            endsAtMs = in.numberOr("endsAtMs", 0L);
        }

        private void set(String field, String value) {
            switch (field) {
                case "type" -> type = value;
                case "result" -> result = value;
                case "by" -> by = value;
                case "name" -> name = value;
                case "leader" -> leader = value;
                case "leaderName" -> leaderName = value;
                case "reason" -> reason = value;
                default -> { }
            }
        }

        Outcome outcome() throws MalformedException {
            Result parsed = Result.ofWord(result);
            if (type.isEmpty() || parsed == null) {
                throw new MalformedException("the outcome names no type or an unknown result");
            }
            return new Outcome(type, parsed, uid(by), name, amountCents,
                    new Standing(priceCents, uid(leader), leaderName, minimumCents, bids, endsAtMs), sold, reason);
        }

        private static Uid uid(String hex) throws MalformedException {
            try {
                return hex.isEmpty() ? Uid.NOBODY : Uid.parseHex(hex);
            } catch (NumberFormatException e) {
                throw new MalformedException("the outcome's uid is not hex digits", e);
            }
        }
    }
}
