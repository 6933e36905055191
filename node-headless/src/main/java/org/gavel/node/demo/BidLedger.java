package org.gavel.node.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.Outcome;

/**
 * The books of one auction, kept outside of the cluster: every bid that was made, its answer, and the orders that watching clients saw.
 * A bidder never makes two bids of one amount, so that (bidder, amount) names a bid. All methods may be called from any thread.
 */
public final class BidLedger {
    public static final int BIDS_MAX = 1_000_000;
    private static final int COMPLAINTS_MAX = 20;

    private record Key(String bidder, long amountCents) {
        @Override
        public String toString() {
            return amountCents + " cents by " + bidder;
        }
    }

    private record Answer(boolean accepted, long seq) { }

    /** Part of an event that the verdict needs. */
    private record Seen(long seq, String type, Key bid, boolean accepted, long priceCents) { }

    /** The order as one watching client saw it. */
    public final class Watcher implements AuctionListener {
        private final String name;
        private final List<Seen> order = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();
        private Outcome closed;
        private boolean ended;

        private Watcher(String name) {
            this.name = name;
        }

        @Override
        public void onEvent(AuctionEvent event) {
            saw(event.seq(), event.type(), event.outcome());
        }

        /** Number of the newest event it heard; 0 before the first. */
        private long lastSeq() {
            return order.isEmpty() ? 0 : order.get(order.size() - 1).seq();
        }

        /** The same as {@link #onEvent}, for a client of another process, which tells what it heard. */
        public void saw(long seq, String type, Outcome outcome) {
            synchronized (BidLedger.this) {
                Seen last = order.isEmpty() ? null : order.get(order.size() - 1);
                if (last != null && (type.equals("snapshot") || seq <= last.seq())) {
                    complaints.add(name + " heard number " + seq + " (" + type + ") after " + last.seq());
                }
                boolean isAccepted = "accepted".equals(outcome.result());
                if (closed != null && type.equals("bid")) {
                    // Who still waits for answers hears on; the order that all share ends with the close.
                    if (isAccepted) {
                        complaints.add(name + " saw a bid accepted behind the close, at number " + seq);
                    }
                    return;
                }
                order.add(new Seen(seq, type, new Key(outcome.by(), outcome.amountCents()), isAccepted, outcome.priceCents()));
                if (this == watchers.get(0) && type.equals("bid") && isAccepted) {
                    standing = new Standing(standing.bids() + 1, outcome.amountCents(), outcome.name());
                }
                closed = type.equals("closed") ? outcome : closed;
                BidLedger.this.notifyAll();
            }
        }

        @Override
        public void onEnd(ClientException failure) {
            ended(failure == null ? null : failure.getMessage());
        }

        /** @param failure why the stream ended before its time, or null */
        public void ended(String failure) {
            synchronized (BidLedger.this) {
                ended = true;
                if (failure != null) {
                    complaints.add(name + " lost the auction: " + failure);
                }
                BidLedger.this.notifyAll();
            }
        }

        private List<Seen> bids() {
            return order.stream().filter(seen -> seen.type().equals("bid")).toList();
        }
    }

    private final Map<Key, Optional<Answer>> bids = new LinkedHashMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private long accepted;
    private long failed;
    /** {@link System#nanoTime} of every accepted answer, the first {@link #accepted} are in use. */
    private long[] acceptedAtNs = new long[1_024];
    private Standing standing = new Standing(0, 0, "");

    /** Where the auction stands, as the first watcher sees it. */
    public record Standing(long bids, long priceCents, String leaderName) { }

    /** A listener for one more client that only watches; it counts in the verdict. */
    public AuctionListener watcher(String name) {
        return addWatcher(name);
    }

    /** The same with its other face, for a client of another process. */
    public synchronized Watcher addWatcher(String name) {
        Watcher watcher = new Watcher(name);
        watchers.add(watcher);
        return watcher;
    }

    /** @param bidder uid, 16 hex digits */
    public synchronized void sent(String bidder, long amountCents) {
        if (bids.size() >= BIDS_MAX) {
            throw new IllegalStateException("the ledger holds at most " + BIDS_MAX + " bids");
        }
        if (bids.put(new Key(bidder, amountCents), Optional.empty()) != null) {
            throw new IllegalStateException("invariant 'a bidder bids every amount once' is broken: " + new Key(bidder, amountCents));
        }
    }

