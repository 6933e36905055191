package org.gavel.node.replication.worlds;

/** The invariants of an election's world (protocol.md section 6): judged on what listeners are told, and where nothing is left to happen. */
final class ElectionRules {
    private final ElectionWorld world;

    ElectionRules(ElectionWorld world) {
        this.world = world;
    }

    /** A node's listener was told something: one winner in each epoch, nobody while a higher one lives, and all are told of that winner. */
    void seen(int[] state, int node, Object what) {
        if (what instanceof ElectionSubject.Nominated nominated) {
            int shift = 4 * (int) nominated.epoch();
            int before = state[world.extra(ElectionWorld.NOMINEES)] >>> shift & 15;
            if (before != 0) {
                throw new Broken("one-winner-per-epoch", "n" + before + " and " + world.name(node) + " are both nominated for epoch " + nominated.epoch());
            }
            for (int other = node + 1; other < world.nodes; other++) {
                if (world.isAlive(state, other)) {
                    throw new Broken("highest-living-wins", world.name(node) + " is nominated though " + world.name(other) + " lives");
                }
            }
            state[world.extra(ElectionWorld.NOMINEES)] |= node + 1 << shift;
        } else if (what instanceof ElectionSubject.Elected elected) {
            int winner = state[world.extra(ElectionWorld.NOMINEES)] >>> 4 * (int) elected.epoch() & 15;
            if (winner != elected.leader()) {
                throw new Broken("elected-is-the-winner", world.name(node) + " hears of n" + elected.leader() + " in epoch " + elected.epoch() + ", won by n" + winner);
            }
        }
    }

    /** Nothing is left to happen: all who live must believe in one leader, who lives. */
    void judge(int[] state) {
        ElectionSubject.Facts first = null;
        for (int node = 0; node < world.nodes; node++) {
            ElectionSubject.Facts facts = world.of(state, node);
            if (!world.isAlive(state, node)) {
                continue;
            }
            if (!world.follows(state, node)) {
                throw new Broken("ends-with-a-leader", world.name(node) + " rests without one");
            }
            if (first != null && (first.leader() != facts.leader() || first.epoch() != facts.epoch())) {
                throw new Broken("ends-with-one-leader", "n" + first.leader() + " and n" + facts.leader());
            }
            first = facts;
        }
    }
}
