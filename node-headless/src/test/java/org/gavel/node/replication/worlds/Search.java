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
    private final Visited visited = new Visited();
    private final IntList parents = new IntList(1 << 16);
    private final IntList moves = new IntList(1 << 16);
    private final IntList moved = new IntList(64);
    /** Edges, where cycles are looked for: target by target, and how many each state has. */
    private final IntList targets;
    private final IntList degrees = new IntList(1 << 10);
    private final long startedNs = System.nanoTime();
    private IntList frontier = new IntList(1 << 16);
    private IntList next = new IntList(1 << 16);
    private long moveCount;
    private int depth;
    private long reached;
    private long cut;
    private String bound = "";

    private Search(World world, Limits limits, boolean lookForCycles, Consumer<String> progress) {
        this.world = world;
        this.limits = limits;
        this.progress = progress;
        this.targets = lookForCycles ? new IntList(1 << 16) : null;
    }

    /** @param lookForCycles also find out whether every path ends (costs four bytes a move) */
    static Outcome run(World world, Limits limits, boolean lookForCycles, Consumer<String> progress) {
        return new Search(world, limits, lookForCycles, progress).run();
    }

    private Outcome run() {
        int[] initial = world.initial();
        int width = initial.length;
        visited.add(initial, 0);
        parents.add(-1);
        moves.add(-1);
        frontier.addAll(initial);
        int first = 0;
        while (frontier.size() > 0 && bound.isEmpty()) {
            next.clear();
            int count = frontier.size() / width;
            for (int i = 0; i < count && bound.isEmpty(); i++) {
                Outcome broken = expand(frontier.copy(i * width, width), first + i);
                if (broken != null) {
                    return broken;
                }
            }
            first += count;
            swap();
        }
        return outcome(null, List.of());
    }

    private void swap() {
        IntList done = frontier;
        frontier = next;
        next = done;
        if (frontier.size() > 0 && bound.isEmpty()) {
            depth++;
            if (depth > limits.depth()) {
                depth--;
                bound = "depth " + limits.depth();
            } else if (seconds() > 2) {
                progress.accept(String.format(Locale.ROOT, "depth %d: %,d states, %,.0f/s; %s", depth, parents.size(), parents.size() / seconds(),
                        world.figures()));
            }
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
                visit(world.after(state, move), id, move);
            }
        } catch (Broken broken) {
            return outcome(broken, trace(id, move));
        }
        if (targets != null) {
            degrees.add(moved.size());
        }
        if (parents.size() >= limits.states()) {
            bound = String.format(Locale.ROOT, "%,d states", limits.states());
        } else if ((id & 0x3ff) == 0 && seconds() > limits.seconds()) {
            bound = String.format(Locale.ROOT, "%.0f s", limits.seconds());
        }
        return null;
    }

    private void visit(int[] state, int from, int move) {
        moveCount++;
        int id = visited.add(state, parents.size());
        if (id == parents.size()) {
            parents.add(from);
            moves.add(move);
            next.addAll(state);
        }
        if (targets != null) {
            targets.add(id);
        }
    }

    private Outcome outcome(Broken broken, List<String> trace) {
        boolean acyclic = targets != null && bound.isEmpty() && broken == null && everyPathEnds();
        return new Outcome(parents.size(), moveCount, depth, bound, reached, cut, acyclic, seconds(), broken, trace, world.figures());
    }

    /** Takes away states that nothing leads to, again and again (Kahn 1962): nothing is left if there is no cycle. */
    private boolean everyPathEnds() {
        int count = parents.size();
        int[] incoming = new int[count];
        int[] starts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            starts[i + 1] = starts[i] + degrees.get(i);
        }
        for (int i = 0; i < targets.size(); i++) {
            incoming[targets.get(i)]++;
        }
        IntList free = new IntList(count);
        if (incoming[0] == 0) {
            free.add(0);
        }
        for (int at = 0; at < free.size(); at++) {
            int state = free.get(at);
            for (int e = starts[state]; e < starts[state + 1]; e++) {
                if (--incoming[targets.get(e)] == 0) {
                    free.add(targets.get(e));
                }
            }
        }
        return free.size() == count;
    }

    /** Goes the whole way once more, to describe it. */
    private List<String> trace(int id, int lastMove) {
        List<Integer> path = new ArrayList<>();
        if (lastMove >= 0) {
            path.add(lastMove);
        }
        for (int at = id; parents.get(at) >= 0; at = parents.get(at)) {
            path.add(moves.get(at));
        }
        Collections.reverse(path);
        List<String> lines = new ArrayList<>();
        int[] state = world.initial();
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

    /** Fingerprints of states and their numbers, in order of discovery. */
    private static final class Visited {
        private long[] prints = new long[1 << 16];
        private int[] ids = new int[1 << 16];
        private int size;

        /** The state's number: {@code id} if it is new. */
        int add(int[] state, int id) {
            long print = 0x243F6A8885A308D3L;
            for (int value : state) {
                print = Fingerprint.mix(print ^ value) + 0x9E3779B97F4A7C15L;
            }
            print |= print == 0 ? 1 : 0;
            int slot = slot(print);
            if (prints[slot] == print) {
                return ids[slot];
            }
            prints[slot] = print;
            ids[slot] = id;
            if (++size > prints.length / 10 * 7) {
                grow();
            }
            return id;
        }

        private int slot(long print) {
            int slot = (int) print & prints.length - 1;
            while (prints[slot] != 0 && prints[slot] != print) {
                slot = slot + 1 & prints.length - 1;
            }
            return slot;
        }

        private void grow() {
            long[] oldPrints = prints;
            int[] oldIds = ids;
            prints = new long[oldPrints.length * 2];
            ids = new int[oldPrints.length * 2];
            for (int i = 0; i < oldPrints.length; i++) {
                if (oldPrints[i] != 0) {
                    int slot = slot(oldPrints[i]);
                    prints[slot] = oldPrints[i];
                    ids[slot] = oldIds[i];
                }
            }
        }
    }
}
