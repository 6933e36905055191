package org.gavel.node.replication.worlds;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.gavel.protocol.wire.Message;

/**
 * One replicated group (protocol.md sections 7 and 9): an active, three followers that are the acceptors, perhaps a spare. It begins when the active serves in epoch 1. A client
 * gives its bids in order to whoever serves; so many nodes are nominated, whatever the old leader does; so many crash; one serving leader may put the
 * spare in the place of a follower.
 */
final class GroupWorld extends Ensemble {
    static final String NOMINATE = "is nominated for epoch";
    static final String BID = "takes bid";
    static final String REPLACE = "replaces by the spare n";

    /**
     * @param bids      of one client
     * @param takeOvers nominations, at most
     * @param epochsMax highest epoch that anyone is nominated for
     * @param crashes   of the first active only (0 or 1)
     * @param changes   of acceptors
     * @param early     timers that run out before anything else forces them: stall, take-over, newcomer
     */
    record Bounds(int bids, int takeOvers, int epochsMax, int crashes, int changes, int early) { }

    private static final int CRASHED = 0;
    private static final int TAKE_OVERS = 1;
    private static final int CHANGES = 2;
    private static final int EARLY_USED = 3;
    private static final int COMMITTED = 4;
    /** Leader by epoch, four bits each; one more than the node. */
    private static final int LEADERS = 5;
    private static final int EXTRAS = 6;

    private final Bounds bounds;
    private final Committed committed = new Committed();
    private final int[] initial;
    /** No prelude has told the followers from each other. */
    private final boolean alike;
    private final IntList every = new IntList(64);

    /** @param prelude what happens before the search, see {@link Prelude}; take-overs in it do not count */
    GroupWorld(Bounds bounds, GroupCast cast, String prelude, IntFunction<Subject> subjects) {
        super(cast.refs().size(), true);
        this.bounds = bounds;
        this.alike = prelude.isEmpty();
        for (int node = 0; node < nodes; node++) {
            int which = node;
            behaviours.add(new Behaviour(() -> subjects.apply(which), tables));
        }
        initial = new Prelude(this).run(empty(EXTRAS), "nominate active 1; among active f1 f2 f3" + (nodes == 5 ? " spare;" : ";") + prelude);
        initial[extra(TAKE_OVERS)] = 0;
        if (!of(initial, 0).serving()) {
            throw new IllegalStateException("the first active does not serve: " + describe(initial));
        }
    }

    @Override
    public int[] initial() {
        return initial.clone();
    }

    @Override
    boolean isAlive(int[] state, int node) {
        return (state[extra(CRASHED)] & 1 << node) == 0;
    }

    GroupFacts of(int[] state, int node) {
        return (GroupFacts) facts(state, node);
    }

    // ---------------------------------------------------------------- moves

    @Override
    public void moves(int[] state, IntList out) {
        int some = persistentNodes(state);
        if (some == 0) {
            all(state, out);
            return;
        }
        every.clear();
        all(state, every);
        for (int i = 0; i < every.size(); i++) {
            if ((some & 1 << mover(every.get(i))) != 0) {
                out.add(every.get(i));
            }
        }
    }

    private void all(int[] state, IntList out) {
        obliged(state, out);
        if (out.size() == 0) {
            judge(state);
        }
        for (int node = 0; node < nodes; node++) {
            if (isAlive(state, node)) {
                calls(state, node, of(state, node), out);
            }
        }
        crashes(state, out);
    }

    /** Of the first active only: before anything else, or behind one of its own moves (a crash commutes with what others do). */
    private void crashes(int[] state, IntList out) {
        if (state[extra(CRASHED)] != 0 || bounds.crashes() == 0) {
            return;
        }
        int count = out.size();
        for (int i = 0; i < count; i++) {
            if (mover(out.get(i)) == 0) {
                out.add(out.get(i) | LAST);
            }
        }
        if (Arrays.equals(state, initial)) {
            out.add(move(CRASH, 0, 0, 0));
        }
    }

