package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gavel.protocol.wire.Message;

/**
 * Nodes with links between each two. A state is: the number of each node's own state, the word under way on each link, and what a world adds.
 * Nodes are counted from 0; node i has uid i + 1.
 */
abstract class Ensemble implements World {
    /** The next message of a link arrives (a: from, b: to, c: its position, 0 on FIFO links). */
    static final int DELIVER = 1;
    /** A message is lost (the same). */
    static final int LOSE = 2;
    /** A timer whose time has come (a: node, c: stimulus). */
    static final int FIRE = 3;
    /** A timer that is not due, such as when messages are slow (the same). */
    static final int EARLY = 4;
    /** A call from above (a: node, c: stimulus). */
    static final int CALL = 5;
    /** With another move: the process ends behind it. */
    static final int LAST = 1 << 19;
    private static final int C_MAX = LAST - 1;

    final int nodes;
    final Tables tables;
    final List<Behaviour> behaviours = new ArrayList<>();
    private final boolean ordered;
    private final boolean reduced;

    /**
     * @param ordered links are FIFO
     * @param reduced dead letters are dropped
     * @param unseen  what of nodes and messages decides nothing in this world, see {@link Fingerprint#Fingerprint(Set)}
     */
    Ensemble(int nodes, boolean ordered, boolean reduced, Set<String> unseen) {
        tables = new Tables(unseen);
        this.nodes = nodes;
        this.ordered = ordered;
        this.reduced = reduced;
    }

    // ---------------------------------------------------------------- states

    final int[] empty(int extras) {
        int[] state = new int[nodes + nodes * nodes + extras];
        for (int i = 0; i < nodes; i++) {
            state[i] = 0;
        }
        return state;
    }

    final int link(int from, int to) {
        return nodes + from * nodes + to;
    }

    final int extra(int number) {
        return nodes + nodes * nodes + number;
    }

    final Object facts(int[] state, int node) {
        return behaviours.get(node).facts(state[node]);
    }

    abstract boolean isAlive(int[] state, int node);

    // ---------------------------------------------------------------- moves

    static int move(int kind, int a, int b, int c) {
        return kind << 28 | a << 24 | b << 20 | c;
    }

    static int kind(int move) {
        return move >>> 28;
    }

    static int a(int move) {
        return move >>> 24 & 15;
    }

    static int b(int move) {
        return move >>> 20 & 15;
    }

    static int c(int move) {
        return move & C_MAX;
    }

    /** Whose move it is. */
    static int mover(int move) {
        return kind(move) == DELIVER ? b(move) : a(move);
    }

    static boolean isLast(int move) {
        return (move & LAST) != 0;
    }

    final int stimulus(Stimulus stimulus) {
        int id = tables.stimulus(stimulus);
        if (id > C_MAX) {
            throw new IllegalStateException("more stimuli than a move has room for: " + id);
        }
        return id;
    }

