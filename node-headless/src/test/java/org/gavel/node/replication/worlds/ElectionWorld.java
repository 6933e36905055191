package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    /** Who may crash, and from bit 8 on who may start by itself, drawn before all else; 0 where nothing is reduced. */
    private static final int PLAN = 1;
    private static final int VERDICTS = 2;
    private static final int LOST = 3;
    private static final int EARLY_USED = 4;
    /** Nominee by epoch, four bits each. */
    static final int NOMINEES = 5;
    private static final int EXTRAS = 6;

    /** What was found at rest: to compare searches by. */
    final Set<String> rests = new TreeSet<>();
    private final Bounds bounds;
    private final boolean reduced;
    private final String arrangement;
    private final int[] placeOf;
    private final int[] nodeAt;
    private final IntList all = new IntList(64);
    private final Order order;
    private final ElectionRules rules = new ElectionRules(this);
    private List<Integer> searched;
    /** How many of these must happen. */
    private int duties;

    ElectionWorld(Bounds bounds, int... uidsInRingOrder) {
        this(bounds, true, uidsInRingOrder);
    }

    /**
     * @param reduced         whether what need not be tried is left out; else every order of everything (and all may start)
     * @param uidsInRingOrder a permutation of 1..n
     */
    ElectionWorld(Bounds bounds, boolean reduced, int... uidsInRingOrder) {
        super(uidsInRingOrder.length, bounds.ordered(), reduced, unseen(bounds, reduced));
        this.bounds = bounds;
        this.reduced = reduced;
        order = new Order(nodes);
        searched = plans();
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
            behaviours.add(new Behaviour(() -> new ElectionSubject(ring, place, bounds.resends(), hearing(bounds, reduced)), tables, unseen(bounds, reduced)));
        }
    }

    /** Where nothing is lost, nothing sent again and no timer early, every message arrives at most once. By hand that is asked instead of used. */
    private static ElectionSubject.Hearing hearing(Bounds bounds, boolean reduced) {
        boolean once = reduced && bounds.ordered() && bounds.resends() == 0 && bounds.losses() == 0 && bounds.early() == 0;
        return !once ? ElectionSubject.Hearing.TWICE : Boolean.getBoolean("worlds.ask") ? ElectionSubject.Hearing.ONCE_ASKED : ElectionSubject.Hearing.ONCE;
    }

    /**
     * Who began an election and how far its token has come is told to people only, apart from the limit of two rounds, which no token reaches: on its way it may change
     * its candidate only where none was seen, so once round the ring, and go round once more behind the last change. {@link #sent} asks, of all messages where they are searched with their hops
     * ({@code worlds.ask}), else of the first of those that differ in them alone.
     */
    private static Set<String> unseen(Bounds bounds, boolean reduced) {
        return hearing(bounds, reduced) == ElectionSubject.Hearing.ONCE ? Set.of("Token.initiator", "Token.hops", "Elected.hops", "LcrElection.bestInitiator", "LcrElection.bestHops") : Set.of();
    }

    @Override
    void sent(int[] state, int node, int message) {
        int hops = tables.message(message) instanceof Message.Token token ? token.hops() : tables.message(message) instanceof Message.Elected elected ? elected.hops() : 0;
        if (hops > 2 * nodes) {
            throw new IllegalStateException("a token goes round for the third time: " + tables.message(message));
        }
    }

    /** Who may crash and who may start, one number each: no state of one is a state of another, so each may be searched by itself. */
    List<Integer> plans() {
        return IntStream.range(reduced ? 1 : 0, reduced ? 1 << nodes + 8 : 1).boxed().filter(plan -> !reduced
                || Integer.bitCount(plan & 0xff) == bounds.crashes() && Integer.bitCount(plan >>> 8) == Math.min(nodes, bounds.starters())).toList();
    }

    /** Only this one of {@link #plans} from now on. What was learnt about the nodes stays known. */
    ElectionWorld only(int plan) {
        searched = List.of(plan);
        return this;
    }

    @Override
    public List<int[]> initials() {
        List<int[]> initials = new ArrayList<>();
        for (int plan : searched) {
            for (int crashed = 0; crashed < 1 << nodes; crashed++) {
                if (reduced ? (crashed & ~(plan & 0xff)) == 0 : Integer.bitCount(crashed) <= bounds.crashes()) {
                    int[] state = empty(EXTRAS);
                    state[extra(CRASHED)] = crashed;
                    state[extra(PLAN)] = plan;
                    initials.add(state);
                }
            }
        }
        return initials;
    }

    private boolean mayCrash(int[] state, int node) {
        int crashed = state[extra(CRASHED)];
        return (crashed & 1 << node) == 0 && (reduced ? (state[extra(PLAN)] & 1 << node) != 0 : Integer.bitCount(crashed) < bounds.crashes());
    }

    @Override
    boolean isAlive(int[] state, int node) {
        return (state[extra(CRASHED)] & 1 << node) == 0;
    }

    boolean follows(int[] state, int node) {
        int leader = of(state, node).leader();
        return leader != 0 && isAlive(state, leader - 1);
    }

    ElectionSubject.Facts of(int[] state, int node) {
        return (ElectionSubject.Facts) facts(state, node);
    }

    @Override
    public void moves(int[] state, IntList out) {
        all.clear();
        all(state, all);
        int some = reduced && isSpent(state) ? persistentNodes(state) : -1;
        for (int i = 0; i < all.size(); i++) {
            if ((some & 1 << mover(all.get(i))) != 0) {
                out.add(all.get(i));
            }
        }
    }

    /** All moves, those that must happen first. */
    private void all(int[] state, IntList out) {
        deliveries(state, DELIVER, out);
        verdicts(state, out);
        hopsToTheDead(state, out);
        duties = out.size();
        if (duties == 0) {
            if (isKnown(state) && !dueAtRest(state, out)) {
                rules.judge(state);
            }
            rests.add(describe(state));
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
     * Bits of the nodes whose moves are enough, to be called behind {@link #all}. A node sends to the next that is alive, or to one behind it where those between may crash, and answers whom it hears.
     * A crash makes verdicts and hops possible at all others. Timers that are due at rest wait for all moves that must happen, so none comes before these.
     */
    private int persistentNodes(int[] state) {
        order.alive = (1 << nodes) - 1 & ~state[extra(CRASHED)];
        order.obliged = 0;
        order.able = 0;
        for (int i = 0; i < all.size(); i++) {
            order.able |= 1 << mover(all.get(i));
            order.obliged |= i < duties ? 1 << mover(all.get(i)) : 0;
        }
        for (int node = 0; node < nodes; node++) {
            order.incoming[node] = 0;
            for (int from = 0; from < nodes; from++) {
                order.incoming[node] |= state[link(from, node)] != 0 ? 1 << from : 0;
            }
            order.targets[node] = successors(state, node);
            order.touched[node] = mayCrash(state, node) ? -1 : 0;
        }
        return order.persistent();
    }

    private int successors(int[] state, int node) {
        int some = 0;
        for (int step = 1; step < nodes; step++) {
            int next = nodeAt[(placeOf[node] + step) % nodes];
            some |= 1 << next;
            if (isAlive(state, next) && !mayCrash(state, next)) {
                break;
            }
        }
        return some;
    }

    @Override
    boolean maySendTo(int[] state, int node, int before, int stimulus, int to) {
        boolean answers = tables.stimulus(stimulus) instanceof Stimulus.Deliver deliver && deliver.from() == to;
        return answers || !reduced || !isSpent(state) || (successors(state, node) & 1 << to) != 0;
    }

    /** No loss or early timer is left, so nobody is skipped but the dead. */
    private boolean isSpent(int[] state) {
        return state[extra(LOST)] == bounds.losses() && state[extra(EARLY_USED)] == bounds.early()
                && bounds.losses() + bounds.early() <= bounds.resends() && bounds.ordered();
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

    /** A crash commutes with what others do, apart from making more possible: so a node crashes before all else, or together with the end of its own move. */
    private void crashes(int[] state, IntList out) {
        for (int i = out.size() - 1; i >= 0; i--) {
            if (kind(out.get(i)) != LOSE && mayCrash(state, mover(out.get(i)))) {
                out.add(out.get(i) | LAST);
            }
        }
    }

    /** Behind it a node knows of an election, so each does once. */
    private void starts(int[] state, IntList out) {
        for (int node = 0; node < nodes; node++) {
            boolean may = !reduced || (state[extra(PLAN)] & 1 << 8 + node) != 0;
            if (may && isAlive(state, node) && of(state, node).epoch() == 0) {
                out.add(move(CALL, node, 0, stimulus(new Stimulus.Call("start", 1, 0))));
            }
        }
    }

    private void hopsToTheDead(int[] state, IntList out) {
        for (int node = 0; node < nodes; node++) {
            for (int timer : isAlive(state, node) ? behaviours.get(node).timers(state[node]) : new int[0]) {
                int awaited = of(state, node).awaited(timer(timer));
                if (awaited != 0 && !isAlive(state, awaited - 1)) {
                    out.add(move(FIRE, node, 0, timer));
                }
            }
        }
    }

    private String timer(int timer) {
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
                boolean hop = facts.awaited(timer(timer)) != 0;
                boolean mayRetry = facts.leader() == 0 && facts.epoch() < bounds.epochsMax();
                if (hop || mayRetry) {
                    out.add(move(FIRE, node, 0, timer));
                }
            }
            cut |= facts.leader() == 0 && facts.epoch() >= bounds.epochsMax();
        }
        return cut || out.size() > 0;
    }

    private void early(int[] state, IntList out) {
        for (int node = 0; node < nodes; node++) {
            for (int timer : isAlive(state, node) ? behaviours.get(node).timers(state[node]) : new int[0]) {
                boolean restarts = timer(timer).equals("RETRY");
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
                if (b(move) != 0) {
                    state[extra(VERDICTS)] |= 1 << (b(move) - 1) * nodes + a(move);
                }
                step(state, a(move), c(move));
            }
            default -> { }
        }
        if (isLast(move)) {
            crash(state, mover(move));
        }
        dropDeadLetters(state, mover(move));
        return state;
    }

    /** What a dead node had in mind and had heard does not matter any more. */
    private void crash(int[] state, int node) {
        state[extra(CRASHED)] |= 1 << node;
        state[node] = 0;
        for (int of = 0; of < nodes; of++) {
            state[extra(VERDICTS)] &= ~(1 << of * nodes + node);
        }
        dropArrivals(state, node);
    }

    /** Acknowledgements of hops that are over change nothing, ever, unless their sender may be skipped meanwhile: a sign of life takes that back. */
    @Override
    boolean isDeadLetter(int[] state, int from, int to, Message message) {
        return message instanceof Message.TokenAck ack && !of(state, to).awaits(ack.number()) && isSpent(state) && isAlive(state, from) && !mayCrash(state, from);
    }

    @Override
    void seen(int[] state, int node, Object what) {
        rules.seen(state, node, what);
    }

    /** Someone living knows of an election: else it is as if there never was one. */
    private boolean isKnown(int[] state) {
        return IntStream.range(0, nodes).anyMatch(node -> isAlive(state, node) && of(state, node).epoch() > 0);
    }

    @Override
    public End end(int[] state) {
        for (int node = 0; node < nodes; node++) {
            if (isAlive(state, node) && !follows(state, node)) {
                return End.CUT;
            }
        }
        return End.REACHED;
    }

    @Override
    boolean isCounted(int stimulus) {
        return tables.stimulus(stimulus) instanceof Stimulus.Call;
    }

    @Override
    String name(int node) {
        return "n" + (node + 1);
    }

    /** The plan, for people. */
    String describe(int plan) {
        return "may crash: " + named(plan & 0xff) + "; may start: " + named(plan >>> 8);
    }

    private String named(int some) {
        return IntStream.range(0, nodes).filter(node -> (some & 1 << node) != 0).mapToObj(this::name).collect(Collectors.joining(" "));
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
