package org.gavel.node.history;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.identity.Uid;

/**
 * The rules of protocol.md section 12 for one client at a time: what each operation must answer at a place of the order, and what it leaves
 * behind. Not the servers' rules: written anew, to judge them.
 */
final class SequentialAuction {
    /** No bound. */
    static final long ANY = Long.MAX_VALUE;

    private final Terms terms;
    private final boolean numbered;
    private final Set<Uid> leavers;
    /** Somebody heard that it closed: then nobody may hear that it was cancelled. */
    private final boolean closed;

    /**
     * @param numbered   whether the numbers in the answers must rise along the order too
     * @param operations all that will be asked: only who leaves at some time is counted among those present
     */
    SequentialAuction(Terms terms, boolean numbered, List<Operation> operations) {
        this.terms = terms;
        this.numbered = numbered;
        leavers = operations.stream().filter(o -> o.op() == Op.LEAVE).map(Operation::client).collect(Collectors.toUnmodifiableSet());
        closed = operations.stream().anyMatch(o -> o.op() == Op.RESULT && o.answer() != null && !o.answer().cancelled());
    }

    AuctionPoint opening() {
        return new AuctionPoint(terms.startPriceCents(), Uid.NOBODY, 0, false, 0, Set.of());
    }

    /** What follows if the operation takes its place here; null if its answer cannot be right here. */
    AuctionPoint step(AuctionPoint at, Operation operation) {
        Answer told = operation.answer();
        if (numbered && hasNumber(operation) && told.seq() <= at.lastSeq()) {
            return null;
        }
        AuctionPoint after = switch (operation.op()) {
            case BID -> bid(at, operation);
            case JOIN -> told == null || told.accepted() ? (at.over() ? null : enter(at, operation.client())) : at.over() ? at : null;
            case LEAVE -> leave(at, operation);
            case RESULT -> told == null || isResult(at, told) ? at : null;
            case END -> at.over() ? at : new AuctionPoint(at.priceCents(), at.leader(), at.bids(), true, at.lastSeq(), at.present());
        };
        return after != null && numbered && hasNumber(operation) ? after.withSeq(told.seq()) : after;
    }

    private static boolean hasNumber(Operation operation) {
        return operation.answer() != null && operation.op() != Op.RESULT && operation.answer().seq() > 0;
    }

    private AuctionPoint bid(AuctionPoint at, Operation bid) {
        boolean accepted = isAcceptable(at, bid);
        Answer told = bid.answer();
        if (told != null && told.accepted() != accepted) {
            return null;
        }
        // Who bids through this client library has joined by that.
        AuctionPoint entered = at.over() ? at : enter(at, bid.client());
        AuctionPoint after = accepted
            ? new AuctionPoint(bid.amountCents(), bid.client(), at.bids() + 1, false, at.lastSeq(), entered.present()) : entered;
        return told == null || isStanding(after, told) ? after : null;
    }

    private boolean isAcceptable(AuctionPoint at, Operation bid) {
        return !at.over() && bid.amountCents() >= minimumCents(at) && bid.amountCents() <= Money.AMOUNT_CENTS_MAX
            && (terms.seller().isNobody() || !bid.client().equals(terms.seller()));
    }

    private boolean isStanding(AuctionPoint at, Answer told) {
        return fits(told.priceCents(), at.priceCents()) && fits(told.minimumCents(), minimumCents(at)) && fits(told.bids(), at.bids())
            && (told.leader() == null || told.leader().equals(at.leader()));
    }

    private static boolean fits(long told, long actual) {
        return told == Answer.ABSENT || told == actual;
    }

    private boolean isResult(AuctionPoint at, Answer told) {
        boolean sold = at.bids() > 0 && (terms.reserveCents() == null || at.priceCents() >= terms.reserveCents());
        boolean ended = told.cancelled() ? !told.sold() && !closed : told.sold() == sold;
        return at.over() && ended && fits(told.priceCents(), at.priceCents()) && fits(told.bids(), at.bids())
            && (told.leader() == null || told.leader().equals(told.sold() ? at.leader() : Uid.NOBODY));
    }

    private AuctionPoint enter(AuctionPoint at, Uid client) {
        if (!leavers.contains(client) || at.present().contains(client)) {
            return at;
        }
        Set<Uid> present = new HashSet<>(at.present());
        present.add(client);
        return at.withPresent(Set.copyOf(present));
    }

    private AuctionPoint leave(AuctionPoint at, Operation leave) {
        boolean present = at.present().contains(leave.client());
        if (leave.answer() != null && leave.answer().accepted() != present) {
            return null;
        }
        if (!present) {
            return at;
        }
        Set<Uid> rest = new HashSet<>(at.present());
        rest.remove(leave.client());
        return at.withPresent(Set.copyOf(rest));
    }

    long minimumCents(AuctionPoint at) {
        return at.bids() == 0 ? Math.max(1, terms.startPriceCents()) : at.priceCents() + terms.incrementCents();
    }

    // ---------------------------------------------------------------- what an answered operation needs of the place before it

    /*
     * Price, number of bids and number in the order never fall. So an order that has gone beyond what an answered operation needs can never
     * come back for it: such a step need not be tried. This is what makes long histories quick, and it takes nothing on trust: each bound
     * follows from the answer that the operation must have.
     */

    /** The highest price at which this operation can still take its place. */
    long priceCentsMax(Operation operation) {
        Answer told = operation.answer();
        if (told == null) {
            return ANY;
        }
        if (operation.op() == Op.BID && told.accepted()) {
            return Math.max(terms.startPriceCents(), operation.amountCents() - terms.incrementCents());
        }
        return told.priceCents() == Answer.ABSENT ? ANY : told.priceCents();
    }

    /** The highest number of accepted bids before it. */
    long bidsMax(Operation operation) {
        Answer told = operation.answer();
        if (told == null || told.bids() == Answer.ABSENT) {
            return ANY;
        }
        return operation.op() == Op.BID && told.accepted() ? told.bids() - 1 : told.bids();
    }

    /** The highest number before it. */
    long seqMax(Operation operation) {
        return numbered && hasNumber(operation) ? operation.answer().seq() - 1 : ANY;
    }

    /** True if its answer says that something changed by it. */
    boolean changes(Operation answered) {
        return answered.op() == Op.BID && answered.answer().accepted() || numbered && hasNumber(answered);
    }

    /** Whether it can take its place only before the end. */
    boolean needsRunning(Operation operation) {
        return operation.isAnswered() && operation.answer().accepted() && (operation.op() == Op.BID || operation.op() == Op.JOIN);
    }

    // ---------------------------------------------------------------- for people

    String describe(AuctionPoint at) {
        String lead = at.bids() == 0 ? "no bid yet, the least is " + Money.format(minimumCents(at))
            : "the price is " + Money.format(at.priceCents()) + " by " + at.leader().shortForm() + " after " + at.bids() + " bids, the least next is "
                + Money.format(minimumCents(at));
        return lead + (at.over() ? ", the auction is over" : "") + (at.lastSeq() > 0 ? ", the last number is " + at.lastSeq() : "");
    }
}
