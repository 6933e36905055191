package org.gavel.node.simulation.check;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/**
 * The rules of protocol.md section 12 written a second time, fed with the committed entries of one auction: what it expects of each is held against the outcome
 * (invariants 5 and 6), and the entries of one client session against their order (invariants 3 and 8).
 */
final class AuctionModel {
    private record Session(Uid client, long session) { }

    private final GroupKey key;
    private final Map<Session, Long> lastSequence = new HashMap<>();
    private final Map<String, Long> notes = new HashMap<>();
    private String auctionId = "";
    private Uid seller = Uid.NOBODY;
    private long incrementCents;
    private Long reserveCents;
    private long extendMs;
    private boolean opened;
    private boolean over;
    private boolean sold;
    private long minimumCents;
    private long priceCents;
    private Uid leader = Uid.NOBODY;
    private long endsAtMs;
    private long endIndex;
    private long timeMs;

    AuctionModel(GroupKey key) {
        this.key = key;
    }

    String auctionId() {
        return auctionId;
    }

    /** The entry that opens it is committed. */
    boolean isOpened() {
        return opened;
    }

    boolean isOver() {
        return over;
    }

    boolean isSold() {
        return sold;
    }

    Uid winner() {
        return sold ? leader : Uid.NOBODY;
    }

    long priceCents() {
        return priceCents;
    }

    /** Index of the entry that ended it, or 0. */
    long endIndex() {
        return endIndex;
    }

    /** Where the bid of this note stands, or 0. */
    long indexOf(String note) {
        return notes.getOrDefault(note, 0L);
    }

    void apply(Committed committed) {
        LogEntry entry = committed.entry();
        if (entry.timeMs() < timeMs) {
            throw new Violation(InvariantNames.ONE_CLOSE, key + ": auction time runs back at " + entry + ", from " + timeMs + " to " + entry.timeMs() + " ms");
        }
        timeMs = entry.timeMs();
        if (entry.kind() != LogEntry.Kind.COMMAND) {
            return;
        }
        JsonObject body = JsonParser.parseString(new String(entry.body(), StandardCharsets.UTF_8)).getAsJsonObject();
        Outcome outcome = outcome(committed);
        if (!entry.client().isNobody()) {
            checkOrder(entry, body);
        }
        switch (body.get("type").getAsString()) {
            case "open" -> open(entry, body, outcome);
            case "bid" -> bid(entry, body.get("amountCents").getAsLong(), outcome);
            case "close" -> close(entry, outcome);
            case "cancel" -> cancel(entry, outcome);
            default -> { }
        }
    }

    private Outcome outcome(Committed committed) {
        try {
            return Outcome.fromJson(committed.outcome());
        } catch (MalformedException e) {
            throw new Violation(InvariantNames.NO_EXCEPTION, key + ": the outcome of " + committed.entry() + " cannot be read: " + e.getMessage());
        }
    }

    private void checkOrder(LogEntry entry, JsonObject body) {
        Session session = new Session(entry.client(), entry.session());
        long last = lastSequence.getOrDefault(session, 0L);
        if (entry.sequence() <= last) {
            throw new Violation(InvariantNames.BID_KEPT, key + ": command " + entry.sequence() + " of session " + Long.toHexString(entry.session()) + " of "
                + entry.client() + " stands at " + entry + " a second time");
        }
        if (entry.sequence() != last + 1) {
            throw new Violation(InvariantNames.FIFO, key + ": command " + entry.sequence() + " of a session of " + entry.client() + " follows command " + last
                + " at " + entry);
        }
        lastSequence.put(session, entry.sequence());
        if (body.has("note")) {
            Long before = notes.put(body.get("note").getAsString(), entry.index());
            if (before != null) {
                throw new Violation(InvariantNames.BID_KEPT, key + ": the bid " + body + " stands at " + before + " and at " + entry);
            }
        }
    }

    private void open(LogEntry entry, JsonObject body, Outcome outcome) {
        expect(!opened && !over, entry, outcome, InvariantNames.ONE_CLOSE);
        if (opened || over) {
            return;
        }
        opened = true;
        auctionId = body.get("auctionId").getAsString();
        JsonObject item = body.getAsJsonObject("item");
        incrementCents = item.get("incrementCents").getAsLong();
        priceCents = item.get("startPriceCents").getAsLong();
        minimumCents = Math.max(1, priceCents);
        reserveCents = item.has("reserveCents") && !item.get("reserveCents").isJsonNull() ? item.get("reserveCents").getAsLong() : null;
        seller = Uid.parseHex(body.get("seller").getAsString());
        extendMs = body.get("extendWindowMs").getAsLong();
        endsAtMs = entry.timeMs() + body.get("durationMs").getAsLong();
    }

    private void bid(LogEntry entry, long amountCents, Outcome outcome) {
        boolean valid = opened && !over && entry.timeMs() < endsAtMs && !entry.client().equals(seller) && amountCents >= minimumCents;
        expect(valid, entry, outcome, over || entry.timeMs() >= endsAtMs ? InvariantNames.ONE_CLOSE : InvariantNames.HIGHEST_WINS);
        if (valid) {
            priceCents = amountCents;
            leader = entry.client();
            minimumCents = amountCents + incrementCents;
            if (endsAtMs - entry.timeMs() < extendMs) {
                endsAtMs = entry.timeMs() + extendMs;
            }
        }
        if (opened) {
            checkStanding(entry, outcome); // a rejected one changes nothing
        }
    }

    private void checkStanding(LogEntry entry, Outcome outcome) {
        boolean same = outcome.standing().priceCents() == priceCents && outcome.standing().leader().equals(leader)
            && outcome.standing().minimumCents() == minimumCents && outcome.standing().endsAtMs() == endsAtMs;
        if (!same) {
            throw new Violation(InvariantNames.HIGHEST_WINS, key + ": after the bid at " + entry + " the standing is " + outcome.standing() + ", it should be "
                + priceCents + " of " + leader + ", at least " + minimumCents + " next, until " + endsAtMs + " ms");
        }
    }

    private void close(LogEntry entry, Outcome outcome) {
        boolean valid = opened && !over && entry.timeMs() >= endsAtMs;
        expect(valid, entry, outcome, InvariantNames.ONE_CLOSE);
        if (valid) {
            over = true;
            endIndex = entry.index();
            sold = !leader.isNobody() && (reserveCents == null || priceCents >= reserveCents);
            if (outcome.sold() != sold || !outcome.winner().equals(winner()) || outcome.standing().priceCents() != priceCents) {
                throw new Violation(InvariantNames.HIGHEST_WINS, key + ": it closes with " + outcome + ", it should be " + (sold ? "sold to " + leader : "unsold")
                    + " at " + priceCents);
            }
        }
    }

    private void cancel(LogEntry entry, Outcome outcome) {
        expect(!over, entry, outcome, InvariantNames.ONE_CLOSE);
        if (!over) {
            over = true;
            endIndex = entry.index();
        }
    }

    private void expect(boolean accepted, LogEntry entry, Outcome outcome, String invariant) {
        if (outcome.accepted() != accepted) {
            throw new Violation(invariant, key + ": " + new String(entry.body(), StandardCharsets.UTF_8) + " of " + entry.client() + " at " + entry + " and "
                + entry.timeMs() + " ms should be " + (accepted ? "accepted" : "refused") + " and was not: " + outcome.result() + ", " + outcome.reason());
        }
    }
}
