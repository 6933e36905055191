package org.gavel.node.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import org.gavel.node.client.Durations;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.Outcome;

/** An event of an auction as a line, for people or as JSON. */
final class EventLines {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private EventLines() { }

    /** {seq, type, timeMs, auctionId, ...}: the outcome's own fields behind these. */
    static String json(AuctionEvent event) {
        JsonObject json = new JsonObject();
        json.addProperty("seq", event.seq());
        json.addProperty("type", event.type());
        json.addProperty("auctionId", event.auctionId());
        json.addProperty("timeMs", event.timeMs());
        try {
            JsonElement outcome = JsonParser.parseString(event.outcome().json());
            if (outcome.isJsonObject()) {
                for (Map.Entry<String, JsonElement> field : outcome.getAsJsonObject().entrySet()) {
                    if (!json.has(field.getKey())) {
                        json.add(field.getKey(), field.getValue());
                    }
                }
            }
        } catch (JsonParseException e) {
            json.addProperty("unreadable", event.outcome().json());
        }
        return GSON.toJson(json);
    }

    static String text(AuctionEvent event) {
        return String.format("%5d  %s", event.seq(), Tables.plain(sentence(event)));
    }

    private static String sentence(AuctionEvent event) {
        Outcome outcome = event.outcome();
        return switch (event.type()) {
            case "snapshot" -> "so far" + standing(outcome);
            case "opened" -> event.auctionId() + " is open" + standing(outcome);
            case "joined" -> who(outcome) + (outcome.result().equals("rejected") ? " cannot join: " + outcome.reason() : " joined");
            case "left" -> who(outcome) + " left";
            case "bid" -> bid(outcome);
            case "extended" -> "the end moves to " + Durations.clock(outcome.endsAtMs());
            case "closed" -> closed(outcome);
            default -> event.type();
        };
    }

    private static String standing(Outcome outcome) {
        String leader = outcome.leaderName().isEmpty() ? "" : " by " + outcome.leaderName();
        String end = outcome.endsAtMs() == Outcome.ABSENT ? "" : ", ends at " + Durations.clock(outcome.endsAtMs());
        return outcome.priceCents() == Outcome.ABSENT ? "" : ": " + Money.format(outcome.priceCents()) + leader + end;
    }

    private static String bid(Outcome outcome) {
        String amount = Money.format(Math.max(0, outcome.amountCents()));
        if (!outcome.result().equals("accepted")) {
            return who(outcome) + " bids " + amount + ", rejected: " + outcome.reason();
        }
        String next = outcome.minimumCents() == Outcome.ABSENT ? "" : "; next at least " + Money.format(outcome.minimumCents());
        return who(outcome) + " bids " + amount + " and leads" + next;
    }

    private static String closed(Outcome outcome) {
        if (outcome.reason() != null && !outcome.sold()) {
            return "closed, not sold: " + outcome.reason();
        }
        if (outcome.winner().isEmpty()) {
            return "closed, not sold";
        }
        String winner = outcome.winnerName().isEmpty() ? outcome.winner() : outcome.winnerName();
        return "closed: sold to " + winner + " for " + Money.format(Math.max(0, outcome.priceCents()));
    }

    private static String who(Outcome outcome) {
        if (!outcome.name().isEmpty()) {
            return outcome.name();
        }
        return outcome.by().isEmpty() ? "somebody" : outcome.by();
    }
}
