package org.gavel.node.demo;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.Outcome;
import org.gavel.protocol.identity.Uid;

/** Wants the item: bids the minimum whenever somebody else leads, after a moment's thought, until the auction is over. */
public final class Bidder implements AuctionListener {
    private static final int THOUGHT_MS_MIN = 60;
    private static final int THOUGHT_MS_MAX = 200;

    private final AuctionHouse client;
    private final String uid;
    private final String auctionId;
    private final BidLedger ledger;
    private final ScheduledExecutorService pace;
    private final Random mood;
    private long minimumCents;
    private long lastOwnCents;
    private String leader = "";
    private boolean over;
    private boolean bidding;

    /**
     * @param pace       where it thinks
     * @param startCents what the first bid must reach
     */
    public Bidder(AuctionHouse client, Uid uid, String auctionId, long startCents, BidLedger ledger, ScheduledExecutorService pace) {
        this.client = client;
        this.uid = uid.toString();
        this.auctionId = auctionId;
        this.minimumCents = startCents;
        this.ledger = ledger;
        this.pace = pace;
        this.mood = new Random(uid.value());
    }

    /** Joins and starts to bid. */
    public CompletableFuture<JoinResult> start() {
        return client.join(auctionId, this).whenComplete((joined, failure) -> {
            if (failure == null) {
                think();
            }
        });
    }

    /** Makes no further bid. */
    public synchronized void stop() {
        over = true;
    }

    @Override
    public synchronized void onEvent(AuctionEvent event) {
        Outcome outcome = event.outcome();
        minimumCents = Math.max(minimumCents, outcome.minimumCents());
        if (event.type().equals("bid") && outcome.result().equals("accepted")) {
            leader = outcome.by();
        }
        over |= event.type().equals("closed");
    }

    @Override
    public synchronized void onEnd(ClientException failure) {
        over = true;
    }

    private void think() {
        try {
            pace.schedule(this::bid, THOUGHT_MS_MIN + mood.nextInt(THOUGHT_MS_MAX - THOUGHT_MS_MIN), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            stop();
        }
    }

    private void bid() {
        long amountCents;
        synchronized (this) {
            if (over || bidding) {
                return;
            }
            if (leader.equals(uid)) {
                think();
                return;
            }
            bidding = true;
            amountCents = Math.max(minimumCents, lastOwnCents + 1);
            lastOwnCents = amountCents;
        }
        ledger.sent(uid, amountCents);
        client.bid(auctionId, amountCents, null).whenComplete((result, failure) -> onAnswer(amountCents, result, failure));
    }

    private void onAnswer(long amountCents, BidResult result, Throwable failure) {
        if (failure != null) {
            ledger.failed();
        } else {
            ledger.answered(uid, amountCents, result.accepted(), result.seq());
        }
        synchronized (this) {
            bidding = false;
            if (result != null) {
                minimumCents = Math.max(minimumCents, result.minimumCents());
            }
        }
        think();
    }
}
