package org.gavel.node.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.gavel.protocol.identity.Uid;

/** Changes to a right history, each in one place, each of which makes it wrong. */
final class Mutations {
    /** Null where this history offers no place for it. */
    interface Mutation extends BiFunction<List<Operation>, SplittableRandom, List<Operation>> { }

    static final Map<String, Mutation> ALL = new LinkedHashMap<>();

    static {
        ALL.put("a rejected bid is told as accepted", (all, random) -> change(all, random, o -> isBid(o, false),
            (o, t) -> new Answer(true, t.seq(), o.amountCents(), o.amountCents() + RandomHistory.TERMS.incrementCents(), t.bids() + 1, o.client(), false, false)));
        ALL.put("an equal bid is accepted", Mutations::acceptEqual);
        ALL.put("a bid that was high enough is rejected", Mutations::rejectHighEnough);
        ALL.put("a rejection tells a stale price", (all, random) -> change(all, random, o -> isBid(o, false) && o.answer().bids() > 1,
            (o, t) -> new Answer(false, t.seq(), t.priceCents() - RandomHistory.TERMS.incrementCents(), t.minimumCents() - RandomHistory.TERMS.incrementCents(),
                t.bids() - 1, t.leader(), false, false)));
        ALL.put("a rejection tells a price that nobody bid yet", (all, random) -> change(all, random, o -> isBid(o, false),
            (o, t) -> new Answer(false, t.seq(), t.priceCents() + 1, t.minimumCents() + 1, t.bids(), t.leader(), false, false)));
        ALL.put("the minimum is wrong", (all, random) -> change(all, random, o -> isBid(o, true),
            (o, t) -> new Answer(true, t.seq(), t.priceCents(), t.minimumCents() - 1, t.bids(), t.leader(), false, false)));
        ALL.put("another leads than who bid", (all, random) -> change(all, random, o -> isBid(o, true),
            (o, t) -> new Answer(true, t.seq(), t.priceCents(), t.minimumCents(), t.bids(), new Uid(0xBAD), false, false)));
        ALL.put("a bid is counted twice", (all, random) -> change(all, random, o -> isBid(o, true),
            (o, t) -> new Answer(true, t.seq(), t.priceCents(), t.minimumCents(), t.bids() + 1, t.leader(), false, false)));
        ALL.put("the wrong one wins", (all, random) -> change(all, random, o -> o.op() == Op.RESULT && o.answer().sold(),
            (o, t) -> new Answer(true, t.seq(), t.priceCents(), t.minimumCents(), t.bids(), new Uid(0xBAD), true, false)));
        ALL.put("the price at the end is wrong", (all, random) -> change(all, random, o -> o.op() == Op.RESULT,
            (o, t) -> new Answer(true, t.seq(), t.priceCents() - 250, t.minimumCents(), t.bids(), t.leader(), t.sold(), false)));
        ALL.put("sold is told as not sold", (all, random) -> change(all, random, o -> o.op() == Op.RESULT && o.answer().sold(),
            (o, t) -> new Answer(true, t.seq(), t.priceCents(), t.minimumCents(), t.bids(), Uid.NOBODY, false, false)));
        ALL.put("a bid is accepted after the end", Mutations::acceptAfterTheEnd);
        ALL.put("one bid moves before another that was answered before its call", Mutations::swapInTime);
        ALL.put("two answers have one number", Mutations::sameNumber);
        ALL.put("two numbers are exchanged", Mutations::exchangeNumbers);
        ALL.put("somebody leaves twice", (all, random) -> change(all, random,
            o -> o.op() == Op.LEAVE && o.isAnswered() && !o.answer().accepted() && o.answer().seq() < lastAccepted(all),
            (o, t) -> Answer.done(t.seq())));
    }

    private Mutations() { }

    static boolean isBid(Operation o, boolean accepted) {
        return o.op() == Op.BID && o.isAnswered() && o.answer().accepted() == accepted;
    }

    /** What has a lower number than this came before the end for certain. */
    private static long lastAccepted(List<Operation> all) {
        return all.stream().filter(o -> isBid(o, true)).mapToLong(o -> o.answer().seq()).max().orElse(0);
    }

    private static List<Operation> change(List<Operation> all, SplittableRandom random, Predicate<Operation> where, BiFunction<Operation, Answer, Answer> how) {
        int at = pick(all, random, where);
        return at < 0 ? null : replace(all, at, with(all.get(at), how.apply(all.get(at), all.get(at).answer())));
    }

    private static int pick(List<Operation> all, SplittableRandom random, Predicate<Operation> where) {
        int[] places = java.util.stream.IntStream.range(0, all.size()).filter(i -> where.test(all.get(i))).toArray();
        return places.length == 0 ? -1 : places[random.nextInt(places.length)];
    }

