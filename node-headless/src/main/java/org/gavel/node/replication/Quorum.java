package org.gavel.node.replication;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.Acceptor;

/**
 * Which acceptors are enough, for promises as well as for holding, in one epoch (protocol.md sections 7 and 8).
 *
 * <p>Of a configuration take out the copies that the operator told to forget (by log id: the same start may come back with a fresh one); n are left. Enough are
 * <ul>
 * <li>any majority: n / 2 + 1 that answered; or
 * <li>for even n only, where exactly n / 2 members were known ended <em>before this epoch's promises were asked for</em>: all the other n / 2.
 * </ul>
 * A known-ended member never counts as answering; it returns only as a newcomer with a new log id.
 *
 * <p>Why any two such sets, one holding an entry in epoch e and one promising epoch f &gt; e, share a member: two majorities have more than n members
 * together, and so have a majority and a half. Two halves H (of e) and G (of f) that share nobody make up everyone, so H's members are exactly those known
 * ended before f was asked for, and G's exactly those known ended before e was asked for. G's members answered for f after f was asked for, when all of H had
 * ended; H's answered for e after e was asked for, when all of G had ended. Each half had ended before the other answered: impossible. Without 'before
 * the promises were asked for' it fails: an old leader counts a half it reduced to <em>after</em> a candidate had asked, and both go on.
 * With fewer than n / 2 left a committed entry may have been held by none of them: only the operator's word goes on.
 */
final class Quorum {
    private final Set<PeerId> endedBefore;
    private final Set<Long> forgottenLogs;

    /**
     * @param endedBefore   known ended when the epoch's promises were asked for; copied
     * @param forgottenLogs log ids of the copies forgotten by the operator's word; looked at anew each time
     */
    Quorum(Set<PeerId> endedBefore, Set<Long> forgottenLogs) {
        this.endedBefore = Set.copyOf(endedBefore);
        this.forgottenLogs = forgottenLogs;
    }

    /** True if the acceptors that answered are enough. */
    boolean reached(List<Acceptor> acceptors, Predicate<Acceptor> answered) {
        return level(acceptors, a -> answered.test(a) ? 1 : 0) == 1;
    }

    /**
     * The highest index that enough acceptors hold.
     *
     * @param held highest index held by an acceptor; negative if unknown
     * @return -1 if there is none
     */
    long level(List<Acceptor> acceptors, ToLongFunction<Acceptor> held) {
        long[] levels = new long[acceptors.size()];
        int members = 0;
        int ended = 0;
        long lowestLiving = Long.MAX_VALUE;
        for (Acceptor acceptor : acceptors) {
            PeerId peer = acceptor.node().peer();
            if (forgottenLogs.contains(acceptor.logId())) {
                continue;
            }
            if (endedBefore.contains(peer)) {
                levels[members] = -1;
                ended++;
            } else {
                levels[members] = held.applyAsLong(acceptor);
                lowestLiving = Math.min(lowestLiving, levels[members]);
            }
            members++;
        }
        if (members == 0) {
            return -1;
        }
        Arrays.sort(levels, 0, members);
        long majority = levels[members - (members / 2 + 1)];
        boolean half = members % 2 == 0 && ended == members / 2;
        return Math.max(-1, half ? Math.max(majority, lowestLiving) : majority);
    }

    /** How many answers a majority takes, for the sentences of status. */
    int needed(List<Acceptor> acceptors) {
        int members = count(acceptors, a -> true);
        int ended = count(acceptors, a -> endedBefore.contains(a.peer()));
        return members % 2 == 0 && members > 0 && ended == members / 2 ? members / 2 : members / 2 + 1;
    }

    /** Members that are not forgotten and fulfil {@code test}. */
    int count(List<Acceptor> acceptors, Predicate<NodeRef> test) {
        int count = 0;
        for (Acceptor acceptor : acceptors) {
            if (!forgottenLogs.contains(acceptor.logId()) && test.test(acceptor.node())) {
                count++;
            }
        }
        return count;
    }

    /**
     * True if what is known ended by now, but was not when this epoch was asked for, would make the living enough in a fresh epoch while
     * they cannot be enough in this one.
     */
    boolean wouldGainByFreshEpoch(List<Acceptor> acceptors, Set<PeerId> endedNow) {
        Predicate<Acceptor> living = a -> !endedNow.contains(a.node().peer());
        return !reached(acceptors, living) && new Quorum(endedNow, forgottenLogs).reached(acceptors, living);
    }

    /** Known ended when this epoch was asked for. */
    Set<PeerId> endedBefore() {
        return endedBefore;
    }

    /** The set of peers in a stable order, for sentences. */
    static Set<String> names(List<Acceptor> acceptors, Predicate<Acceptor> test) {
        Set<String> names = new TreeSet<>();
        for (Acceptor acceptor : acceptors) {
            if (test.test(acceptor)) {
                names.add(acceptor.node().toString());
            }
        }
        return names;
    }
}
