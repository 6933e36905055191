package org.gavel.protocol.auction;

import org.gavel.protocol.identity.Uid;

/**
 * The rules of protocol.md section 12 as functions of the state: each names why a command is refused and what would do, or says nothing.
 */
final class AuctionRules {
    private AuctionRules() { }

    /** Why this bid is refused at this auction time; null if it is accepted. */
    static String bidRefusal(AuctionState auction, long timeMs, Uid client, long amountCents) {
        String closed = takesNothing(auction, timeMs);
        if (closed != null) {
            return closed;
        }
        if (client.equals(auction.terms().seller())) {
            return "the seller cannot bid on the own item; only others can";
        }
        long minimumCents = auction.standing().minimumCents();
        if (amountCents < 1) {
            return "an amount must be positive; bid at least " + Money.format(minimumCents);
        }
        if (amountCents > Money.AMOUNT_CENTS_MAX) {
            return "an amount is at most " + Money.format(Money.AMOUNT_CENTS_MAX) + " (9 quadrillion cents); bid at least "
                    + Money.format(minimumCents);
        }
        return amountCents < minimumCents ? tooLow(auction, amountCents, minimumCents) : null;
    }

    private static String tooLow(AuctionState auction, long amountCents, long minimumCents) {
        if (minimumCents > Money.AMOUNT_CENTS_MAX) {
            return Money.format(amountCents) + " does not top " + Money.format(auction.standing().priceCents())
                    + "; no higher bid is possible, an amount is at most " + Money.format(Money.AMOUNT_CENTS_MAX);
        }
        if (auction.standing().bids() == 0) {
            return Money.format(amountCents) + " is below the start price; bid at least " + Money.format(minimumCents);
        }
        return Money.format(amountCents) + " is not enough: the price is " + Money.format(auction.standing().priceCents())
                + " and rises by at least " + Money.format(auction.terms().item().incrementCents()) + "; bid at least "
                + Money.format(minimumCents);
    }

    /** Why an auction takes no bid and no participant at this auction time; null if it does. */
    static String takesNothing(AuctionState auction, long timeMs) {
        switch (auction.phase()) {
            case PENDING -> {
                return "the auction has not opened yet; try again in a moment";
            }
            case CLOSED -> {
                return "the auction is closed; it ended at " + Money.format(auction.standing().priceCents())
                        + (auction.sold() ? "" : " and was not sold") + ", no bid is taken any more";
            }
            case CANCELLED -> {
                return "the auction was cancelled; no bid is taken any more";
            }
            case RUNNING -> {
                return timeMs < auction.standing().endsAtMs() ? null
                        : "the auction's time is over; it ended at " + auction.standing().endsAtMs() + " ms, this came at " + timeMs + " ms";
            }
        }
        throw new IllegalStateException("every phase has its answer");
    }

    /** Soft close: the end after a bid accepted at {@code timeMs}. */
    static long endAfterBid(AuctionTerms terms, long endsAtMs, long timeMs) {
        return endsAtMs - timeMs < terms.extendWindowMs() ? timeMs + terms.extendWindowMs() : endsAtMs;
    }

    /** The winner pays the price only if it reaches the reserve. */
    static boolean isSold(AuctionTerms terms, Standing standing) {
        return standing.bids() > 0 && (terms.item().reserveCents() == null || standing.priceCents() >= terms.item().reserveCents());
    }
}
