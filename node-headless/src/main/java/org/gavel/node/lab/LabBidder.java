package org.gavel.node.lab;

import com.google.gson.JsonObject;
import java.util.function.Consumer;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.Outcome;
import java.util.concurrent.CompletableFuture;

/**
 * One client's part in one auction: bids at a steady pace, against itself too, and tells as JSON all that it sent and heard. Several bids are
 * under way at the same time, and never two of one amount. On the client's thread.
 */
final class LabBidder implements AuctionListener {
    /** So many unanswered bids, then it waits: what queues up while an auction has no active is bounded. */
    static final int UNDER_WAY_MAX = 32;

    /** Makes a bid. */
    interface House {
        CompletableFuture<BidResult> bid(String auctionId, long amountCents);
    }

    private final House house;
    private final String auctionId;
    private final Consumer<JsonObject> out;
    private long nextCents;
    private int underWay;
    private boolean over;

    LabBidder(House house, String auctionId, long startCents, Consumer<JsonObject> out) {
        this.house = house;
        this.auctionId = auctionId;
        this.nextCents = startCents;
        this.out = out;
    }

    String auctionId() {
        return auctionId;
    }

    boolean isOver() {
        return over;
    }

    /** The moment for one more bid has come. */
    void onPace() {
        if (over || underWay >= UNDER_WAY_MAX) {
            return;
        }
        long cents = nextCents++;
        underWay++;
        JsonObject line = line("sent");
        line.addProperty("cents", cents);
        out.accept(line);
        house.bid(auctionId, cents).whenComplete((result, failure) -> onAnswer(cents, result, failure));
    }

    private void onAnswer(long cents, BidResult result, Throwable failure) {
        underWay--;
        JsonObject line = line(failure == null ? "answered" : "failed");
        line.addProperty("cents", cents);
        if (failure == null) {
            line.addProperty("accepted", result.accepted());
            line.addProperty("seq", result.seq());
            outbid(result.minimumCents());
        } else {
            line.addProperty("sentence", failure.getMessage());
        }
        out.accept(line);
    }

    private void outbid(long minimumCents) {
        nextCents = Math.max(nextCents, minimumCents);
    }

    @Override
    public void onEvent(AuctionEvent event) {
        Outcome outcome = event.outcome();
        outbid(outcome.minimumCents());
        over |= event.type().equals("closed");
        JsonObject line = line("event");
        line.addProperty("seq", event.seq());
        line.addProperty("type", event.type());
        line.addProperty("outcome", outcome.json());
        out.accept(line);
    }

    @Override
    public void onNotice(String code, String sentence) {
        JsonObject line = line("notice");
        line.addProperty("code", code);
        line.addProperty("sentence", sentence);
        out.accept(line);
    }

    @Override
    public void onEnd(ClientException failure) {
        over = true;
        JsonObject line = line("end");
        if (failure != null) {
            line.addProperty("failure", failure.getMessage());
        }
        out.accept(line);
    }

    private JsonObject line(String kind) {
        JsonObject line = new JsonObject();
        line.addProperty("kind", kind);
        line.addProperty("auction", auctionId);
        return line;
    }
}
