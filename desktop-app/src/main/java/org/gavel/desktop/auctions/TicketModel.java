package org.gavel.desktop.auctions;

import java.util.Optional;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.client.BidResult;

/**
 * The bid ticket: what was typed, whether it would do, and what became of it. What the person typed is never changed by anything but the
 * person. From the moment it is sent until its answer the ticket is locked; the client keeps the bid's session and number through every retry and
 * every change of the active, so that one ticket is one bid.
 */
final class TicketModel {
    /** Where a ticket is on its way. */
    enum Phase {
        /** Being written. */
        EDITING,
        /** Under way: locked. */
        SENDING,
        /** Ordered, and it counts. */
        ACCEPTED,
        /** Ordered, and it does not count. */
        REJECTED,
        /** No answer: whether it counts will be told by the auction's order. */
        FAILED
    }

    private String auctionId = "";
    private String title = "";
    private String text = "";
    private Phase phase = Phase.EDITING;
    private String said = "";
    private long minimumCents = -1;
    private long incrementCents = 100;
    private long minimumWhenTyped = -1;
    private boolean open;
    private String closedWhy = "no auction is chosen";
    private String waiting = "";

    /** Another auction: a fresh ticket, unless one is under way, which stays. */
    boolean choose(String newAuctionId, String newTitle) {
        if (newAuctionId.equals(auctionId)) {
            // An auction may be known before the catalogue that names its item.
            title = newTitle;
            return true;
        }
        if (phase == Phase.SENDING) {
            return false;
        }
        auctionId = newAuctionId;
        title = newTitle;
        text = "";
        said = "";
        phase = Phase.EDITING;
        minimumWhenTyped = -1;
        return true;
    }

    /**
     * What the auction is like now.
     *
     * @param isOpen  bids are taken
     * @param why     a sentence if not
     * @param waiting what a bid under way waits for, such as 'waiting for a leader'; empty if for nothing
     */
    void market(long newMinimumCents, long newIncrementCents, boolean isOpen, String why, String newWaiting) {
        minimumCents = newMinimumCents;
        incrementCents = Math.max(1, newIncrementCents);
        open = isOpen;
        closedWhy = why;
        waiting = newWaiting;
    }

    /** The person typed. */
    void type(String newText) {
        if (phase == Phase.SENDING || newText.equals(text)) {
            return;
        }
        text = newText;
        phase = Phase.EDITING;
        said = "";
        minimumWhenTyped = minimumCents;
    }

    /** Raises by so many increments: above what was typed, or above the minimum if that is more. */
    void raise(int increments) {
        long from = amount().orElse(0L);
        long base = Math.max(from, minimumCents < 0 ? 0 : minimumCents - incrementCents);
        long next = base + increments * incrementCents;
        if (next <= Money.AMOUNT_CENTS_MAX) {
            type(Money.format(next));
        }
    }

    /** The least that would do, as the person asked for by 'Bid again'. */
    void fillMinimum() {
        if (minimumCents >= 0) {
            type(Money.format(minimumCents));
        }
    }

    /** Locks the ticket. @return the amount to send, or empty if it must not be sent */
    Optional<Long> submit() {
        if (!canSubmit()) {
            return Optional.empty();
        }
        phase = Phase.SENDING;
        said = "";
        return amount();
    }

    void answered(BidResult result) {
        if (result.minimumCents() >= 0) {
            minimumCents = result.minimumCents();
        }
        String place = result.seq() > 0 ? "Ordered #" + result.seq() + " · " : "";
        if (result.accepted()) {
            phase = Phase.ACCEPTED;
            said = place + "accepted: you lead at " + Money.format(result.priceCents());
        } else {
            phase = Phase.REJECTED;
            said = place + "rejected: " + (result.reason() == null ? "the auction gives no reason" : result.reason());
        }
    }

    void failed(String sentence) {
        phase = Phase.FAILED;
        said = sentence;
    }

    boolean canSubmit() {
        return open && phase != Phase.SENDING && !text.isEmpty() && complaint().isEmpty();
    }

    boolean isLocked() {
        return phase == Phase.SENDING;
    }

    /** Bids are taken at all. */
    boolean isOpen() {
        return open;
    }

    /** What is wrong with what was typed; empty if nothing is, or nothing was typed. */
    String complaint() {
        if (text.isEmpty() || phase == Phase.ACCEPTED) {
            return phase == Phase.ACCEPTED ? "change the amount to bid again" : "";
        }
        long cents;
        try {
            cents = Money.parse(text);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        if (minimumCents >= 0 && cents < minimumCents) {
            boolean moved = minimumWhenTyped >= 0 && minimumWhenTyped != minimumCents;
            return (moved ? "minimum is now " : "minimum is ") + Money.format(minimumCents);
        }
        return "";
    }

    /** One line under the amount: the mistake, the state, or what would do. */
    String message() {
        if (phase == Phase.SENDING) {
            return waiting.isEmpty() ? "Sending…" : "Sending… " + waiting;
        }
        if (!said.isEmpty()) {
            return said;
        }
        if (!open) {
            return closedWhy;
        }
        String complaint = complaint();
        if (!complaint.isEmpty()) {
            return complaint;
        }
        return minimumCents >= 0 ? "minimum is " + Money.format(minimumCents) : "";
    }

    /** A problem, to be drawn as one. */
    boolean isTrouble() {
        return phase == Phase.REJECTED || phase == Phase.FAILED || phase == Phase.EDITING && open && !complaint().isEmpty();
    }

    /** The button says what it does. */
    String buttonText() {
        if (phase == Phase.SENDING) {
            return "Sending " + shownAmount() + "…";
        }
        Optional<Long> cents = amount();
        return cents.isEmpty() ? "Bid" : "Bid " + Money.format(cents.get()) + " on " + title;
    }

    private String shownAmount() {
        return amount().map(Money::format).orElse(text);
    }

    private Optional<Long> amount() {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Money.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String auctionId() {
        return auctionId;
    }

    String title() {
        return title;
    }

    String text() {
        return text;
    }

    Phase phase() {
        return phase;
    }

    long incrementCents() {
        return incrementCents;
    }
}
