package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Message;

/**
 * One election on one ring (protocol.md section 6). Any node may start at any time, once; up to so many crash at any time; each living one hears of each crash at
 * any time after it. A hop's timer is due once its receiver has crashed; every timer is due when nothing else can happen. Besides, so many messages may be
 * lost and so many timers run out early.
 */
final class ElectionWorld extends Ensemble {
    /**
     * @param crashes   at most
     * @param starters  how many nodes may start by themselves, at most
     * @param losses    messages lost, at most
     * @param early     timers that run out before they are due, at most
     * @param ordered   FIFO links; else messages of one link overtake each other
     * @param resends   resends before a successor is skipped; losses and early timers together must not exceed it, or a living one is skipped
     * @param epochsMax elections above this epoch are not followed
     */
    record Bounds(int crashes, int starters, int losses, int early, boolean ordered, int resends, int epochsMax) { }

    private static final int CRASHED = 0;
    private static final int STARTED = 1;
    private static final int VERDICTS = 2;
    private static final int LOST = 3;
    private static final int EARLY_USED = 4;
    /** Nominee by epoch, four bits each. */
    private static final int NOMINEES = 5;
    private static final int EXTRAS = 6;

    private final Bounds bounds;
    private final String arrangement;
    private final int[] placeOf;
    private final int[] nodeAt;
    private final IntList all = new IntList(64);

    /** @param uidsInRingOrder a permutation of 1..n */
    ElectionWorld(Bounds bounds, int... uidsInRingOrder) {
        super(uidsInRingOrder.length, bounds.ordered(), true);
        this.bounds = bounds;
        StringBuilder names = new StringBuilder();
        List<NodeRef> ring = new ArrayList<>();
        for (int uid : uidsInRingOrder) {
            ring.add(new NodeRef(new Uid(uid), 1, new Address(0x7f000001, 1_000 + uid), "", ProcessIdentity.UNKNOWN));
            names.append(" n").append(uid);
        }
        arrangement = "ring" + names;
        placeOf = new int[nodes];
        nodeAt = new int[nodes];
        for (int uid = 1; uid <= nodes; uid++) {
            int at = uid;
            int place = ring.indexOf(ring.stream().filter(r -> r.uid().value() == at).findFirst().orElseThrow());
            placeOf[uid - 1] = place;
            nodeAt[place] = uid - 1;
            behaviours.add(new Behaviour(() -> new ElectionSubject(ring, place, bounds.resends()), tables));
        }
    }

    @Override
    public List<int[]> initials() {
        return List.of(empty(EXTRAS));
    }

    @Override
    boolean isAlive(int[] state, int node) {
        return (state[extra(CRASHED)] & 1 << node) == 0;
    }

    private ElectionSubject.Facts of(int[] state, int node) {
        return (ElectionSubject.Facts) facts(state, node);
    }

    // ---------------------------------------------------------------- moves

    @Override
    public void moves(int[] state, IntList out) {
        movesOf(persistentNodes(state), state, out);
        if (out.size() > 0) {
            return;
        }
        deliveries(state, DELIVER, out);
        verdicts(state, out);
        hopsToTheDead(state, out);
        if (out.size() == 0 && isKnown(state) && !dueAtRest(state, out)) {
            judge(state);
        }
        starts(state, out);
        if (state[extra(LOST)] < bounds.losses()) {
            deliveries(state, LOSE, out);
        }
        if (state[extra(EARLY_USED)] < bounds.early()) {
            early(state, out);
        }
        crashes(state, out);
    }

    /**
     * Nodes (as bits) whose moves may be tried without those of the others: a persistent set (Godefroid 1996), or 0. Once nobody can crash any more and nothing be lost,
     * moves of different nodes commute, and another node touches these only by sending to one of them over a link that is empty now: over others it
     * only adds behind what comes first anyhow. Only the living predecessor sends to a node, and the living successor, in answer to what is under way to it.
     */
    private int persistentNodes(int[] state) {
        boolean spent = isSpent(state) && (bounds.starters() >= nodes || Integer.bitCount(state[extra(STARTED)]) == bounds.starters());
        int smallest = 0;
        for (int node = 0; spent && node < nodes; node++) {
            if (isAlive(state, node)) {
                int closed = closureOf(node, state);
                if (smallest == 0 || Integer.bitCount(closed) < Integer.bitCount(smallest)) {
                    smallest = closed;
                }
            }
        }
        return smallest;
    }

    /** No crash, loss or early timer is left, so nobody is skipped but the dead. */
    private boolean isSpent(int[] state) {
        return Integer.bitCount(state[extra(CRASHED)]) == bounds.crashes() && state[extra(LOST)] == bounds.losses()
                && state[extra(EARLY_USED)] == bounds.early() && bounds.losses() + bounds.early() <= bounds.resends() && bounds.ordered();
    }

