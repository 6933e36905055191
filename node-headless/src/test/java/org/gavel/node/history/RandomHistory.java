package org.gavel.node.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.gavel.protocol.auction.AuctionCommand;
import org.gavel.protocol.auction.AuctionSnapshot;
import org.gavel.protocol.auction.AuctionState;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.identity.Uid;

/**
 * Histories as a right house gives them: processes call at random, the servers' own {@link AuctionState} takes each call at some moment
 * between call and answer, and now and then the answer gets lost. So the checker's rules are held against the servers'.
 */
final class RandomHistory {
    static final Terms TERMS = new Terms(4_000, 500, 6_000L, new Uid(0x5E11));
    private static final long DURATION_MS = 1_000_000;
    private static final int RESULT_LISTENERS = 2;

    /** What a house does wrong, at one bid. */
    enum Fault {
        /** Answered as accepted, forgotten right after. */
        LOST,
        /** Counted twice. */
        DOUBLED
    }

    private final SplittableRandom random;
    private final int count;
    private final int lostPercent;
    private final Uid[] clients;
    private final AuctionState auction = new AuctionState();
    private final List<Operation> operations = new ArrayList<>();
    private Fault fault;
    private int faultAfter;
    private int line;
    private long seq;
    private long timeMs;

    /** What one process has under way. */
    private static final class Slot {
        String process;
        Op op;
        Uid client;
        long amountCents;
        int invokedAt;
        boolean taken;
        Answer answer;
    }

    /**
     * @param count       operations
     * @param processes   that call at the same time
     * @param lostPercent of the answers never arrive
     */
    RandomHistory(long seed, int count, int processes, int lostPercent) {
        this.random = new SplittableRandom(seed);
        this.count = count;
        this.lostPercent = lostPercent;
        clients = new Uid[processes];
        Arrays.setAll(clients, i -> new Uid(0xC000 + i));
        Item item = new Item("lamp", "Lamp", null, TERMS.startPriceCents(), TERMS.incrementCents(), TERMS.reserveCents());
        auction.apply(0, Uid.NOBODY, AuctionCommand.open(new AuctionTerms("lamp-1", item, TERMS.seller(), "sela", DURATION_MS, 0)));
    }

    /** The house does this wrong at the first accepted bid after so many operations. */
    RandomHistory withFault(Fault what, int afterOperations) {
        fault = what;
        faultAfter = afterOperations;
        return this;
    }

    AuctionHistory make() {
        Slot[] slots = new Slot[clients.length];
        int called = 0;
        int busy = 0;
        while (called < count || busy > 0) {
            int i = random.nextInt(slots.length);
            Slot slot = slots[i];
            if (slot == null) {
                if (called < count) {
                    slots[i] = call(i, called++);
                    busy++;
                }
            } else if (!slot.taken) {
                take(slot, called);
            } else {
                slots[i] = null;
                busy--;
                end(slot);
            }
            if (called == count * 9 / 10) {
                timeMs = DURATION_MS;
            }
        }
        addResults();
        operations.sort(Comparator.comparingInt(Operation::invokedAt));
        return new AuctionHistory("lamp-1", TERMS, List.copyOf(operations));
    }

    private Slot call(int place, int number) {
        Slot slot = new Slot();
        slot.process = "p" + place + "." + number;
        slot.client = random.nextInt(200) == 0 ? TERMS.seller() : clients[place];
        int kind = random.nextInt(100);
        slot.op = kind < 4 ? Op.JOIN : kind < 10 ? Op.LEAVE : Op.BID;
        slot.amountCents = slot.op == Op.BID ? auction.standing().minimumCents() + (random.nextInt(8) - 3) * 250L : 0;
        slot.invokedAt = ++line;
        return slot;
    }

    private void take(Slot slot, int called) {
        slot.taken = true;
        boolean lost = random.nextInt(100) < lostPercent;
        if (lost && random.nextBoolean()) {
            return; // never reached the house
        }
        byte[] command = switch (slot.op) {
            case BID -> AuctionCommand.bid(slot.amountCents, null);
            case JOIN -> AuctionCommand.join("c");
            default -> AuctionCommand.leave();
        };
        if (slot.op == Op.BID && timeMs < DURATION_MS) {
            // As the client library does: it joins before its first bid.
            auction.apply(timeMs, slot.client, AuctionCommand.join("c"));
        }
        AuctionSnapshot before = fault != null && called > faultAfter ? auction.snapshot() : null;
        Outcome outcome = auction.apply(timeMs, slot.client, command);
        if (before != null && slot.op == Op.BID && outcome.accepted()) {
            apply(before, outcome, slot);
        }
        seq += 1 + random.nextInt(2);
        slot.answer = lost ? null : answer(slot.op, outcome);
    }

    private void apply(AuctionSnapshot before, Outcome outcome, Slot slot) {
        if (fault == Fault.LOST) {
            auction.restore(before);
        } else {
            auction.apply(timeMs, slot.client, AuctionCommand.bid(outcome.standing().minimumCents(), null));
        }
        fault = null;
    }

    private Answer answer(Op op, Outcome outcome) {
        return op != Op.BID ? new Answer(outcome.accepted(), seq, Answer.ABSENT, Answer.ABSENT, Answer.ABSENT, null, false, false)
            : new Answer(outcome.accepted(), seq, outcome.standing().priceCents(), outcome.standing().minimumCents(), outcome.standing().bids(),
                outcome.standing().leader(), false, false);
    }

    private void end(Slot slot) {
        operations.add(new Operation(slot.process, slot.op, slot.client, slot.amountCents, slot.answer, slot.invokedAt,
            slot.answer == null ? Operation.NEVER : ++line));
    }

    private void addResults() {
        timeMs = DURATION_MS;
        Outcome end = auction.apply(timeMs, Uid.NOBODY, AuctionCommand.close());
        for (int i = 0; i < RESULT_LISTENERS; i++) {
            Answer told = new Answer(true, ++seq, end.standing().priceCents(), Answer.ABSENT, end.standing().bids(), end.winner(), end.sold(), false);
            operations.add(new Operation("w" + i, Op.RESULT, new Uid(0x77 + i), 0, told, 0, ++line));
        }
    }
}