    public synchronized void answered(String bidder, long amountCents, boolean isAccepted, long seq) {
        Optional<Answer> before = bids.put(new Key(bidder, amountCents), Optional.of(new Answer(isAccepted, seq)));
        if (before == null || before.isPresent()) {
            throw new IllegalStateException("invariant 'a bid is answered once' is broken: " + new Key(bidder, amountCents));
        }
        if (isAccepted) {
            if (accepted == acceptedAtNs.length) {
                acceptedAtNs = Arrays.copyOf(acceptedAtNs, acceptedAtNs.length * 2);
            }
            acceptedAtNs[(int) accepted++] = System.nanoTime();
        }
        notifyAll();
    }

    /** {@link System#nanoTime} of the first accepted answer at or after this one. */
    public synchronized OptionalLong firstAcceptedSince(long ns) {
        return Arrays.stream(acceptedAtNs, 0, (int) accepted).filter(at -> at - ns >= 0).findFirst();
    }

    public synchronized Standing standing() {
        return standing;
    }

    /** The call failed: whether the bid counts is not known to its bidder. */
    public synchronized void failed() {
        failed++;
        notifyAll();
    }

    public synchronized long acceptedCount() {
        return accepted;
    }

    public synchronized long underWay() {
        return bids.values().stream().filter(Optional::isEmpty).count() - failed;
    }

    /** Waits until so many bids were answered as accepted, or the auction is over; false if neither comes in time. */
    public synchronized boolean awaitAccepted(long count, long timeoutMs) throws InterruptedException {
        return await(() -> accepted >= count || isOver(), timeoutMs);
    }

    /** Waits until every watcher heard where the auction stands; from then on it misses nothing. False if that does not come in time. */
    public synchronized boolean awaitWatching(long timeoutMs) throws InterruptedException {
        return await(() -> watchers.stream().noneMatch(watcher -> watcher.order.isEmpty()), timeoutMs);
    }

    /** Waits for an accepted answer at or after this {@link System#nanoTime}; false if none comes in time. */
    public synchronized boolean awaitAcceptedSince(long ns, long timeoutMs) throws InterruptedException {
        return await(() -> firstAcceptedSince(ns).isPresent(), timeoutMs);
    }

    /** Waits until all watchers saw the end and every bid is answered; false if that does not come in time. */
    public synchronized boolean awaitEnd(long timeoutMs) throws InterruptedException {
        return await(() -> isOver() && underWay() <= 0, timeoutMs);
    }

    private boolean isOver() {
        return !watchers.isEmpty() && watchers.stream().allMatch(watcher -> watcher.ended || watcher.closed != null);
    }

