package org.gavel.node.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Wing and Gong's search for an order, with Lowe's memory of configurations (which operations have their place, and where the auction
 * stands then). Beyond both: an operation that changes nothing and is right at once takes its place at once, since any order that has it
 * later can have it here as well; and no step is tried behind which another operation's answer could not be right any more
 * ({@link SequentialAuction#priceCentsMax} and its like).
 */
final class Linearizer {
    /** How a search ended. */
    enum End { ORDERED, IMPOSSIBLE, OUT_OF_BUDGET }

    /**
     * How far the best try came.
     *
     * @param line  of the answer that no order could get past
     * @param at    where the auction stood there
     * @param stuck operations called before that line, answered, and without a place
     */
    record Deepest(int line, AuctionPoint at, List<Operation> stuck) { }

    private record Configuration(long hashHigh, long hashLow, AuctionPoint at) { }

    /** A place where several could be next. */
    private static final class Choice {
        final AuctionPoint at;
        final int[] candidates;
        final int placedBefore;
        int tried;

        Choice(AuctionPoint at, int[] candidates, int placedBefore) {
            this.at = at;
            this.candidates = candidates;
            this.placedBefore = placedBefore;
        }
    }

    private static final long HASH_SEED = 20_170_601;

    private final SequentialAuction rules;
    private final List<Operation> operations;
    private final PendingOperations pending;
    private final long configurationsMax;
    private final NeedsAhead needs;
    private final int[] calls;
    private final long[] hashHigh;
    private final long[] hashLow;
    private final Set<Configuration> seen = new HashSet<>();
    private final Deque<Choice> choices = new ArrayDeque<>();
    private final int[] placed;
    private int placedCount;
    private long high;
    private long low;
    private AuctionPoint at;
    private Deepest deepest = new Deepest(0, null, List.of());

    /**
     * @param operations        ordered by their calls
     * @param configurationsMax how many may be remembered before the search gives up
     */
    Linearizer(SequentialAuction rules, List<Operation> operations, long configurationsMax) {
        this.rules = rules;
        this.operations = operations;
        this.configurationsMax = configurationsMax;
        pending = new PendingOperations(operations);
        needs = new NeedsAhead(rules, operations);
        calls = new int[operations.size()];
        placed = new int[operations.size()];
        SplittableRandom random = new SplittableRandom(HASH_SEED);
        hashHigh = random.longs(operations.size()).toArray();
        hashLow = random.longs(operations.size()).toArray();
        at = rules.opening();
    }

    Deepest deepest() {
        return deepest;
    }

    /** The order found, as far as it was searched. */
    List<Operation> order() {
        return Arrays.stream(placed, 0, placedCount).mapToObj(operations::get).toList();
    }

    End run() {
        while (!pending.isDone()) {
            int count = placeWhatChangesNothing();
            if (pending.isDone()) {
                break;
            }
            int[] candidates = candidates(count);
            noteDepth(count);
            choices.push(new Choice(at, candidates, placedCount));
            if (!advance()) {
                return End.IMPOSSIBLE;
            }
            if (seen.size() > configurationsMax) {
                return End.OUT_OF_BUDGET;
            }
        }
        return End.ORDERED;
    }

    /** Takes the next untried candidate of the latest choice, or of the one before. */
    private boolean advance() {
        while (!choices.isEmpty()) {
            Choice choice = choices.peek();
            undo(choice);
            if (choice.tried == choice.candidates.length) {
                choices.pop();
                continue;
            }
            int operation = choice.candidates[choice.tried++];
            at = rules.step(choice.at, operations.get(operation));
            place(operation);
            if (seen.add(new Configuration(high, low, at))) {
                return true;
            }
        }
        return false;
    }

    private void undo(Choice choice) {
        while (placedCount > choice.placedBefore) {
            int operation = placed[--placedCount];
            pending.putBack(operation);
            high ^= hashHigh[operation];
            low ^= hashLow[operation];
        }
        at = choice.at;
    }

    private void place(int operation) {
        pending.take(operation);
        placed[placedCount++] = operation;
        high ^= hashHigh[operation];
        low ^= hashLow[operation];
    }

    /** Returns how many calls are open afterwards; they are the first of {@link #calls}. */
    private int placeWhatChangesNothing() {
        boolean again;
        int count;
        do {
            again = false;
            count = pending.callsBeforeFirstAnswer(calls);
            for (int i = 0; i < count; i++) {
                Operation operation = operations.get(calls[i]);
                if (operation.isAnswered() && !rules.changes(operation) && at.equals(rules.step(at, operation))) {
                    place(calls[i]);
                    again = true;
                }
            }
        } while (again);
        return count;
    }

    /** What may be next and shuts no other answered operation out, the likeliest first. */
    private int[] candidates(int count) {
        needs.gather(calls, count, pending.callsSoFar());
        List<Integer> possible = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AuctionPoint after = rules.step(at, operations.get(calls[i]));
            if (after != null && !after.equals(at) && needs.allow(calls[i], after)) {
                possible.add(calls[i]);
            }
        }
        // What is answered has to come; what is not, and the end, need not: they come where nothing else fits.
        possible.sort(Comparator.<Integer>comparingInt(o -> operations.get(o).isAnswered() ? 0 : operations.get(o).op() == Op.END ? 2 : 1)
            .thenComparingLong(o -> operations.get(o).isAnswered() ? operations.get(o).answer().seq() : operations.get(o).amountCents()));
        return possible.stream().mapToInt(Integer::intValue).toArray();
    }

    private void noteDepth(int count) {
        int first = pending.firstAnswered();
        int line = operations.get(first).returnedAt();
        if (line > deepest.line()) {
            List<Operation> stuck = Arrays.stream(calls, 0, count).mapToObj(operations::get).filter(Operation::isAnswered).toList();
            deepest = new Deepest(line, at, stuck);
        }
    }
}
