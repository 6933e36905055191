package org.gavel.node.directory;

/** How the ring's directory knows an auction. */
public enum AuctionStage {
    /** The item is claimed and four nodes are chosen; no active has confirmed yet. */
    ASSIGNED("assigned"),
    /** An active serves it. */
    RUNNING("running"),
    /** Its close is settled: sold or not. */
    FINISHED("finished"),
    /** Ended without a result; the item stays claimed until an operator releases it. */
    CANCELLED("cancelled"),
    /** Never began: no active confirmed in time, and enough acceptors stored that they will never open it. */
    LAPSED("lapsed");

    private final String word;

    AuctionStage(String word) {
        this.word = word;
    }

    /** As in JSON. */
    public String word() {
        return word;
    }

    public boolean isOver() {
        return this == FINISHED || this == CANCELLED || this == LAPSED;
    }

    static AuctionStage ofWord(String word) {
        for (AuctionStage stage : values()) {
            if (stage.word.equals(word)) {
                return stage;
            }
        }
        return null;
    }
}
