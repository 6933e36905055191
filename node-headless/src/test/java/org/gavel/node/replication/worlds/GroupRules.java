package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gavel.protocol.wire.Message;

/** The invariants of a group's world. They are judged on moves and on a history kept in the state, so that the order of moves that commute does not matter. */
final class GroupRules {
    /** What was found at rest, without the followers' names: to compare searches by. */
    final Set<String> rests = new TreeSet<>();
    private final GroupWorld world;
    private final Committed committed = new Committed();
    private final Fallen fallen = new Fallen();

    GroupRules(GroupWorld world) {
        this.world = world;
    }

    List<Committed.Entry> committed(int[] state) {
        return committed.entries(state[world.extra(GroupWorld.COMMITTED)]);
    }

    /** A node that has just become leader: of an epoch that nobody else leads or led, with all that was committed in earlier ones. */
    void leads(int[] before, int[] state, int node) {
        GroupFacts facts = world.of(state, node);
        GroupFacts was = world.of(before, node);
        if (!facts.leader() || was.ownEpoch() != facts.ownEpoch()) {
            ends(state, was);
        }
        if (!facts.leader() || was.leader() && was.ownEpoch() == facts.ownEpoch()) {
            return;
        }
        int shift = 4 * (int) facts.ownEpoch();
        int other = state[world.extra(GroupWorld.LEADERS)] >>> shift & 15;
        if (other != 0 && other != node + 1) {
            throw new Broken("one-leader-per-epoch", world.name(other - 1) + " and " + world.name(node) + " both lead epoch " + facts.ownEpoch());
        }
        state[world.extra(GroupWorld.LEADERS)] |= node + 1 << shift;
        List<Committed.Entry> entries = committed.entries(state[world.extra(GroupWorld.COMMITTED)]);
        for (int index = 1; index <= entries.size(); index++) {
            Committed.Entry entry = entries.get(index - 1);
            if (entry.epoch() < facts.ownEpoch() && !facts.has(index, entry.checksum())) {
                throw new Broken("committed-entries-seen", world.name(node) + " leads epoch " + facts.ownEpoch() + " without entry " + index + " (" + entry.entry()
                        + "), which was committed in epoch " + entry.epoch());
            }
        }
    }

    /** What a listener was told. */
    void seen(int[] state, int node, Object what) {
        if (what instanceof GroupSeen.Applied applied) {
            state[world.extra(GroupWorld.COMMITTED)] = committed.with(state[world.extra(GroupWorld.COMMITTED)], applied);
            for (int later = 0; applied.leaderOf() != 0 && later < world.nodes; later++) {
                GroupFacts facts = world.of(state, later);
                if (facts.leader() && facts.ownEpoch() > applied.leaderOf() && !facts.has(applied.index(), applied.checksum())) {
                    throw lacks(node, applied, world.name(later), facts.ownEpoch());
                }
            }
            for (Fallen.Log log : fallen.logs(state[world.extra(GroupWorld.FALLEN)])) {
                if (applied.leaderOf() != 0 && log.epoch() > applied.leaderOf() && !log.has(applied.index(), applied.checksum())) {
                    throw lacks(node, applied, "who led", log.epoch());
                }
            }
        } else if (what instanceof GroupSeen.Corruption corruption) {
            throw new Broken("no-corruption", world.name(node) + ": " + corruption.sentence());
        }
    }

    /** A node is about to stop leading, if it does lead. */
    void ends(int[] state, GroupFacts facts) {
        if (facts.leader()) {
            state[world.extra(GroupWorld.FALLEN)] = fallen.with(state[world.extra(GroupWorld.FALLEN)], (int) facts.ownEpoch(), facts.checksums());
        }
    }

    private Broken lacks(int node, GroupSeen.Applied applied, String who, long epoch) {
        return new Broken("committed-entries-seen", world.name(node) + " commits entry " + applied.index() + " (" + applied.entry() + ") in epoch "
                + applied.leaderOf() + ", which " + who + ", the leader of epoch " + epoch + ", lacks");
    }

    /** 'Held' is said only of what is stored, without a hole, and equal to the log of the leader who is told. */
    void held(int[] state, int node, Message.Held held) {
        GroupFacts facts = world.of(state, node);
        boolean stored = held.index() <= facts.stored();
        boolean same = !stored || isOfLeader(state, held, facts.checksums()[(int) held.index()]);
        if (!stored || !same) {
            throw new Broken("held-without-holes", world.name(node) + " says it holds " + held.index() + " of epoch " + held.epoch() + ", "
                    + (stored ? "but another log than the leader's" : "but stored " + facts.stored()));
        }
    }

    private boolean isOfLeader(int[] state, Message.Held held, long checksum) {
        int leader = (state[world.extra(GroupWorld.LEADERS)] >>> 4 * (int) held.epoch() & 15) - 1;
        if (leader >= 0 && world.of(state, leader).leader() && world.of(state, leader).ownEpoch() == held.epoch()) {
            return world.of(state, leader).has(held.index(), checksum);
        }
        for (Fallen.Log log : fallen.logs(state[world.extra(GroupWorld.FALLEN)])) {
            if (log.epoch() == held.epoch() && !log.has(held.index(), checksum)) {
                return false;
            }
        }
        return true;
    }

    /** Nothing is under way: who was promised by enough living must have got through. */
    void judge(int[] state) {
        rests.add(outcome(state));
        for (int node = 0; node < world.nodes; node++) {
            GroupFacts facts = world.of(state, node);
            if (!world.isAlive(state, node) || facts.ownEpoch() == 0 || !facts.deciding().stream().allMatch(c -> enough(state, c, facts.ownEpoch()))) {
                continue;
            }
            if (facts.candidate()) {
                throw new Broken("take-over-ends", world.name(node) + " still asks for epoch " + facts.ownEpoch());
            }
            if (!facts.serving() || facts.commit() < facts.last() || facts.changing()) {
                throw new Broken("leader-gets-through", world.name(node) + " rests at " + facts.commit() + " of " + facts.last() + " in epoch " + facts.ownEpoch());
            }
        }
    }

    private boolean enough(int[] state, List<Integer> acceptors, long epoch) {
        long living = acceptors.stream().filter(a -> world.isAlive(state, a) && world.of(state, a).promised() <= epoch).count();
        return living > acceptors.size() / 2;
    }

    /** All that is left when nothing is under way, but for the followers' names. */
    String outcome(int[] state) {
        List<String> followers = new ArrayList<>();
        for (int node = 1; node <= 3; node++) {
            followers.add(outcome(state, node));
        }
        Collections.sort(followers);
        String spare = world.nodes == 5 ? outcome(state, GroupCast.SPARE) : "";
        return outcome(state, 0) + followers + spare + committed.entries(state[world.extra(GroupWorld.COMMITTED)]).stream().map(e -> e.epoch() + ":" + e.bid()).toList();
    }

    private String outcome(int[] state, int node) {
        GroupFacts f = world.of(state, node);
        return !world.isAlive(state, node) ? "crashed;" : f.role() + ' ' + f.ownEpoch() + ' ' + f.promised() + ' ' + f.commit() + '/' + f.last() + '/' + f.stored() + ';';
    }
}
