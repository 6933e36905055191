package org.gavel.node.planted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.gavel.protocol.multicast.FifoMulticast;
import org.gavel.protocol.wire.Message;

/** One party of a {@link LinkStorm}; judges the order of what it hears at once. */
final class LinkStormMember implements LinkListener {
    private static final long GROUP = 7;

    private final SimulatedHost host;
    private final NodeRef ref;
    private final LinkLayer links;
    private final FifoMulticast multicast;
    private final Map<PeerId, List<Long>> heard = new LinkedHashMap<>();
    private final Map<PeerId, Long> told = new HashMap<>();
    private final Map<PeerId, Long> said = new HashMap<>();
    private long saidToAll;

    LinkStormMember(SimulatedHost host, long uid) {
        this.host = host;
        ref = new NodeRef(new Uid(uid), 100, host.address(), host.name(), ProcessIdentity.UNKNOWN);
        links = new LinkLayer(host, ref, "storm", this);
        multicast = new FifoMulticast(GROUP, ref, host, links, this::onDelivered);
        host.start(links);
    }

    // ---------------------------------------------------------------- what it does

    void sayToAll() {
        host.execute(() -> {
            if (multicast.multicast(new Message.DeliveredUpTo(saidToAll + 1))) {
                saidToAll++;
            }
        });
    }

    /** The next message of its own to that one, with so many bytes that tell its number. */
    void sayTo(LinkStormMember to, int bytes) {
        if (to != this) {
            host.execute(() -> {
                long number = saidTo(to) + 1;
                byte[] content = new byte[bytes];
                Arrays.fill(content, (byte) number);
                if (links.send(to.ref, GROUP, new Message.Fetched(number, bytes, false, content))) {
                    said.put(to.ref.peer(), number);
                }
            });
        }
    }

    void install(long number, List<LinkStormMember> members) {
        List<NodeRef> nodes = members.stream().map(m -> m.ref).toList();
        host.execute(() -> multicast.installView(new ViewId(77, 1, number), nodes));
    }

    void flush(LinkStormMember dead) {
        host.execute(() -> multicast.flush(List.of(dead.ref.peer())));
    }

    void end() {
        host.crash();
    }

    // ---------------------------------------------------------------- what it heard

    List<Long> heardFrom(LinkStormMember origin) {
        return heard.getOrDefault(origin.ref.peer(), List.of());
    }

    long toldBy(LinkStormMember other) {
        return told.getOrDefault(other.ref.peer(), 0L);
    }

    long saidTo(LinkStormMember other) {
        return said.getOrDefault(other.ref.peer(), 0L);
    }

    private void onDelivered(PeerId origin, Message message) {
        List<Long> before = heard.computeIfAbsent(origin, key -> new ArrayList<>());
        long number = ((Message.DeliveredUpTo) message).index();
        if (number != before.size() + 1) {
            throw new LinkStorm.Broken("fifo-per-sender", this + " delivers multicast " + number + " of " + origin + " behind " + before.size());
        }
        before.add(number);
    }

    @Override
    public void onMessage(PeerId from, Address address, long group, Message message) {
        if (message instanceof Message.Fetched direct) {
            onDirect(from, direct);
        } else {
            multicast.onMessage(from, message);
        }
    }

    private void onDirect(PeerId from, Message.Fetched direct) {
        long before = told.getOrDefault(from, 0L);
        byte[] content = new byte[(int) direct.afterIndex()];
        Arrays.fill(content, (byte) direct.epoch());
        if (direct.epoch() != before + 1) {
            throw new LinkStorm.Broken("fifo-per-sender", this + " is told message " + direct.epoch() + " of " + from + " behind " + before);
        }
        if (!Arrays.equals(content, direct.bytes())) {
            throw new LinkStorm.Broken("whole-messages", this + " gets " + direct.bytes().length + " bytes as message " + direct.epoch() + " of " + from
                + ", " + content.length + " were sent");
        }
        told.put(from, direct.epoch());
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
    public String toString() {
        return ref.toString();
    }
}