    // ---------------------------------------------------------------- partial order

    /**
     * Nodes (as bits) whose moves may be tried without those of the others: a persistent set (Godefroid 1996), or 0. Once nobody can be nominated any more, moves of different
     * nodes commute, and a node touches another only by sending to it; over a link that is not empty it only adds behind what comes first anyhow.
     * Of its own accord only a candidate or a leader sends; all others answer whom they hear.
     */
    private int persistentNodes(int[] state) {
        int smallest = 0;
        if (state[extra(TAKE_OVERS)] < bounds.takeOvers()) {
            return 0;
        }
        for (int node = 0; node < nodes; node++) {
            if (isAlive(state, node)) {
                int closed = closureOf(node, state);
                boolean fits = hasMoves(state, closed) && !sharesAChange(state, closed);
                if (fits && (smallest == 0 || Integer.bitCount(closed) < Integer.bitCount(smallest))) {
                    smallest = closed;
                }
            }
        }
        return smallest;
    }

    private int closureOf(int node, int[] state) {
        int closed = 1 << node;
        for (int before = 0; before != closed; ) {
            before = closed;
            for (int to = 0; to < nodes; to++) {
                for (int from = 0; (closed & 1 << to) != 0 && from < nodes; from++) {
                    if (from != to && isAlive(state, from) && state[link(from, to)] == 0 && maySend(state, from, to)) {
                        closed |= 1 << from;
                    }
                }
            }
        }
        return closed;
    }

    private boolean maySend(int[] state, int from, int to) {
        return of(state, from).ownEpoch() != 0 || state[link(to, from)] != 0 || behaviours.get(from).timers(state[from]).length > 0;
    }

