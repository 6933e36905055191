package org.gavel.protocol.client;

/**
 * One event of an auction's total order, as participants see it.
 */
public final class AuctionEvent {
    private final String auctionId;
    private final long seq;
    private final long timeMs;
    private final Outcome outcome;
    private final boolean own;
    private final String type;

    AuctionEvent(String auctionId, long seq, long timeMs, Outcome outcome, boolean own, String type) {
        this.auctionId = auctionId;
        this.seq = seq;
        this.timeMs = timeMs;
        this.outcome = outcome;
        this.own = own;
        this.type = type;
    }

    /** An event whose type is its outcome's. */
    public static AuctionEvent of(String auctionId, long seq, long timeMs, Outcome outcome, boolean own) {
        return new AuctionEvent(auctionId, seq, timeMs, outcome, own, null);
    }

    public String auctionId() {
        return auctionId;
    }

    /** Its number in the total order; gap-free together with what is not shown. */
    public long seq() {
        return seq;
    }

    /** Auction time. */
    public long timeMs() {
        return timeMs;
    }

    /** opened, joined, left, bid, extended, closed; or snapshot, which stands for all numbers up to its own. */
    public String type() {
        if (type != null) {
            return type;
        }
        if (outcome.isBid()) {
            return "bid";
        }
        return switch (outcome.type()) {
            case "open" -> outcome.result().equals("accepted") ? "opened" : "";
            case "join" -> "joined";
            case "leave" -> "left";
            case "closed", "cancelled" -> "closed";
            // An attempt to close before the end, or twice, is void.
            case "close", "cancel", "unknown" -> "";
            default -> outcome.type();
        };
    }

    /** True if it came from this very session. */
    public boolean own() {
        return own;
    }

    /** All that is known of it; for a snapshot its JSON. */
    public Outcome outcome() {
        return outcome;
    }

    /** True for the entries that take a number and say nothing to a bidder. */
    boolean hidden() {
        return !outcome.isBid() && switch (type()) {
            case "", "config", "empty", "unreadable" -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return seq + " " + type() + " " + outcome;
    }
}
