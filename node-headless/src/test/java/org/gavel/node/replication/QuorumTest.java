package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.junit.jupiter.api.Test;

/** Section 8's known-ended rule: small enough to try everything. */
class QuorumTest {
    private static final int MEMBERS_MAX = 6;

    @Test
    void shouldNeedAMajority() {
        List<Acceptor> three = members(3);
        assertThat(quorum(0).reached(three, in(three, 0b001))).isFalse();
        assertThat(quorum(0).reached(three, in(three, 0b101))).isTrue();
        List<Acceptor> four = members(4);
        assertThat(quorum(0).reached(four, in(four, 0b0011))).isFalse();
        assertThat(quorum(0).reached(four, in(four, 0b0111))).isTrue();
        assertThat(quorum(0).reached(List.of(), a -> true)).isFalse();
    }

    @Test
    void shouldTakeAllOfTheOtherHalfWhereExactlyHalfHasEnded() {
        List<Acceptor> four = members(4);
        assertThat(quorum(0b0011).reached(four, in(four, 0b1100))).isTrue();
        assertThat(quorum(0b0011).reached(four, in(four, 0b0100))).isFalse();
        assertThat(quorum(0b0111).reached(four, in(four, 0b1000))).isFalse();
        List<Acceptor> three = members(3);
        assertThat(quorum(0b011).reached(three, in(three, 0b100))).isFalse();
    }

    @Test
    void shouldNotCountAKnownEndedMember() {
        List<Acceptor> three = members(3);
        assertThat(quorum(0b001).reached(three, in(three, 0b011))).isFalse();
        assertThat(quorum(0b001).reached(three, in(three, 0b110))).isTrue();
    }

    @Test
    void shouldTakeTheForgottenOutFirst() {
        List<Acceptor> three = members(3);
        Quorum quorum = new Quorum(Set.of(), Set.of(three.get(0).logId(), three.get(1).logId()));
        assertThat(quorum.reached(three, in(three, 0b100))).isTrue();
        assertThat(quorum.reached(three, in(three, 0b011))).isFalse();
    }

    @Test
    void shouldFindTheLevelThatEnoughHold() {
        List<Acceptor> four = members(4);
        long[] held = {9, 7, 5, 3};
        assertThat(quorum(0).level(four, a -> held[four.indexOf(a)])).isEqualTo(5);
        assertThat(quorum(0b1100).level(four, a -> held[four.indexOf(a)])).isEqualTo(7);
        assertThat(quorum(0).level(four, a -> -1)).isEqualTo(-1);
    }

    @Test
    void shouldSayWhenAFreshEpochWouldHelp() {
        List<Acceptor> four = members(4);
        assertThat(quorum(0).wouldGainByFreshEpoch(four, peers(four, 0b0001))).isFalse();
        assertThat(quorum(0).wouldGainByFreshEpoch(four, peers(four, 0b0011))).isTrue();
        assertThat(quorum(0b0011).wouldGainByFreshEpoch(four, peers(four, 0b0011))).isFalse();
        assertThat(quorum(0).wouldGainByFreshEpoch(four, peers(four, 0b0111))).isFalse();
        List<Acceptor> three = members(3);
        assertThat(quorum(0).wouldGainByFreshEpoch(three, peers(three, 0b011))).isFalse();
    }

    /** Two epochs, each with what its asker knew ended before asking, and with who answered: everything up to six members. */
    @Test
    void shouldAlwaysShareAMemberBetweenAnyTwoEpochsThatTimeAllows() {
        int pairs = 0;
        for (int n = 1; n <= MEMBERS_MAX; n++) {
            List<Acceptor> members = members(n);
            int all = 1 << n;
            boolean[][] enough = enough(members, all);
            for (int endedE = 0; endedE < all; endedE++) {
                for (int endedF = 0; endedF < all; endedF++) {
                    for (int e = 0; e < all; e++) {
                        for (int f = 0; enough[endedE][e] && f < all; f++) {
                            if (enough[endedF][f] && timeAllows(endedE, e, endedF, f)) {
                                pairs++;
                                if ((e & f) == 0) {
                                    throw new AssertionError(n + " members: " + e + " hold, " + endedE + " ended; " + f + " promise, " + endedF + " ended");
                                }
                            }
                        }
                    }
                }
            }
        }
        assertThat(pairs).isGreaterThan(1_000);
    }

    /**
     * Why 'before asked for': the leader of e is no acceptor; 3 and 4 hold its X, then end. A candidate that knows this asks for f, 1 and 2 promise, hold Y, and end.
     * Now the leader of e hears that 1 and 2 ended: were they taken out of its count today, 3 and 4 would be enough for X, where Y is committed.
     */
    @Test
    void shouldNotTakeOutWhoEndedAfterThePromises() {
        List<Acceptor> four = members(4);
        assertThat(quorum(0b1100).reached(four, in(four, 0b0011))).as("f commits Y").isTrue();
        assertThat(quorum(0).reached(four, in(four, 0b1100))).as("e does not commit X").isFalse();
    }

    private static boolean[][] enough(List<Acceptor> members, int all) {
        boolean[][] enough = new boolean[all][all];
        for (int ended = 0; ended < all; ended++) {
            for (int answered = 0; answered < all; answered++) {
                enough[ended][answered] = (ended & answered) == 0 && quorum(ended).reached(members, in(members, answered));
            }
        }
        return enough;
    }

    /** Asking for e and for f are two instants. Whichever comes first: who had ended before it can answer neither; who ended before the later one may have answered the first. */
    private static boolean timeAllows(int endedE, int e, int endedF, int f) {
        return (endedE & f) == 0 || (endedF & e) == 0;
    }

    private static List<Acceptor> members(int n) {
        List<Acceptor> members = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            members.add(new Acceptor(new NodeRef(new Uid(i + 1), 1, new Address(1, i + 1), "n" + i, ProcessIdentity.UNKNOWN), i + 100));
        }
        return members;
    }

    private static Quorum quorum(int ended) {
        return new Quorum(peers(members(MEMBERS_MAX), ended), Set.of());
    }

    private static Set<PeerId> peers(List<Acceptor> members, int mask) {
        Set<PeerId> peers = new HashSet<>();
        for (int i = 0; i < members.size(); i++) {
            if ((mask >> i & 1) == 1) {
                peers.add(members.get(i).node().peer());
            }
        }
        return peers;
    }

    private static java.util.function.Predicate<Acceptor> in(List<Acceptor> members, int mask) {
        Set<PeerId> peers = peers(members, mask);
        return a -> peers.contains(a.node().peer());
    }
}
