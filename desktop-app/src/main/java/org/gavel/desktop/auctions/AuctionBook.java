package org.gavel.desktop.auctions;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.Outcome;

/** What the ordered events of one auction add up to. Knows no control; used on one thread. */
final class AuctionBook {
    /** Bids kept for the ladder; the price and the count do not depend on them. */
    static final int LINES_MAX = 500;
    /** Steps kept for the chart. */
    static final int STEPS_MAX = 2_000;
    /** Names kept; more are only counted by the auction itself. */
    static final int PARTICIPANTS_MAX = 500;

    private final String me;
    private final Deque<BidLine> lines = new ArrayDeque<>();
    private final Deque<PriceStep> steps = new ArrayDeque<>();
    private final Map<String, String> participants = new LinkedHashMap<>();
    private long priceCents = Outcome.ABSENT;
    private long minimumCents = Outcome.ABSENT;
    private long bids;
    private String leader = "";
    private String leaderName = "";
    private long endsAtMs = Outcome.ABSENT;
    private long timeMs;
    private long heardMs;
    private long lastSeq;
    private boolean iBid;
    private boolean iJoined;
    private boolean iSell;
    private AuctionEvent closing;
    private String title = "";
    private long incrementCents;

    /** @param me uid of the person at the window, 16 hex digits */
    AuctionBook(String me) {
        this.me = me;
    }

    /** @param nowMs the feed's clock */
    void absorb(AuctionEvent event, long nowMs) {
        Outcome outcome = event.outcome();
        lastSeq = Math.max(lastSeq, event.seq());
        timeMs = Math.max(timeMs, event.timeMs());
        heardMs = nowMs;
        switch (event.type()) {
            case "bid" -> onBid(event, outcome);
            case "joined" -> onJoined(outcome);
            case "left" -> participants.remove(outcome.by());
            case "snapshot" -> onSnapshot(outcome);
            case "closed" -> closing = event;
            case "extended" -> {
                endsAtMs = outcome.endsAtMs();
                return;
            }
            default -> { }
        }
        standing(outcome);
        if (priceCents != Outcome.ABSENT && (steps.isEmpty() || steps.peekLast().priceCents() != priceCents)) {
            if (!steps.isEmpty() && steps.peekLast().timeMs() == event.timeMs()) {
                // It stood for no time: that of an auction which is only being opened is 0.
                steps.removeLast();
            }
            bounded(steps, STEPS_MAX, new PriceStep(event.timeMs(), priceCents));
        }
    }

    private void onBid(AuctionEvent event, Outcome outcome) {
        boolean accepted = outcome.result().equals("accepted");
        boolean own = event.own() || outcome.by().equals(me);
        iBid |= own;
        String reason = outcome.reason();
        bounded(lines, LINES_MAX, new BidLine(event.seq(), event.timeMs(), outcome.name(), own, outcome.amountCents(), accepted, reason == null ? "" : reason));
    }

    private void onJoined(Outcome outcome) {
        if (!outcome.result().equals("rejected")) {
            remember(outcome.by(), outcome.name());
        }
    }

    private void onSnapshot(Outcome outcome) {
        iSell = outcome.text("seller", "").equals(me);
        try {
            JsonElement terms = JsonParser.parseString(outcome.text("item", "{}"));
            if (terms.isJsonObject() && terms.getAsJsonObject().has("title")) {
                title = terms.getAsJsonObject().get("title").getAsString();
                incrementCents = terms.getAsJsonObject().get("incrementCents").getAsLong();
            }
            JsonElement people = JsonParser.parseString(outcome.text("participants", "[]"));
            JsonArray all = people.isJsonArray() ? people.getAsJsonArray() : new JsonArray();
            for (JsonElement one : all) {
                JsonObject person = one.getAsJsonObject();
                remember(person.get("uid").getAsString(), person.get("name").getAsString());
                iBid |= person.get("uid").getAsString().equals(me) && person.get("bids").getAsLong() > 0;
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException e) {
            // A later version may write participants otherwise: then their names come with their bids only.
            participants.putIfAbsent(outcome.leader(), outcome.leaderName());
        }
    }

    private void remember(String uid, String name) {
        if (!uid.isEmpty() && (participants.size() < PARTICIPANTS_MAX || participants.containsKey(uid))) {
            participants.put(uid, name);
        }
        iJoined |= uid.equals(me);
    }

    private void standing(Outcome outcome) {
        if (outcome.priceCents() != Outcome.ABSENT) {
            priceCents = outcome.priceCents();
            minimumCents = outcome.minimumCents();
            bids = Math.max(bids, outcome.bids());
            String newLeader = outcome.type().equals("closed") ? outcome.winner() : outcome.leader();
            if (!outcome.type().equals("closed") || outcome.sold()) {
                leader = newLeader;
                leaderName = outcome.type().equals("closed") ? outcome.winnerName() : outcome.leaderName();
            }
        }
        if (outcome.endsAtMs() != Outcome.ABSENT) {
            endsAtMs = outcome.endsAtMs();
        }
    }

    private static <T> void bounded(Deque<T> all, int max, T next) {
        if (all.size() >= max) {
            all.poll();
        }
        all.add(next);
    }

    /** The item's title; empty while unknown. */
    String title() {
        return title;
    }

    /** 0 while unknown. */
    long incrementCents() {
        return incrementCents;
    }

    boolean isEmpty() {
        return lastSeq == 0 && closing == null;
    }

    boolean isClosed() {
        return closing != null;
    }

    /** The close, or null. */
    Outcome closing() {
        return closing == null ? null : closing.outcome();
    }

    boolean iLead() {
        return !leader.isEmpty() && leader.equals(me);
    }

    boolean iBid() {
        return iBid;
    }

    boolean iJoined() {
        return iJoined;
    }

    boolean iSell() {
        return iSell;
    }

    long priceCents() {
        return priceCents;
    }

    long minimumCents() {
        return minimumCents;
    }

    long bids() {
        return bids;
    }

    String leader() {
        return leader;
    }

    String leaderName() {
        return leaderName;
    }

    long lastSeq() {
        return lastSeq;
    }

    long heardMs() {
        return heardMs;
    }

    /** Auction time left when the newest event came; {@link Outcome#ABSENT} while no end is known. */
    long leftMs() {
        return endsAtMs == Outcome.ABSENT ? Outcome.ABSENT : Math.max(0, endsAtMs - timeMs);
    }

    long timeMs() {
        return timeMs;
    }

    long endsAtMs() {
        return endsAtMs;
    }

    /** The newest first. */
    List<BidLine> ladder() {
        List<BidLine> newestFirst = new ArrayList<>(lines.size());
        lines.descendingIterator().forEachRemaining(newestFirst::add);
        return newestFirst;
    }

    List<PriceStep> steps() {
        return List.copyOf(steps);
    }

    /** Uid to name, in the order in which they came. */
    Map<String, String> participants() {
        return Map.copyOf(participants);
    }
}
