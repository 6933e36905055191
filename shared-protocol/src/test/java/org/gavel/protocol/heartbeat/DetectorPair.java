package org.gavel.protocol.heartbeat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.testing.VirtualNetwork;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageType;

/** Parties that each have a detector, on a virtual network; beats are sent to all that a test names. */
final class DetectorPair {
    /** One party, what its detector told it, and to whom it sends heartbeats. */
    static final class Member implements DetectorListener {
        final VirtualNetwork.Party party;
        final FailureDetector detector;
        final List<NodeRef> beatsTo = new ArrayList<>();
        final List<String> told = new ArrayList<>();
        int beats;

        Member(VirtualNetwork.Party party, HeartbeatSettings settings) {
            this.party = party;
            detector = new FailureDetector(party.ref(), party, party, this, settings);
            party.receiver((from, address, group, message) -> {
                detector.heard(from);
                if (message.type() != MessageType.HEARTBEAT) {
                    detector.onMessage(from, address, message);
                }
            });
            detector.start();
        }

        NodeRef ref() {
            return party.ref();
        }

        @Override public void onBeat() {
            beats++;
            beatsTo.forEach(to -> party.sendUnreliable(to, 1, new Message.Heartbeat(org.gavel.protocol.identity.ViewId.NONE, 0, 0, 0, 0, List.of())));
        }

        @Override public void onSuspected(NodeRef peer, String why) {
            told.add("suspected " + peer.uid().value());
        }

        @Override public void onCleared(NodeRef peer) {
            told.add("cleared " + peer.uid().value());
        }

        @Override public void onDead(NodeRef peer, boolean knownEnded, String why) {
            told.add((knownEnded ? "ended " : "dead ") + peer.uid().value());
        }
    }

    final VirtualNetwork network = new VirtualNetwork(1);
    final List<Member> members = new ArrayList<>();

    /** Members with uids 1..n; all beat to all, the first watches and is helped by all. */
    DetectorPair(int n) {
        this(n, HeartbeatSettings.DEFAULT);
    }

    DetectorPair(int n, HeartbeatSettings settings) {
        for (int uid = 1; uid <= n; uid++) {
            members.add(new Member(network.party(VirtualNetwork.node(uid, 1_000 + uid)), settings));
        }
        List<NodeRef> all = members.stream().map(Member::ref).toList();
        for (Member member : members) {
            member.detector.helpers(all);
            all.stream().filter(ref -> !ref.equals(member.ref())).forEach(member.beatsTo::add);
        }
    }

    Member member(int uid) {
        return members.get(uid - 1);
    }

    /** Member 1 watches member {@code uid}. */
    void watch(int uid) {
        member(1).detector.monitor(member(uid).ref(), "test");
    }

    PeerId peer(int uid) {
        return member(uid).ref().peer();
    }

    /** Member 1 is hinted at {@code uid}, as one pass. */
    void hint(int uid, HintKind kind) {
        member(1).party.pass(() -> member(1).detector.hint(peer(uid), kind));
    }

    long count(MessageType type) {
        return network.sent.stream().filter(message -> message.type() == type).count();
    }
}
