package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    /** One more than the number of the plan. */
    private static final int PLAN = 1;
    /** What of the plan has happened: a bit for each nomination, and one for the change. Without plan: how many nominations. */
    private static final int DONE = 2;
    private static final int CHANGED = 1 << 8;
    private static final int EARLY_USED = 3;
    static final int COMMITTED = 4;
    /** Leader by epoch, four bits each; one more than the node. */
    static final int LEADERS = 5;
    static final int FALLEN = 6;
    private static final int EXTRAS = 7;
    private static final List<String> DUE = List.of("COMMIT", "STORE");

    final GroupRules rules = new GroupRules(this);
    private final Bounds bounds;
    private final int[] initial;
    /** Empty where nothing is reduced. */
    private final List<Plan> plans;
    private final Order order;
    private final IntList every = new IntList(64);
    /** How many of these must happen. */
    private int duties;
    /** Whom the log is sent to of a leader's own accord. */
    private final int audience;

    /**
     * @param prelude what happens before the search, see {@link Prelude}; take-overs in it do not count
     * @param reduced whether what need not be tried is left out; else every order of everything, with all names
     */
    GroupWorld(Bounds bounds, GroupCast cast, String prelude, boolean reduced, IntFunction<Subject> subjects) {
        super(cast.refs().size(), true, reduced, Set.of());
        this.bounds = bounds;
        this.order = new Order(nodes);
        for (int node = 0; node < nodes; node++) {
            int which = node;
            behaviours.add(new Behaviour(() -> subjects.apply(which), tables, Set.of()));
        }
        int members = 0;
        for (int member : cast.members()) {
            members |= 1 << member;
        }
        audience = (1 << nodes) - 2 | members;
        plans = new ArrayList<>();
        initial = new Prelude(this).run(empty(EXTRAS), "nominate active 1; among active f1 f2 f3" + (nodes == 5 ? " spare;" : ";") + prelude);
        initial[extra(DONE)] &= CHANGED;
        if (!of(initial, 0).serving()) {
            throw new IllegalStateException("the first active does not serve: " + describe(initial));
        }
        if (reduced) {
            boolean changeLeft = bounds.changes() > 0 && initial[extra(DONE)] == 0;
            plans.addAll(Plan.all(bounds, nodes, changeLeft, prelude.isEmpty()));
        }
    }

    /** Each plan's, as it is and with the active crashed before all else. */
    @Override
    public List<int[]> initials() {
        List<int[]> initials = new ArrayList<>();
        for (int plan = 0; plan < Math.max(1, plans.size()); plan++) {
            for (int crashed = 0; crashed <= bounds.crashes(); crashed++) {
                int[] state = initial.clone();
                state[extra(PLAN)] = plans.isEmpty() ? 0 : plan + 1;
                if (crashed != 0) {
                    crash(state, 0);
                }
                initials.add(state);
            }
        }
        return initials;
    }

    /** What a dead node had in mind does not matter any more, but for the log that it led with. */
    private void crash(int[] state, int node) {
        state[extra(CRASHED)] |= 1 << node;
        rules.ends(state, of(state, node));
        state[node] = 0;
        dropArrivals(state, node);
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
        every.clear();
        all(state, every);
        int some = plans.isEmpty() ? -1 : persistentNodes(state);
        for (int i = 0; i < every.size(); i++) {
            if ((some & 1 << mover(every.get(i))) != 0) {
                out.add(every.get(i));
            }
        }
    }

    /** All moves, those that must happen first. */
    private void all(int[] state, IntList out) {
        obliged(state, out);
        duties = out.size();
        if (duties == 0) {
            rules.judge(state);
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
        int count = state[extra(CRASHED)] != 0 || bounds.crashes() == 0 ? 0 : out.size();
        for (int i = 0; i < count; i++) {
            if (mover(out.get(i)) == 0) {
                out.add(out.get(i) | LAST);
            }
        }
    }

    /** Bits of the nodes whose moves are enough, to be called behind {@link #all}. */
    private int persistentNodes(int[] state) {
        order.alive = 0;
        order.obliged = 0;
        order.able = 0;
        for (int i = 0; i < every.size(); i++) {
            order.able |= 1 << mover(every.get(i));
            order.obliged |= i < duties ? 1 << mover(every.get(i)) : 0;
        }
        for (int node = 0; node < nodes; node++) {
            boolean alive = isAlive(state, node);
            order.alive |= alive ? 1 << node : 0;
            order.incoming[node] = 0;
            for (int from = 0; from < nodes; from++) {
                order.incoming[node] |= state[link(from, node)] != 0 ? 1 << from : 0;
            }
            boolean nominee = alive && nominations(state, node, false, null);
            order.able |= nominee ? 1 << node : 0;
            boolean writes = behaviours.get(node).timers(state[node]).length > 0;
            order.targets[node] = of(state, node).ownEpoch() != 0 || nominee ? audience : writes ? -1 : 0;
        }
        return order.persistent();
    }

    /** What must happen some time, whoever wants it or not. */
    void obliged(int[] state, IntList out) {
        deliveries(state, DELIVER, out);
        timers(state, FIRE, DUE, out);
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
        if (facts.acceptor() && !facts.leader()) {
            nominations(state, node, true, out);
        }
        if (facts.serving() && !facts.changing() && bounds.changes() > 0 && (state[extra(DONE)] & CHANGED) == 0) {
            Plan plan = plans.isEmpty() ? null : plans.get(state[extra(PLAN)] - 1);
            for (int leaver : facts.deciding().get(0)) {
                boolean planned = plan == null || plan.changeEpoch() == facts.ownEpoch() && plan.leaver() == leaver;
                if (leaver != node && planned) {
                    out.add(move(CALL, node, 2, stimulus(new Stimulus.Call(REPLACE, leaver + 1, 0))));
                }
            }
        }
        if (node == 0 && state[extra(EARLY_USED)] < bounds.early()) {
            timers(state, EARLY, List.of("STALL", "TAKE_OVER", "NEWCOMER"), out);
        }
    }

    /** Whether a node may still be nominated, for an epoch above its promise; {@code now} adds these moves. */
    private boolean nominations(int[] state, int node, boolean now, IntList out) {
        long promised = of(state, node).promised();
        boolean any = false;
        if (plans.isEmpty()) {
            for (long epoch = Math.max(2, promised + 1); epoch <= bounds.epochsMax() && (state[extra(DONE)] & ~CHANGED) < bounds.takeOvers(); epoch++) {
                any = true;
                out.add(move(CALL, node, 0, stimulus(new Stimulus.Call(NOMINATE, epoch, 0))));
            }
            return any;
        }
        List<Plan.Nomination> nominations = plans.get(state[extra(PLAN)] - 1).nominations();
        for (int i = 0; i < nominations.size(); i++) {
            Plan.Nomination planned = nominations.get(i);
            if (planned.node() == node && planned.epoch() > promised && (state[extra(DONE)] & 1 << i) == 0) {
                any = true;
                if (now) {
                    out.add(move(CALL, node, 0, stimulus(new Stimulus.Call(NOMINATE, planned.epoch(), 0))));
                }
            }
        }
        return any;
    }

    private void called(int[] state, int move) {
        if (b(move) == 2) {
            state[extra(DONE)] |= CHANGED;
        } else if (b(move) == 0 && state[extra(PLAN)] == 0) {
            state[extra(DONE)]++;
        } else if (b(move) == 0) {
            int epoch = (int) ((Stimulus.Call) tables.stimulus(c(move))).first();
            state[extra(DONE)] |= 1 << plans.get(state[extra(PLAN)] - 1).nominations().indexOf(new Plan.Nomination(a(move), epoch));
        }
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
                called(state, move);
                step(state, a(move), c(move));
            }
            default -> { }
        }
        rules.leads(before, state, mover(move));
        if (isLast(move)) {
            crash(state, mover(move));
        }
        dropDeadLetters(state, mover(move));
        return state;
    }

    /**
     * Answers to a take-over or a leadership that is over: no node asks for, or leads, one epoch twice. And what such a one had appended or asked where it is refused now and
     * ever after: its refusal would be such an answer.
     */
    @Override
    boolean isDeadLetter(int[] state, int from, int to, Message message) {
        GroupFacts facts = of(state, to);
        return switch (message.type()) {
            case HELD -> !facts.leader() || facts.ownEpoch() != ((Message.Held) message).epoch();
            case MISMATCH -> !facts.leader() || facts.ownEpoch() != ((Message.Mismatch) message).epoch();
            case PROMISE -> !facts.candidate() || facts.ownEpoch() != ((Message.Promise) message).epoch();
            case FETCHED -> !facts.candidate() || facts.ownEpoch() != ((Message.Fetched) message).epoch();
            case FENCED -> facts.ownEpoch() != ((Message.Fenced) message).epoch();
            case PROMISE_REFUSED -> !facts.candidate() || facts.ownEpoch() != ((Message.PromiseRefused) message).epoch();
            case PREPARE -> isRefused(state, from, ((Message.Prepare) message).epoch(), facts);
            case FETCH -> isRefused(state, from, ((Message.Fetch) message).epoch(), facts);
            case SNAPSHOT_PIECE -> isRefused(state, from, ((Message.SnapshotPiece) message).epoch(), facts);
            case APPEND -> isRefused(state, from, ((Message.Append) message).epoch(), facts);
            default -> false;
        };
    }

    private boolean isRefused(int[] state, int from, long epoch, GroupFacts facts) {
        return epoch < facts.promised() && (!isAlive(state, from) || of(state, from).ownEpoch() != epoch);
    }

    @Override
    void seen(int[] state, int node, Object what) {
        rules.seen(state, node, what);
    }

    @Override
    void sent(int[] state, int node, int message) {
        if (tables.message(message) instanceof Message.Held held) {
            rules.held(state, node, held);
        }
    }

    /** See {@link Order}. */
    @Override
    boolean maySendTo(int[] state, int node, int before, int stimulus, int to) {
        boolean answers = tables.stimulus(stimulus) instanceof Stimulus.Deliver deliver && deliver.from() == to;
        boolean writes = behaviours.get(node).timers(before).length > 0;
        boolean leads = ((GroupFacts) behaviours.get(node).facts(before)).ownEpoch() != 0 || of(state, node).ownEpoch() != 0;
        return answers || (leads ? (audience & 1 << to) != 0 : writes);
    }

    @Override
    public End end(int[] state) {
        long bids = rules.committed(state).stream().filter(e -> e.bid() != 0).count();
        return bids == bounds.bids() ? End.REACHED : End.CUT;
    }

    /** Nominations, changes and early timers; a bid is another each time, and a write completes once. */
    @Override
    boolean isCounted(int stimulus) {
        Stimulus what = tables.stimulus(stimulus);
        return what instanceof Stimulus.Call call ? !call.what().equals(BID) : what instanceof Stimulus.Fire fire && !DUE.contains(fire.timer());
    }

    // ---------------------------------------------------------------- for people

    @Override
    String name(int node) {
        return GroupCast.NAMES.get(node);
    }

    @Override
    public String describe(int[] state) {
        String plan = state[extra(PLAN)] == 0 ? "" : plans.get(state[extra(PLAN)] - 1).toString();
        StringBuilder out = new StringBuilder(plan).append("committed ").append(rules.committed(state).size()).append(':');
        for (int node = 0; node < nodes; node++) {
            GroupFacts facts = of(state, node);
            out.append(' ').append(name(node)).append(isAlive(state, node) ? " " : " (crashed) ").append(facts.role()).append(facts.ownEpoch() == 0 ? "" : " e" + facts.ownEpoch())
                    .append(" promised ").append(facts.promised()).append(" log ").append(facts.commit()).append('/').append(facts.last()).append(';');
        }
        return out.toString();
    }
}
