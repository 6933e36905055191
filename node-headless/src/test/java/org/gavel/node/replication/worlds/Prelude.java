package org.gavel.node.replication.worlds;

import java.util.Set;
import java.util.TreeSet;

/**
 * A script that brings a group to where a search begins; every step is a move of the world, so what is found behind it could have happened. Steps, between semicolons:
 * {@code nominate NODE EPOCH}, {@code bid NODE}, {@code replace NODE} (by the serving active), {@code A>B} (one message arrives), {@code among A B ..} (all that these send each
 * other arrives, and what is due at them happens, until nothing is left).
 */
final class Prelude {
    private final GroupWorld world;

    Prelude(GroupWorld world) {
        this.world = world;
    }

    int[] run(int[] from, String script) {
        int[] state = from;
        for (String step : script.split(";")) {
            if (!step.isBlank()) {
                state = step(state, step.trim().split("[ >]"), step.contains(">"));
            }
        }
        return state;
    }

    private int[] step(int[] state, String[] words, boolean delivers) {
        if (delivers) {
            return world.after(state, Ensemble.move(Ensemble.DELIVER, node(words[0]), node(words[1]), 0));
        }
        return switch (words[0]) {
            case "nominate" -> call(state, node(words[1]), 0, GroupWorld.NOMINATE, Long.parseLong(words[2]));
            case "bid" -> call(state, node(words[1]), 1, GroupWorld.BID, world.of(state, node(words[1])).nextBid());
            case "replace" -> call(state, 0, 2, GroupWorld.REPLACE, node(words[1]) + 1L);
            case "among" -> among(state, words);
            default -> throw new IllegalArgumentException("no step: " + String.join(" ", words));
        };
    }

    private int[] call(int[] state, int node, int kind, String what, long argument) {
        return world.after(state, Ensemble.move(Ensemble.CALL, node, kind, world.stimulus(new Stimulus.Call(what, argument, 0))));
    }

    private int[] among(int[] from, String[] words) {
        Set<Integer> some = new TreeSet<>();
        for (int i = 1; i < words.length; i++) {
            some.add(node(words[i]));
        }
        int[] state = from;
        IntList moves = new IntList(16);
        for (int next = next(state, some, moves); next != 0; next = next(state, some, moves)) {
            state = world.after(state, next);
        }
        return state;
    }

    /** The first obliged move within these nodes, or 0. */
    private int next(int[] state, Set<Integer> some, IntList moves) {
        moves.clear();
        world.obliged(state, moves);
        for (int i = 0; i < moves.size(); i++) {
            int move = moves.get(i);
            boolean within = some.contains(Ensemble.a(move)) && (Ensemble.kind(move) != Ensemble.DELIVER || some.contains(Ensemble.b(move)));
            if (within) {
                return move;
            }
        }
        return 0;
    }

    private static int node(String name) {
        int node = GroupCast.NAMES.indexOf(name);
        if (node < 0) {
            throw new IllegalArgumentException("nobody is called " + name);
        }
        return node;
    }
}