    private boolean hasMoves(int[] state, int some) {
        every.clear();
        obliged(state, every);
        for (int i = 0; i < every.size(); i++) {
            if ((some & 1 << mover(every.get(i))) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whoever serves may use up the one change: then leaders inside and outside do not commute. */
    private boolean sharesAChange(int[] state, int some) {
        boolean inside = false;
        boolean outside = false;
        for (int node = 0; node < nodes; node++) {
            boolean mayServe = isAlive(state, node) && of(state, node).ownEpoch() != 0;
            inside |= mayServe && (some & 1 << node) != 0;
            outside |= mayServe && (some & 1 << node) == 0;
        }
        return state[extra(CHANGES)] < bounds.changes() && inside && outside;
    }

    /** What must happen some time, whoever wants it or not. */
    void obliged(int[] state, IntList out) {
        deliveries(state, DELIVER, out);
        timers(state, FIRE, List.of("COMMIT", "STORE"), out);
    }

    private void timers(int[] state, int kind, List<String> names, IntList out) {
        for (int node = 0; node < nodes; node++) {
            for (int timer : isAlive(state, node) ? behaviours.get(node).timers(state[node]) : new int[0]) {
                if (names.contains(((Stimulus.Fire) tables.stimulus(timer)).timer())) {
                    out.add(move(kind, node, 0, timer));
                }
            }
        }
    }

    private void calls(int[] state, int node, GroupFacts facts, IntList out) {
        if (facts.serving() && facts.nextBid() <= bounds.bids()) {
            out.add(move(CALL, node, 1, stimulus(new Stimulus.Call(BID, facts.nextBid(), 0))));
        }
        if (state[extra(TAKE_OVERS)] < bounds.takeOvers() && facts.acceptor() && !facts.leader() && !mirrors(state, node)) {
            for (long epoch = Math.max(2, facts.promised() + 1); epoch <= bounds.epochsMax(); epoch++) {
                out.add(move(CALL, node, 0, stimulus(new Stimulus.Call(NOMINATE, epoch, 0))));
            }
        }
        if (state[extra(CHANGES)] < bounds.changes() && facts.serving() && !facts.changing()) {
            for (int leaver : facts.deciding().get(0)) {
                boolean mirrored = alike && state[extra(TAKE_OVERS)] == 0 && leaver < 3;
                if (leaver != node && !mirrored) {
                    out.add(move(CALL, node, 2, stimulus(new Stimulus.Call(REPLACE, leaver + 1, 0))));
                }
            }
        }
        if (node == 0 && state[extra(EARLY_USED)] < bounds.early()) {
            timers(state, EARLY, List.of("STALL", "TAKE_OVER", "NEWCOMER"), out);
        }
    }

    /** Without a prelude followers are alike until the first of them is singled out: whoever that is may be called f1 where it is nominated, f3 where it is put out. */
    private boolean mirrors(int[] state, int node) {
        return alike && state[extra(TAKE_OVERS)] == 0 && (node == 2 || node == 3 && state[extra(CHANGES)] == 0);
    }

    @Override
    public int[] after(int[] before, int move) {
        int[] state = before.clone();
        switch (kind(move)) {
            case DELIVER -> deliver(state, move);
            case FIRE -> step(state, a(move), c(move));
            case EARLY -> {
                state[extra(EARLY_USED)]++;
                step(state, a(move), c(move));
            }
            case CALL -> {
                state[extra(TAKE_OVERS)] += b(move) == 0 ? 1 : 0;
                state[extra(CHANGES)] += b(move) == 2 ? 1 : 0;
                step(state, a(move), c(move));
            }
            default -> { }
        }
        if (kind(move) != CRASH) {
            leads(before, state, mover(move));
        }
        if (kind(move) == CRASH || isLast(move)) {
            state[extra(CRASHED)] |= 1 << mover(move);
            dropArrivals(state, mover(move));
        }
        dropDeadLetters(state);
        return state;
    }

    /** Answers to a take-over or a leadership that is over: no node asks for, or leads, one epoch twice. And what a dead leader of an older epoch appended. */
    @Override
    boolean isDeadLetter(int[] state, int from, int to, Message message) {
        GroupFacts facts = of(state, to);
        return switch (message.type()) {
            case HELD -> !facts.leader() || facts.ownEpoch() != ((Message.Held) message).epoch();
            case MISMATCH -> !facts.leader() || facts.ownEpoch() != ((Message.Mismatch) message).epoch();
            case PROMISE -> !facts.candidate() || facts.ownEpoch() != ((Message.Promise) message).epoch();
            case FETCHED -> !facts.candidate() || facts.ownEpoch() != ((Message.Fetched) message).epoch();
            case FENCED -> ((Message.Fenced) message).promisedEpoch() <= facts.promised();
            case APPEND -> !isAlive(state, from) && ((Message.Append) message).epoch() < facts.promised();
            default -> false;
        };
    }

    // ---------------------------------------------------------------- invariants

    /** A node that has just become leader: of an epoch that nobody else leads or led, with all that was committed in earlier ones. */
    private void leads(int[] before, int[] state, int node) {
        GroupFacts facts = of(state, node);
        if (!facts.leader() || of(before, node).leader() && of(before, node).ownEpoch() == facts.ownEpoch()) {
            return;
        }
        int shift = 4 * (int) facts.ownEpoch();
        int other = state[extra(LEADERS)] >>> shift & 15;
        if (other != 0 && other != node + 1) {
            throw new Broken("one-leader-per-epoch", name(other - 1) + " and " + name(node) + " both lead epoch " + facts.ownEpoch());
        }
        state[extra(LEADERS)] |= node + 1 << shift;
        List<Committed.Entry> entries = committed.entries(state[extra(COMMITTED)]);
        for (int index = 1; index <= entries.size(); index++) {
            Committed.Entry entry = entries.get(index - 1);
            if (entry.epoch() < facts.ownEpoch() && !facts.has(index, entry.checksum())) {
                throw new Broken("committed-entries-seen", name(node) + " leads epoch " + facts.ownEpoch() + " without entry " + index + " (" + entry.entry()
                        + "), which was committed in epoch " + entry.epoch());
            }
        }
    }

    @Override
    void seen(int[] state, int node, Object what) {
        if (what instanceof GroupSeen.Applied applied) {
            state[extra(COMMITTED)] = committed.with(state[extra(COMMITTED)], applied);
            for (int later = 0; applied.leaderOf() != 0 && later < nodes; later++) {
                GroupFacts facts = of(state, later);
                if (facts.leader() && facts.ownEpoch() > applied.leaderOf() && !facts.has(applied.index(), applied.checksum())) {
                    throw new Broken("committed-entries-seen", name(node) + " commits entry " + applied.index() + " (" + applied.entry() + ") in epoch "
                            + applied.leaderOf() + ", which " + name(later) + ", the leader of epoch " + facts.ownEpoch() + ", lacks");
                }
            }
        } else if (what instanceof GroupSeen.Corruption corruption) {
            throw new Broken("no-corruption", name(node) + ": " + corruption.sentence());
        }
    }

    /** 'Held' is said only of what is stored, without a hole, and equal to the log of the leader who is told. */
    @Override
    void sent(int[] state, int node, int message) {
        if (!(tables.message(message) instanceof Message.Held held)) {
            return;
        }
        GroupFacts facts = of(state, node);
        int leader = (state[extra(LEADERS)] >>> 4 * (int) held.epoch() & 15) - 1;
        boolean stored = held.index() <= facts.stored();
        boolean same = leader < 0 || of(state, leader).ownEpoch() != held.epoch()
                || of(state, leader).has(held.index(), facts.checksums()[(int) held.index()]);
        if (!stored || !same) {
            throw new Broken("held-without-holes", name(node) + " says it holds " + held.index() + " of epoch " + held.epoch() + ", "
                    + (stored ? "but another log than the leader's" : "but stored " + facts.stored()));
        }
    }

    /** Nothing is under way: who was promised by enough living must have got through. */
    private void judge(int[] state) {
        for (int node = 0; node < nodes; node++) {
            GroupFacts facts = of(state, node);
            if (!isAlive(state, node) || facts.ownEpoch() == 0 || !facts.deciding().stream().allMatch(c -> enough(state, c, facts.ownEpoch()))) {
                continue;
            }
            if (facts.candidate()) {
                throw new Broken("take-over-ends", name(node) + " still asks for epoch " + facts.ownEpoch());
            }
            if (!facts.serving() || facts.commit() < facts.last() || facts.changing()) {
                throw new Broken("leader-gets-through", name(node) + " rests at " + facts.commit() + " of " + facts.last() + " in epoch " + facts.ownEpoch());
            }
        }
    }

    private boolean enough(int[] state, List<Integer> acceptors, long epoch) {
        long living = acceptors.stream().filter(a -> isAlive(state, a) && of(state, a).promised() <= epoch).count();
        return living > acceptors.size() / 2;
    }

    @Override
    public End end(int[] state) {
        long bids = committed.entries(state[extra(COMMITTED)]).stream().filter(e -> e.bid() != 0).count();
        return bids == bounds.bids() ? End.REACHED : End.CUT;
    }

    // ---------------------------------------------------------------- for people

    @Override
    String name(int node) {
        return GroupCast.NAMES.get(node);
    }

    @Override
    public String describe(int[] state) {
        StringBuilder out = new StringBuilder("committed ").append(committed.entries(state[extra(COMMITTED)]).size()).append(':');
        for (int node = 0; node < nodes; node++) {
            GroupFacts facts = of(state, node);
            out.append(' ').append(name(node)).append(isAlive(state, node) ? " " : " (crashed) ").append(facts.role()).append(facts.ownEpoch() == 0 ? "" : " e" + facts.ownEpoch())
                    .append(" promised ").append(facts.promised()).append(" log ").append(facts.commit()).append('/').append(facts.last()).append(';');
        }
        return out.toString();
    }
}
