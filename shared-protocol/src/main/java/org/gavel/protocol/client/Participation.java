package org.gavel.protocol.client;

/** A client's own part in an auction, from what it asked for and what the stream and the answers say became of it. */
final class Participation {
    private boolean joinAsked;
    private boolean joined;
    private boolean leaveAsked;
    private boolean left;
    /** No event of interest can follow: the session ends once everything is answered. */
    private boolean over;

    void askToJoin() {
        joinAsked = true;
    }

    boolean isJoinAsked() {
        return joinAsked;
    }

    void askToLeave() {
        leaveAsked = true;
    }

    boolean hasLeft() {
        return left;
    }

    boolean isOver() {
        return over;
    }

    /** For everybody: it was closed or cancelled. */
    void auctionIsOver() {
        over = true;
    }

    /**
     * An event of the stream.
     *
     * @param own       of a command of this very session
     * @param ofThisOne of the same bidder, perhaps from another session
     */
    void note(AuctionEvent event, boolean own, boolean ofThisOne) {
        switch (event.type()) {
            case "closed" -> over = true;
            case "joined" -> joined |= own && !event.outcome().isRejected();
            case "left" -> {
                if (!event.outcome().isRejected() && ofThisOne && (joined || leaveAsked)) {
                    left = true;
                    over = true;
                }
            }
            default -> { }
        }
    }

    /** A command of this session was answered outside the stream. */
    void note(Command<?> answered, Outcome outcome) {
        boolean accepted = !outcome.isRejected();
        joined |= answered.join && accepted;
        left |= answered.leave && accepted;
        over |= answered.leave && accepted;
    }
}
