package org.gavel.protocol.auction;

/** Where an auction stands. It only moves forward. */
public enum AuctionPhase {
    /** The group exists, the open entry is not yet committed: nothing can be bid. */
    PENDING("pending"),
    /** Bids are taken until the end. */
    RUNNING("running"),
    /** The close entry is committed: the result stands. */
    CLOSED("closed"),
    /** Ended without a result; nobody has won. */
    CANCELLED("cancelled");

    private final String word;

    AuctionPhase(String word) {
        this.word = word;
    }

    /** As in JSON. */
    public String word() {
        return word;
    }

    /** The phase of a {@link #word}, or null. */
    public static AuctionPhase ofWord(String word) {
        for (AuctionPhase phase : values()) {
            if (phase.word.equals(word)) {
                return phase;
            }
        }
        return null;
    }

    public boolean isOver() {
        return this == CLOSED || this == CANCELLED;
    }
}
