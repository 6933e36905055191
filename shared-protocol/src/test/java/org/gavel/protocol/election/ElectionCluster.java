package org.gavel.protocol.election;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.testing.VirtualNetwork;

/** Members of one ring on a virtual network, with what each was told. */
final class ElectionCluster {
    static final ViewId VIEW = new ViewId(7, 1, 1);

    /** One member and what its listener heard. */
    static final class Member implements ElectionListener {
        final VirtualNetwork.Party party;
        final LcrElection election;
        final List<Long> nominated = new ArrayList<>();
        final Map<Long, Uid> elected = new LinkedHashMap<>();
        final List<Long> noResult = new ArrayList<>();
        final List<Uid> skipped = new ArrayList<>();
        long promised;

        Member(VirtualNetwork.Party party, ElectionSettings settings) {
            this.party = party;
            this.election = new LcrElection(5, party.ref(), party, party, this, settings);
            party.receiver((from, address, group, message) -> election.onMessage(from, message));
        }

        Uid uid() {
            return party.ref().uid();
        }

        @Override public void onNominated(long epoch) {
            nominated.add(epoch);
        }

        @Override public void onElected(long epoch, Uid leader) {
            elected.put(epoch, leader);
        }

        @Override public void onNoResult(long epoch) {
            noResult.add(epoch);
        }

        @Override public long highestEpoch() {
            return promised;
        }

        @Override public void onSkipped(NodeRef successor) {
            skipped.add(successor.uid());
        }
    }

    final VirtualNetwork network;
    final List<Member> members = new ArrayList<>();
    final List<NodeRef> ring = new ArrayList<>();

    ElectionCluster(long seed, ElectionSettings settings, long... uidsInRingOrder) {
        network = new VirtualNetwork(seed);
        for (int i = 0; i < uidsInRingOrder.length; i++) {
            ring.add(VirtualNetwork.node(uidsInRingOrder[i], 1_000 + i));
        }
        Set<Uid> all = ring.stream().map(NodeRef::uid).collect(Collectors.toSet());
        for (NodeRef ref : ring) {
            Member member = new Member(network.party(ref), settings);
            member.election.installRing(VIEW, ring, all);
            members.add(member);
        }
    }

    static ElectionCluster of(long... uidsInRingOrder) {
        return new ElectionCluster(1, ElectionSettings.DEFAULT, uidsInRingOrder);
    }

    static Set<Uid> uids(long... uids) {
        return LongStream.of(uids).mapToObj(Uid::new).collect(Collectors.toSet());
    }

    Member member(long uid) {
        return members.stream().filter(m -> m.uid().value() == uid).findFirst().orElseThrow();
    }

    void start(Member member, long epoch) {
        member.party.pass(() -> member.election.start(epoch, "test"));
    }

    void startAll(long epoch) {
        members.forEach(member -> start(member, epoch));
    }

    /** The living members learn of a death, as a verdict would tell them. */
    void tellDead(Uid uid) {
        living().forEach(member -> member.party.pass(() -> member.election.dead(uid)));
    }

    List<Member> living() {
        return members.stream().filter(member -> member.party.isAlive()).toList();
    }

    long tokensSent() {
        return members.stream().mapToLong(member -> member.election.counters().tokensSent()).sum();
    }

    long electedSent() {
        return members.stream().mapToLong(member -> member.election.counters().electedSent()).sum();
    }

    /** Who was nominated, per epoch. */
    Map<Long, List<Uid>> nominees() {
        Map<Long, List<Uid>> nominees = new TreeMap<>();
        for (Member member : members) {
            member.nominated.forEach(epoch -> nominees.computeIfAbsent(epoch, key -> new ArrayList<>()).add(member.uid()));
        }
        return nominees;
    }
}
