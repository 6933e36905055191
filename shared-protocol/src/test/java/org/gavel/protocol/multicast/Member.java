package org.gavel.protocol.multicast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/** A member of a multicast group on a simulated host. */
final class Member implements LinkListener, DatagramReceiver {
    final SimulatedHost host;
    final NodeRef ref;
    final LinkLayer links;
    FifoMulticast multicast;
    final Map<PeerId, List<Long>> got = new LinkedHashMap<>();
    private long own;

    Member(SimulatedHost host, long uid) {
        this.host = host;
        ref = new NodeRef(new Uid(uid), 100, host.address(), host.name(), ProcessIdentity.UNKNOWN);
        links = new LinkLayer(host, ref, "gavel", this);
        multicast = newMulticast();
        host.start(this);
    }

    private FifoMulticast newMulticast() {
        return new FifoMulticast(Links.RING_GROUP, ref, host, links,
                (origin, message) -> got.computeIfAbsent(origin, key -> new ArrayList<>()).add(((Message.DeliveredUpTo) message).index()));
    }

    /** Was put out though it lives: gives its group up, and comes back as a newcomer. */
    void forgetAll() {
        host.execute(() -> multicast = newMulticast());
    }

    /** Multicasts its next number, 1 first. */
    void say() {
        host.execute(() -> {
            if (multicast.multicast(new Message.DeliveredUpTo(own + 1))) {
                own++;
            }
        });
    }

    void install(long number, List<Member> members) {
        host.execute(() -> multicast.installView(new ViewId(77, 1, number), members.stream().map(m -> m.ref).toList()));
    }

    void flush(Member dead) {
        host.execute(() -> multicast.flush(List.of(dead.ref.peer())));
    }

    List<Long> gotFrom(Member origin) {
        return got.getOrDefault(origin.ref.peer(), List.of());
    }

    long said() {
        return own;
    }

    @Override
    public void onMessage(PeerId from, Address address, long group, Message message) {
        multicast.onMessage(from, message);
    }

    @Override
    public void onUnacknowledged(PeerId peer) { }

    @Override
    public void onCrashHint(PeerId peer) { }

    @Override
    public void onUndelivered(NodeRef peer, long group, Message message) { }

    @Override
    public void onRoom(NodeRef peer) { }

    @Override
    public void onDatagram(Address from, byte[] bytes, int length) {
        links.onDatagram(from, bytes, length);
    }

    @Override
    public void onCrashHint(Address peer) { }
}
