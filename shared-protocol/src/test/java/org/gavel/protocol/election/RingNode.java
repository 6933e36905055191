package org.gavel.protocol.election;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gavel.protocol.heartbeat.DetectorListener;
import org.gavel.protocol.heartbeat.FailureDetector;
import org.gavel.protocol.heartbeat.HeartbeatSettings;
import org.gavel.protocol.heartbeat.HintKind;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/**
 * Links, failure detector and election of one node, wired as a server wires them, but with a nominee that leads at once (there are no
 * promises here): it tells all members so with each heartbeat.
 */
final class RingNode implements LinkListener, DetectorListener, ElectionListener {
    static final ViewId VIEW = new ViewId(9, 1, 1);

    final SimulatedHost host;
    final NodeRef ref;
    final LinkLayer links;
    final FailureDetector detector;
    final LcrElection election;
    final List<Long> nominated = new ArrayList<>();
    final List<String> verdicts = new ArrayList<>();
    final Map<Uid, Long> deadAtMs = new LinkedHashMap<>();
    List<NodeRef> ring = List.of();
    long servingEpoch;
    Uid leader = Uid.NOBODY;

    RingNode(SimulatedHost host, long uid, HeartbeatSettings settings) {
        this.host = host;
        ref = new NodeRef(new Uid(uid), 1, host.address(), host.name(), host.process());
        links = new LinkLayer(host, ref, "gavel", this);
        detector = new FailureDetector(ref, host, links, this, settings);
        election = new LcrElection(Links.RING_GROUP, ref, host, links, this, ElectionSettings.DEFAULT);
        host.start(links);
    }

    void join(List<NodeRef> members) {
        ring = members;
        detector.helpers(members);
        for (NodeRef member : members) {
            if (!member.equals(ref)) {
                detector.monitor(member, "ring");
                links.watch(member);
            }
        }
        detector.start();
        election.installRing(VIEW, members, members.stream().map(NodeRef::uid).collect(Collectors.toCollection(TreeSet::new)));
    }

    void startElection() {
        host.execute(() -> election.start(servingEpoch + 1, "test"));
    }

    private void announce() {
        Message beat = new Message.Heartbeat(VIEW, leader.equals(ref.uid()) ? servingEpoch : 0, 0, 0, 0, List.of());
        ring.stream().filter(member -> !member.equals(ref)).forEach(member -> links.sendUnreliable(member, Links.RING_GROUP, beat));
    }

    private void serves(Uid who, long epoch) {
        if (epoch > servingEpoch) {
            servingEpoch = epoch;
            leader = who;
            election.concluded(epoch);
        }
    }

    @Override public void onMessage(PeerId from, Address address, long group, Message message) {
        detector.heard(from);
        switch (message.type()) {
            case PROBE, PROBE_REPLY, PROBE_REQUEST, GOODBYE -> detector.onMessage(from, address, message);
            case HEARTBEAT -> serves(from.uid(), ((Message.Heartbeat) message).epoch());
            default -> election.onMessage(from, message);
        }
    }

    @Override public void onUnacknowledged(PeerId peer) {
        detector.hint(peer, HintKind.UNACKNOWLEDGED);
    }

    @Override public void onCrashHint(PeerId peer) {
        detector.hint(peer, HintKind.PORT_UNREACHABLE);
    }

    @Override public void onUndelivered(NodeRef peer, long group, Message message) { }

    @Override public void onRoom(NodeRef peer) { }

    @Override public void onBeat() {
        announce();
    }

    @Override public void onSuspected(NodeRef peer, String why) { }

    @Override public void onCleared(NodeRef peer) {
        election.alive(peer.uid());
    }

    @Override public void onDead(NodeRef peer, boolean knownEnded, String why) {
        verdicts.add(peer + (knownEnded ? " ended" : " silent"));
        deadAtMs.put(peer.uid(), host.nowMs());
        election.dead(peer.uid());
        if (peer.uid().equals(leader)) {
            election.start(servingEpoch + 1, "the leader died");
        }
    }

    @Override public void onNominated(long epoch) {
        nominated.add(epoch);
        serves(ref.uid(), epoch);
        announce();
    }

    @Override public void onElected(long epoch, Uid who) { }

    @Override public void onNoResult(long epoch) { }

    @Override public void onSkipped(NodeRef successor) {
        detector.hint(successor.peer(), HintKind.UNACKNOWLEDGED);
    }
}