    private static List<Operation> replace(List<Operation> all, int at, Operation by) {
        List<Operation> changed = new ArrayList<>(all);
        changed.set(at, by);
        changed.sort(Comparator.comparingInt(Operation::invokedAt));
        return changed;
    }

    private static Operation with(Operation o, Answer answer) {
        return new Operation(o.process(), o.op(), o.client(), o.amountCents(), answer, o.invokedAt(), o.returnedAt());
    }

    /** A rejected bid becomes one of exactly the price, and accepted. */
    private static List<Operation> acceptEqual(List<Operation> all, SplittableRandom random) {
        int at = pick(all, random, o -> isBid(o, false) && o.answer().bids() > 0);
        if (at < 0) {
            return null;
        }
        Operation o = all.get(at);
        Answer t = o.answer();
        return replace(all, at, new Operation(o.process(), Op.BID, o.client(), t.priceCents(),
            new Answer(true, t.seq(), t.priceCents(), t.minimumCents(), t.bids() + 1, o.client(), false, false), o.invokedAt(), o.returnedAt()));
    }

    /** The bid that was rejected offered more than enough, long before the end. */
    private static List<Operation> rejectHighEnough(List<Operation> all, SplittableRandom random) {
        int at = pick(all, random, o -> isBid(o, false) && o.answer().seq() < lastAccepted(all) && !o.client().equals(RandomHistory.TERMS.seller()));
        if (at < 0) {
            return null;
        }
        Operation o = all.get(at);
        return replace(all, at, new Operation(o.process(), Op.BID, o.client(), o.answer().minimumCents(), o.answer(), o.invokedAt(), o.returnedAt()));
    }

    private static List<Operation> acceptAfterTheEnd(List<Operation> all, SplittableRandom random) {
        Operation result = all.stream().filter(o -> o.op() == Op.RESULT).findFirst().orElseThrow();
        int last = all.stream().mapToInt(o -> o.returnedAt() == Operation.NEVER ? o.invokedAt() : o.returnedAt()).max().orElseThrow();
        long amount = result.answer().priceCents() + 5_000;
        List<Operation> changed = new ArrayList<>(all);
        changed.add(new Operation("late", Op.BID, new Uid(0x1A7E), amount, new Answer(true, 1_000_000_000, amount, amount + 500, result.answer().bids() + 1,
            new Uid(0x1A7E), false, false), last + 1, last + 2));
        return changed;
    }

    /** An accepted bid trades its time with a later one, which did not begin before it had ended. */
    private static List<Operation> swapInTime(List<Operation> all, SplittableRandom random) {
        int first = pick(all, random, o -> isBid(o, true) && all.stream().anyMatch(p -> isBid(p, true) && p.invokedAt() > o.returnedAt()));
        if (first < 0) {
            return null;
        }
        Operation a = all.get(first);
        int second = pick(all, random, p -> isBid(p, true) && p.invokedAt() > a.returnedAt());
        Operation b = all.get(second);
        List<Operation> changed = new ArrayList<>(all);
        changed.set(first, new Operation(a.process(), a.op(), a.client(), a.amountCents(), a.answer(), b.invokedAt(), b.returnedAt()));
        changed.set(second, new Operation(b.process(), b.op(), b.client(), b.amountCents(), b.answer(), a.invokedAt(), a.returnedAt()));
        changed.sort(Comparator.comparingInt(Operation::invokedAt));
        return changed;
    }

    private static List<Operation> sameNumber(List<Operation> all, SplittableRandom random) {
        int at = pick(all, random, o -> isBid(o, true));
        int other = pick(all, random, o -> o.op() == Op.BID && o.isAnswered() && o != all.get(at));
        return at < 0 || other < 0 ? null : replace(all, at, with(all.get(at), withNumber(all.get(at).answer(), all.get(other).answer().seq())));
    }

    private static List<Operation> exchangeNumbers(List<Operation> all, SplittableRandom random) {
        int at = pick(all, random, o -> isBid(o, true));
        int other = pick(all, random, o -> isBid(o, true) && o != all.get(at));
        if (at < 0 || other < 0) {
            return null;
        }
        List<Operation> changed = replace(all, at, with(all.get(at), withNumber(all.get(at).answer(), all.get(other).answer().seq())));
        return replace(changed, other, with(all.get(other), withNumber(all.get(other).answer(), all.get(at).answer().seq())));
    }

    private static Answer withNumber(Answer t, long seq) {
        return new Answer(t.accepted(), seq, t.priceCents(), t.minimumCents(), t.bids(), t.leader(), t.sold(), t.cancelled());
    }
}