    private boolean await(java.util.function.BooleanSupplier condition, long timeoutMs) throws InterruptedException {
        long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000;
        while (!condition.getAsBoolean()) {
            long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }

    /** Judges what is in the books now. */
    public synchronized Verdict verdict() {
        List<String> complaints = new ArrayList<>();
        long lost = 0;
        long doubled = 0;
        for (Watcher watcher : watchers) {
            complaints.addAll(watcher.complaints);
            lost = Math.max(lost, countLost(watcher, complaints));
            doubled = Math.max(doubled, countDoubled(watcher, complaints));
            checkPrice(watcher, complaints);
        }
        checkSameOrder(complaints);
        long unanswered = bids.values().stream().filter(Optional::isEmpty).count();
        if (unanswered > 0) {
            complaints.add(unanswered + " bids were never answered: " + bids.entrySet().stream().filter(bid -> bid.getValue().isEmpty())
                .map(bid -> bid.getKey() + seenAt(bid.getKey())).limit(COMPLAINTS_MAX).toList());
        }
        Outcome closed = watchers.isEmpty() ? null : watchers.get(0).closed;
        checkWinner(closed, complaints);
        Outcome end = closed == null ? Outcome.of("{}") : closed;
        return new Verdict(bids.size(), accepted, bids.size() - accepted - unanswered, unanswered, lost, doubled, end.winner(), end.winnerName(),
            Math.max(0, end.priceCents()), complaints.subList(0, Math.min(COMPLAINTS_MAX, complaints.size())));
    }

    /** Whether the order has it, though its bidder was not told. */
    private String seenAt(Key bid) {
        return watchers.stream().flatMap(watcher -> watcher.bids().stream()).filter(seen -> seen.bid().equals(bid)).findFirst()
            .map(seen -> " (number " + seen.seq() + ", " + (seen.accepted() ? "accepted)" : "rejected)")).orElse(" (not in the order)");
    }

    /** Answered with a place in the order, yet the order has something else there. */
    private long countLost(Watcher watcher, List<String> complaints) {
        Map<Long, Seen> bySeq = new LinkedHashMap<>();
        watcher.bids().forEach(seen -> bySeq.put(seen.seq(), seen));
        long lost = 0;
        for (Map.Entry<Key, Optional<Answer>> bid : bids.entrySet()) {
            Answer answer = bid.getValue().orElse(null);
            boolean behindTheEnd = answer != null && !answer.accepted() && watcher.closed != null && answer.seq() > watcher.lastSeq();
            if (answer == null || answer.seq() == 0 || behindTheEnd) {
                continue; // a bid refused because the auction was over stands behind the close, where watchers listen no more
            }
            Seen seen = bySeq.get(answer.seq());
            boolean there = seen != null && seen.bid().equals(bid.getKey()) && seen.accepted() == answer.accepted();
            if (!there) {
                lost += answer.accepted() ? 1 : 0;
                complaints.add("the bid of " + bid.getKey() + " was answered as " + (answer.accepted() ? "accepted" : "rejected") + " at number "
                    + answer.seq() + ", where " + watcher.name + " saw " + (seen == null ? "no bid" : seen));
            }
        }
        return lost;
    }

    private long countDoubled(Watcher watcher, List<String> complaints) {
        Map<Key, Integer> times = new LinkedHashMap<>();
        watcher.bids().forEach(seen -> times.merge(seen.bid(), 1, Integer::sum));
        long doubled = 0;
        for (Map.Entry<Key, Integer> entry : times.entrySet()) {
            if (entry.getValue() > 1) {
                doubled++;
                complaints.add("the bid of " + entry.getKey() + " stands " + entry.getValue() + " times in the order that " + watcher.name + " saw");
            } else if (!bids.containsKey(entry.getKey())) {
                complaints.add(watcher.name + " saw a bid of " + entry.getKey() + " that nobody made");
            }
        }
        return doubled;
    }

    private static void checkPrice(Watcher watcher, List<String> complaints) {
        long price = -1;
        for (Seen seen : watcher.bids()) {
            if (seen.accepted() && seen.bid().amountCents() <= price) {
                complaints.add("number " + seen.seq() + " was accepted at " + seen.bid().amountCents() + " cents after " + price);
            }
            price = seen.accepted() ? seen.bid().amountCents() : price;
        }
    }

    private void checkSameOrder(List<String> complaints) {
        for (int i = 1; i < watchers.size(); i++) {
            List<Seen> first = watchers.get(0).bids();
            List<Seen> other = watchers.get(i).bids();
            if (!first.equals(other)) {
                int at = 0;
                while (at < Math.min(first.size(), other.size()) && first.get(at).equals(other.get(at))) {
                    at++;
                }
                complaints.add(watchers.get(0).name + " and " + watchers.get(i).name + " saw different orders, from the bid " + (at + 1) + " on ("
                    + first.size() + " and " + other.size() + " bids)");
            }
        }
    }

    private void checkWinner(Outcome outcome, List<String> complaints) {
        if (outcome == null) {
            complaints.add("no close was seen");
            return;
        }
        Key highest = null;
        for (Seen seen : watchers.get(0).bids()) {
            highest = seen.accepted() && (highest == null || seen.bid().amountCents() > highest.amountCents()) ? seen.bid() : highest;
        }
        boolean right = highest == null ? outcome.winner().isEmpty()
            : highest.bidder().equals(outcome.winner()) && highest.amountCents() == outcome.priceCents();
        if (!right && (outcome.sold() || highest == null)) {
            complaints.add("the close names " + outcome.winner() + " at " + outcome.priceCents() + " cents, the highest bid was " + highest);
        } else if (!right) {
            complaints.add("the auction was not sold: " + outcome);
        }
    }
}