    private int closureOf(int node, int[] state) {
        int closed = 1 << node;
        for (int before = 0; before != closed; ) {
            before = closed;
            for (int at = 0; at < nodes; at++) {
                if ((closed & 1 << at) == 0) {
                    continue;
                }
                int pred = neighbour(state, at, nodes - 1);
                int succ = neighbour(state, at, 1);
                closed |= state[link(pred, at)] == 0 ? 1 << pred : 0;
                closed |= state[link(succ, at)] == 0 && state[link(at, succ)] != 0 ? 1 << succ : 0;
            }
        }
        return closed;
    }

    /** The next living node in steps of {@code step} round the ring; the node itself where it is the last. */
    private int neighbour(int[] state, int node, int step) {
        int place = placeOf[node];
        do {
            place = (place + step) % nodes;
        } while (!isAlive(state, nodeAt[place]));
        return nodeAt[place];
    }

    private void movesOf(int some, int[] state, IntList out) {
        if (some == 0 || Integer.bitCount(some) == nodes - Integer.bitCount(state[extra(CRASHED)])) {
            return;
        }
        all.clear();
        deliveries(state, DELIVER, all);
        verdicts(state, all);
        hopsToTheDead(state, all);
        starts(state, all);
        for (int i = 0; i < all.size(); i++) {
            int move = all.get(i);
            if ((some & 1 << mover(move)) != 0) {
                out.add(move);
            }
        }
    }

    private void verdicts(int[] state, IntList out) {
        for (int of = 0; of < nodes; of++) {
            for (int to = 0; !isAlive(state, of) && to < nodes; to++) {
                if (isAlive(state, to) && (state[extra(VERDICTS)] & 1 << of * nodes + to) == 0) {
                    out.add(move(CALL, to, of + 1, stimulus(new Stimulus.Call("hears of the end of n", of + 1, 0))));
                }
            }
        }
    }

    /**
     * A crash commutes with all that others do, apart from making more of it possible; so it is enough to let a node crash before anything else happened, or together with
     * the end of its own move.
     */
    private void crashes(int[] state, IntList out) {
        if (Integer.bitCount(state[extra(CRASHED)]) == bounds.crashes()) {
            return;
        }
        int count = out.size();
        for (int i = 0; i < count; i++) {
            if (kind(out.get(i)) != LOSE) {
                out.add(out.get(i) | LAST);
            }
        }
        for (int node = 0; state[extra(STARTED)] == 0 && node < nodes; node++) {
            if (isAlive(state, node)) {
                out.add(move(CRASH, node, 0, 0));
            }
        }
    }

    private void starts(int[] state, IntList out) {
        int started = state[extra(STARTED)];
        for (int node = 0; node < nodes && Integer.bitCount(started) < bounds.starters(); node++) {
            if (isAlive(state, node) && (started & 1 << node) == 0 && of(state, node).epoch() == 0) {
                out.add(move(CALL, node, 0, stimulus(new Stimulus.Call("start", 1, 0))));
            }
        }
    }

    private void hopsToTheDead(int[] state, IntList out) {
        for (int node = 0; node < nodes; node++) {
            for (int timer : isAlive(state, node) ? behaviours.get(node).timers(state[node]) : new int[0]) {
                int awaited = of(state, node).awaited(name(timer, state));
                if (awaited != 0 && !isAlive(state, awaited - 1)) {
                    out.add(move(FIRE, node, 0, timer));
                }
            }
        }
    }

    private String name(int timer, int[] state) {
        return ((Stimulus.Fire) tables.stimulus(timer)).timer();
    }

    /** Nothing is under way: unacknowledged hops are sent again, and who has no leader tries again. True if the world's epochs are used up. */
    private boolean dueAtRest(int[] state, IntList out) {
        boolean cut = false;
        for (int node = 0; node < nodes; node++) {
            if (!isAlive(state, node)) {
                continue;
            }
            ElectionSubject.Facts facts = of(state, node);
            for (int timer : behaviours.get(node).timers(state[node])) {
                boolean hop = facts.awaited(name(timer, state)) != 0;
                boolean mayRetry = facts.leader() == 0 && facts.epoch() < bounds.epochsMax();
                if (hop || mayRetry) {
                    out.add(move(FIRE, node, 0, timer));
                }
            }
            cut |= facts.leader() == 0 && facts.epoch() >= bounds.epochsMax();
        }
        return cut || out.size() > 0;
    }

    private boolean followsTheLiving(int[] state, ElectionSubject.Facts facts) {
        return facts.leader() != 0 && isAlive(state, facts.leader() - 1);
    }

