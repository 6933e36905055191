package org.gavel.node.simulation.check;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.gavel.node.simulation.Operation;
import org.gavel.node.simulation.OperationObserver;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.wire.LogEntry;

/** What clients are told, held against what was committed (invariants 3 and 4). Nothing is thrown into a client: complaints go to a listener. */
final class ClientStreams implements OperationObserver {
    private record Stream(String process, String auctionId) { }

    private final Function<String, AuctionRecord> auctions;
    private final Consumer<Violation> complaints;
    private final Map<Stream, Long> last = new HashMap<>();

    /** @param auctions by id; null if nothing of it was ever committed */
    ClientStreams(Function<String, AuctionRecord> auctions, Consumer<Violation> complaints) {
        this.auctions = auctions;
        this.complaints = complaints;
    }

    @Override
    public void onOk(Operation operation, Object result) {
        if (result instanceof BidResult bid && bid.seq() > 0) {
            checkBid(operation, bid);
        }
    }

    private void checkBid(Operation operation, BidResult bid) {
        AuctionRecord auction = auctions.apply(operation.auctionId());
        Committed entry = auction == null ? null : auction.log().at(bid.seq());
        long place = auction == null ? 0 : auction.model().indexOf(operation.note());
        if (entry == null || place != bid.seq()) {
            complain(InvariantNames.BID_KEPT, operation.process() + " was told that its bid " + operation.note() + " of " + operation.amountCents() + " stands at "
                + bid.seq() + " of " + operation.auctionId() + ", " + (place == 0 ? "it is in no committed log" : "it stands at " + place));
        } else if (!new String(entry.outcome(), java.nio.charset.StandardCharsets.UTF_8).equals(bid.outcome().json())) {
            complain(InvariantNames.BID_KEPT, operation.process() + " was told " + bid + ", the outcome is "
                + new String(entry.outcome(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Override
    public void onEvent(String process, AuctionEvent event) {
        AuctionRecord auction = auctions.apply(event.auctionId());
        if (auction == null) {
            if (!event.type().equals("closed")) {
                complain(InvariantNames.ONE_ORDER, process + " hears " + event + " of an auction in which nothing was committed");
            }
            return;
        }
        Stream stream = new Stream(process, event.auctionId());
        Long before = last.get(stream);
        if (event.type().equals("snapshot")) {
            last.put(stream, Math.max(event.seq(), before == null ? 0 : before));
        } else if (event.type().equals("closed") && (event.seq() == 0 || before == null || event.seq() <= before)) {
            checkResult(process, auction, event);
        } else if (!event.type().equals("extended")) { // it only says once more what its bid has said
            checkEvent(process, auction, event, before);
            last.put(stream, event.seq());
        }
    }

    private void checkEvent(String process, AuctionRecord auction, AuctionEvent event, Long before) {
        Committed entry = auction.log().at(event.seq());
        if (entry == null) {
            complain(InvariantNames.ONE_ORDER, process + " hears " + event + " of " + event.auctionId() + ", which nobody has committed");
            return;
        }
        String outcome = new String(entry.outcome(), java.nio.charset.StandardCharsets.UTF_8);
        if (!outcome.equals(event.outcome().json())) {
            complain(InvariantNames.ONE_ORDER, process + " hears " + event + " of " + event.auctionId() + ", committed is " + outcome);
        }
        if (before != null && event.seq() <= before) {
            complain(InvariantNames.ONE_ORDER, process + " hears number " + event.seq() + " of " + event.auctionId() + " after number " + before);
        }
        for (long skipped = before == null ? event.seq() : before + 1; skipped < event.seq(); skipped++) {
            Committed left = auction.log().at(skipped);
            if (left != null && isShown(left)) {
                complain(InvariantNames.ONE_ORDER, process + " hears " + event + " of " + event.auctionId() + " after number " + before + " and never heard of number "
                    + skipped + ", " + new String(left.outcome(), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    /** The result told without its place in the order, by the INM, a former member, or after a snapshot. */
    private void checkResult(String process, AuctionRecord auction, AuctionEvent event) {
        boolean cancelled = event.outcome().type().equals("cancelled");
        if (auction.model().isOver() && !cancelled) {
            boolean same = event.outcome().sold() == auction.model().isSold() && event.outcome().priceCents() == auction.model().priceCents();
            if (!same) {
                complain(InvariantNames.ONE_ORDER, process + " hears as the result of " + event.auctionId() + " " + event + ", it ended at "
                    + auction.model().priceCents() + (auction.model().isSold() ? ", sold" : ", not sold"));
            }
        } else if (!cancelled) {
            complain(InvariantNames.ONE_CLOSE, process + " hears the result of " + event.auctionId() + ", whose close nobody has committed: " + event);
        }
    }

    /** Those that a client shows; empty, config and void entries take numbers only. */
    private static boolean isShown(Committed committed) {
        if (committed.entry().kind() != LogEntry.Kind.COMMAND) {
            return false;
        }
        String outcome = new String(committed.outcome(), java.nio.charset.StandardCharsets.UTF_8);
        boolean isVoid = outcome.contains("\"result\":\"void\"");
        return !isVoid && !outcome.startsWith("{\"type\":\"unknown\"") && !outcome.startsWith("{\"type\":\"close\"") && !outcome.startsWith("{\"type\":\"cancel\"");
    }

    @Override
    public void onEnd(String process, String auctionId, boolean failed) {
        last.remove(new Stream(process, auctionId));
    }

    private void complain(String invariant, String sentence) {
        complaints.accept(new Violation(invariant, sentence));
    }
}
