package org.gavel.protocol.client;

/** The one answer to a bid, given at the bid's place in the total order. Reads its JSON when first asked. */
public final class BidResult {
    private final long seq;
    private final Outcome outcome;

    public BidResult(long seq, Outcome outcome) {
        this.seq = seq;
        this.outcome = outcome;
    }

    public boolean accepted() {
        return "accepted".equals(outcome.result());
    }

    /** Place in the auction's order; 0 if the auction was over before the bid could be sent. */
    public long seq() {
        return seq;
    }

    /** Price after this bid, in cents. */
    public long priceCents() {
        return outcome.priceCents();
    }

    /** The least that the next bid must offer, in cents; {@link Outcome#ABSENT} if none would be taken. */
    public long minimumCents() {
        return outcome.minimumCents();
    }

    /** Why it was rejected, as a sentence; null if it was accepted. */
    public String reason() {
        return outcome.reason();
    }

    public Outcome outcome() {
        return outcome;
    }

    @Override
    public String toString() {
        return seq + " " + outcome;
    }
}
