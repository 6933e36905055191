package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Breadth first through a world: the first violation met is a shortest one. A visited state is remembered by 64 bits, as TLC does (Yu, Manolios and Lamport 1999);
 * the odds that a state was missed because of that are reported.
 */
final class Search {
    /** @param depth of moves from the initial state */
    record Limits(long states, int depth, double seconds) { }

    /** @param bound which limit ended it; empty if all states within the world's own bounds were seen */
    record Outcome(long states, long moves, int depth, String bound, long reached, long cut, boolean acyclic, double seconds, Broken broken,
                   List<String> trace, String figures) {
        boolean isExhausted() {
            return bound.isEmpty() && broken == null;
        }

        /** One line for tables and logs. */
        String sentence() {
            double odds = (double) states * states / Math.pow(2, 65);
            return String.format(Locale.ROOT, "%,d states, %,d moves, depth %d, %s; %,d ends reached, %,d cut%s; %.1f s (%,.0f states/s); missed by chance < %.1e; %s",
                    states, moves, depth, broken != null ? "BROKEN " + broken.getMessage() : bound.isEmpty() ? "exhausted" : "bounded by " + bound, reached,
                    cut, acyclic ? ", no cycle" : "", seconds, states / Math.max(seconds, 0.001), odds, figures);
        }

        /** The shortest path to the violation, a line a move. */
        String story() {
            return sentence() + "\n" + String.join("\n", trace);
        }
    }

    private final World world;
    private final Limits limits;
    private final Consumer<String> progress;
    private final Prints visited = new Prints();
    private final Trail trail = new Trail();
    private final IntList moved = new IntList(64);
    private final List<int[]> initials;
    private final Rows frontier;
    private final long startedNs = System.nanoTime();
    private long moveCount;
    private int depth;
    private long reached;
    private long cut;
    private String bound = "";

    private Search(World world, Limits limits, Consumer<String> progress) {
        this.world = world;
        this.limits = limits;
        this.progress = progress;
        initials = world.initials();
        frontier = new Rows(initials.get(0).length);
    }

    /** Every state, until a limit or a violation ends it. */
    static Outcome run(World world, Limits limits, Consumer<String> progress) {
        Search search = new Search(world, limits, progress);
        try (search.trail) {
            return search.run();
        }
    }

    private Outcome run() {
        for (int i = 0; i < initials.size(); i++) {
            reach(initials.get(i), -1, i);
        }
        int id = 0;
        while (frontier.size() > 0 && bound.isEmpty()) {
            for (long left = frontier.size(); left > 0 && bound.isEmpty(); left--) {
                Outcome broken = expand(frontier.take(), id++);
                if (broken != null) {
                    return broken;
                }
            }
            deeper();
        }
        return outcome(null, List.of());
    }

    private void deeper() {
        if (frontier.size() == 0 || !bound.isEmpty()) {
            return;
        }
        if (depth == limits.depth()) {
            bound = "depth " + depth;
            return;
        }
        depth++;
        if (seconds() > 2) {
            progress.accept(String.format(Locale.ROOT, "depth %d: %,d states, %,d to go on from, %,.0f/s; %s", depth, visited.size(), frontier.size(),
                    visited.size() / seconds(), world.figures()));
        }
    }

    private double seconds() {
        return (System.nanoTime() - startedNs) / 1e9;
    }

    private Outcome expand(int[] state, int id) {
        moved.clear();
        int move = -1;
        try {
            world.moves(state, moved);
            if (moved.size() == 0) {
                if (world.end(state) == World.End.REACHED) {
                    reached++;
                } else {
                    cut++;
                }
            }
            for (int i = 0; i < moved.size(); i++) {
                move = moved.get(i);
                moveCount++;
                reach(world.after(state, move), id, move);
            }
        } catch (Broken broken) {
            return outcome(broken, trace(id, move));
        }
        if (visited.size() >= limits.states()) {
            bound = String.format(Locale.ROOT, "%,d states", limits.states());
        } else if ((id & 0x3ff) == 0 && seconds() > limits.seconds()) {
            bound = String.format(Locale.ROOT, "%.0f s", limits.seconds());
        }
        return null;
    }

    private void reach(int[] state, int from, int move) {
        if (visited.add(print(state))) {
            trail.add(from, move);
            frontier.add(state);
        }
    }

    /** 64 bits that stand for a state: what each of its numbers adds is as good as random. */
    private static long print(int[] state) {
        long print = 0x243F6A8885A308D3L;
        for (int i = 0; i < state.length; i++) {
            if (state[i] != 0) {
                print ^= Fingerprint.mix(((long) i + 1 << 32) + state[i]);
            }
        }
        return print;
    }

    private Outcome outcome(Broken broken, List<String> trace) {
        boolean acyclic = bound.isEmpty() && broken == null && world.everyPathEnds();
        return new Outcome(visited.size(), moveCount, depth, bound, reached, cut, acyclic, seconds(), broken, trace, world.figures());
    }

    /** Goes the whole way once more, to describe it. */
    private List<String> trace(int id, int lastMove) {
        List<Integer> path = new ArrayList<>();
        if (lastMove >= 0) {
            path.add(lastMove);
        }
        int root = id;
        for (long at = trail.get(root); at >>> 32 != 0xffffffffL; at = trail.get(root)) {
            path.add((int) at);
            root = (int) (at >>> 32);
        }
        Collections.reverse(path);
        List<String> lines = new ArrayList<>();
        int[] state = initials.get((int) trail.get(root));
        lines.add("  0. " + world.describe(state));
        for (int i = 0; i < path.size(); i++) {
            lines.add(String.format("%3d. %s", i + 1, world.describe(state, path.get(i))));
            if (i < path.size() - 1 || lastMove < 0) {
                state = world.after(state, path.get(i));
                lines.add("       " + world.describe(state));
            }
        }
        return lines;
    }
}