    final void deliveries(int[] state, int kind, IntList out) {
        for (int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                int word = state[link(from, to)];
                if (word != 0) {
                    int choices = ordered ? 1 : tables.content(word).length;
                    for (int position = 0; position < choices; position++) {
                        out.add(move(kind, from, to, position));
                    }
                }
            }
        }
    }

    /** Takes the message away, and lets the receiver have it unless it is lost. */
    final void deliver(int[] state, int move) {
        int from = a(move);
        int to = b(move);
        int word = state[link(from, to)];
        int message = tables.content(word)[c(move)];
        state[link(from, to)] = c(move) == 0 ? tables.rest(word) : tables.remove(word, c(move));
        if (kind(move) == DELIVER) {
            step(state, to, tables.deliver(from, message));
        }
    }

    /** One pass of one node; what it sends goes under way, what its listener heard is shown to {@link #seen}. */
    final void step(int[] state, int node, int stimulus) {
        Behaviour.Step step = behaviours.get(node).step(state[node], stimulus);
        if (step.broken() != null) {
            throw new Broken("production-check", step.broken().toString());
        }
        int was = state[node];
        state[node] = step.next();
        for (int i = 0; i < step.to().length; i++) {
            int to = step.to()[i] - 1;
            if (to != node && isAlive(state, to)) {
                state[link(node, to)] = tables.append(state[link(node, to)], step.messages()[i], ordered);
            }
            sent(state, node, step.messages()[i]);
            if (!maySendTo(state, node, was, stimulus, to)) {
                throw new IllegalStateException("the order of moves counts on it that " + name(node) + " does not send to " + name(to) + " at "
                        + tables.stimulus(stimulus) + ": " + tables.message(step.messages()[i]));
            }
        }
        for (Object seen : step.seen()) {
            seen(state, node, seen);
        }
    }

    /** Whether a message that comes next would change nothing, now or later, and be answered by nothing but the like. */
    boolean isDeadLetter(int[] state, int from, int to, Message message) {
        return false;
    }

    /** Takes dead letters away where they come first on a node's links, if the production code is indeed silent and unmoved. */
    final void dropDeadLetters(int[] state, int node) {
        for (int other = 0; ordered && reduced && other < nodes; other++) {
            dropDeadLetters(state, node, other);
            dropDeadLetters(state, other, node);
        }
    }

    private void dropDeadLetters(int[] state, int from, int to) {
        int at = link(from, to);
        while (state[at] != 0) {
            int message = tables.content(state[at])[0];
            if (!isDeadLetter(state, from, to, tables.message(message))) {
                return;
            }
            Behaviour.Step step = behaviours.get(to).step(state[to], tables.deliver(from, message));
            boolean silent = step.broken() == null && step.next() == state[to] && step.seen().isEmpty();
            for (int i = 0; silent && i < step.to().length; i++) {
                int answered = step.to()[i] - 1;
                silent = !isAlive(state, answered) || isDeadLetter(state, to, answered, tables.message(step.messages()[i]));
            }
            if (!silent) {
                return; // it still tells something, such as its sender's address
            }
            state[at] = tables.rest(state[at]);
        }
    }

    /** A node sent something. */
    void sent(int[] state, int node, int message) { }

    /** Whether this is what the world's reduction counts on: a node went from another of its states to that of {@code state} and sent something. */
    boolean maySendTo(int[] state, int node, int before, int stimulus, int to) {
        return true;
    }

    /** A node's listener was told something. */
    abstract void seen(int[] state, int node, Object what);

    /**
     * On a cycle each node would come back to its state. If none ever comes back to one that it has left, all moves of a cycle would leave all nodes as they are and
     * only turn messages into others; if no message leads to itself that way, that comes to an end too.
     */
    @Override
    public boolean everyPathEnds() {
        Graph graph = new Graph();
        boolean[] ends = {true};
        int width = tables.messages();
        for (int node = 0; node < nodes; node++) {
            int at = node;
            ends[0] &= behaviours.get(node).neverReturns();
            behaviours.get(node).idle((stimulus, step) -> {
                int message = tables.delivered(stimulus);
                ends[0] &= message >= 0 || isCounted(stimulus);
                for (int i = 0; message >= 0 && i < step.to().length; i++) {
                    int from = ((Stimulus.Deliver) tables.stimulus(stimulus)).from();
                    graph.edge((from * nodes + at) * width + message, (at * nodes + step.to()[i] - 1) * width + step.messages()[i]);
                }
            });
        }
        return ends[0] && graph.isAcyclic(nodes * nodes * width);
    }

    /** A stimulus that is no delivery and happens a bounded number of times, whatever it changes. */
    abstract boolean isCounted(int stimulus);

    /** Nothing that was sent to it matters any more. What it sent itself still arrives, or is as good as lost where it does not. */
    final void dropArrivals(int[] state, int node) {
        for (int from = 0; from < nodes; from++) {
            state[link(from, node)] = 0;
        }
    }

    // ---------------------------------------------------------------- for people

    abstract String name(int node);

    @Override
    public String describe(int[] state, int move) {
        return describeMove(state, move) + (isLast(move) ? ", and " + name(mover(move)) + " crashes behind that" : "");
    }

    private String describeMove(int[] state, int move) {
        String who = name(a(move));
        return switch (kind(move)) {
            case DELIVER, LOSE -> {
                String message = shortened(tables.message(tables.content(state[link(a(move), b(move))])[c(move)]).toString());
                yield (kind(move) == LOSE ? "lost: " : "") + who + " -> " + name(b(move)) + ": " + message;
            }
            case FIRE, EARLY -> who + ": timer " + ((Stimulus.Fire) tables.stimulus(c(move))).timer() + (kind(move) == EARLY ? ", early" : "");
            case CALL -> {
                Stimulus.Call call = (Stimulus.Call) tables.stimulus(c(move));
                yield who + ": " + call.what() + " " + call.first() + (call.second() == 0 ? "" : " " + call.second());
            }
            default -> throw new IllegalArgumentException("no move: " + move);
        };
    }

    private static String shortened(String message) {
        return message.replaceAll("ViewId\\[[^]]*\\]", "v").replaceAll("Uid\\[value=(\\d+)\\]|0{15}([0-9a-f])", "n$1$2").replaceAll("\\[B@[0-9a-f]+", "..");
    }

    @Override
    public String figures() {
        int states = behaviours.stream().mapToInt(Behaviour::states).sum();
        int steps = behaviours.stream().mapToInt(Behaviour::stepsRun).sum();
        long audits = behaviours.stream().mapToLong(Behaviour::audits).sum();
        return String.format(Locale.ROOT, "%,d node states from %,d runs of the production code, %,d audited", states, steps, audits);
    }
}