    private void early(int[] state, IntList out) {
        for (int node = 0; node < nodes; node++) {
            for (int timer : isAlive(state, node) ? behaviours.get(node).timers(state[node]) : new int[0]) {
                boolean restarts = name(timer, state).equals("RETRY");
                if (!restarts || of(state, node).epoch() < bounds.epochsMax()) {
                    out.add(move(EARLY, node, 0, timer));
                }
            }
        }
    }

    @Override
    public int[] after(int[] before, int move) {
        int[] state = before.clone();
        switch (kind(move)) {
            case DELIVER -> deliver(state, move);
            case LOSE -> {
                deliver(state, move);
                state[extra(LOST)]++;
            }
            case FIRE -> step(state, a(move), c(move));
            case EARLY -> {
                state[extra(EARLY_USED)]++;
                step(state, a(move), c(move));
            }
            case CALL -> {
                if (b(move) == 0) {
                    state[extra(STARTED)] |= 1 << a(move);
                } else {
                    state[extra(VERDICTS)] |= 1 << (b(move) - 1) * nodes + a(move);
                }
                step(state, a(move), c(move));
            }
            default -> { }
        }
        if (kind(move) == CRASH || isLast(move)) {
            int node = mover(move);
            state[extra(CRASHED)] |= 1 << node;
            dropArrivals(state, node);
        }
        dropDeadLetters(state, mover(move));
        return state;
    }

    /** Acknowledgements of hops that are over change nothing, ever, unless their sender was skipped meanwhile: a sign of life takes that back. */
    @Override
    boolean isDeadLetter(int[] state, int from, int to, Message message) {
        return message instanceof Message.TokenAck ack && !of(state, to).awaits(ack.number()) && isSpent(state) && isAlive(state, from);
    }

    // ---------------------------------------------------------------- invariants

    @Override
    void seen(int[] state, int node, Object what) {
        if (what instanceof ElectionSubject.Nominated nominated) {
            int shift = 4 * (int) nominated.epoch();
            int before = state[extra(NOMINEES)] >>> shift & 15;
            if (before != 0) {
                throw new Broken("one-winner-per-epoch", "n" + before + " and " + name(node) + " are both nominated for epoch " + nominated.epoch());
            }
            for (int other = node + 1; other < nodes; other++) {
                if (isAlive(state, other)) {
                    throw new Broken("highest-living-wins", name(node) + " is nominated though " + name(other) + " lives");
                }
            }
            state[extra(NOMINEES)] |= node + 1 << shift;
        } else if (what instanceof ElectionSubject.Elected elected) {
            int winner = state[extra(NOMINEES)] >>> 4 * (int) elected.epoch() & 15;
            if (winner != elected.leader()) {
                throw new Broken("elected-is-the-winner", name(node) + " hears of n" + elected.leader() + " in epoch " + elected.epoch() + ", won by n" + winner);
            }
        }
    }

    /** Someone living knows of an election: else it is as if there never was one. */
    private boolean isKnown(int[] state) {
        for (int node = 0; node < nodes; node++) {
            if (isAlive(state, node) && of(state, node).epoch() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Nothing is left to happen: all who live must believe in one leader, who lives. */
    private void judge(int[] state) {
        ElectionSubject.Facts first = null;
        for (int node = 0; node < nodes; node++) {
            if (!isAlive(state, node)) {
                continue;
            }
            ElectionSubject.Facts facts = of(state, node);
            if (!followsTheLiving(state, facts)) {
                throw new Broken("ends-with-a-leader", name(node) + " rests without one");
            }
            if (first != null && (first.leader() != facts.leader() || first.epoch() != facts.epoch())) {
                throw new Broken("ends-with-one-leader", "n" + first.leader() + " and n" + facts.leader());
            }
            first = facts;
        }
    }

    @Override
    public End end(int[] state) {
        for (int node = 0; node < nodes; node++) {
            if (isAlive(state, node) && !followsTheLiving(state, of(state, node))) {
                return End.CUT;
            }
        }
        return End.REACHED;
    }

    @Override
    boolean isCounted(int stimulus) {
        return tables.stimulus(stimulus) instanceof Stimulus.Call;
    }

    // ---------------------------------------------------------------- for people

    @Override
    String name(int node) {
        return "n" + (node + 1);
    }

    @Override
    public String describe(int[] state) {
        StringBuilder out = new StringBuilder(arrangement).append(':');
        for (int node = 0; node < nodes; node++) {
            ElectionSubject.Facts facts = of(state, node);
            out.append(' ').append(name(node)).append(isAlive(state, node) ? "" : " (crashed)").append(' ').append(facts.state()).append(" e").append(facts.epoch())
                    .append(facts.leader() == 0 ? "" : " leader n" + facts.leader()).append(';');
        }
        return out.toString();
    }
}
