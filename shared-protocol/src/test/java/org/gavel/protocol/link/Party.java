package org.gavel.protocol.link;

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
import org.gavel.protocol.wire.Message;

/** A party with nothing above its links but a notebook. */
final class Party implements LinkListener, DatagramReceiver {
    /** One message as it was handed up. */
    record Got(PeerId from, long group, Message message) { }

    final SimulatedHost host;
    final NodeRef ref;
    final LinkLayer links;
    final List<Got> got = new ArrayList<>();
    final List<Message> undelivered = new ArrayList<>();
    final List<PeerId> unacknowledged = new ArrayList<>();
    final List<PeerId> hints = new ArrayList<>();
    final List<NodeRef> rooms = new ArrayList<>();
    final Map<PeerId, List<Long>> numbersFrom = new LinkedHashMap<>();
    Runnable onMessage = () -> { };
    Runnable onRoom = () -> { };

    Party(SimulatedHost host, long uid, long incarnation, LinkSettings settings) {
        this.host = host;
        ref = new NodeRef(new Uid(uid), incarnation, host.address(), host.name(), ProcessIdentity.UNKNOWN);
        links = new LinkLayer(host, ref, "gavel", this, settings);
        host.start(this);
    }

    Party(SimulatedHost host, long uid, long incarnation) {
        this(host, uid, incarnation, LinkSettings.DEFAULTS);
    }

    /** A small message that says its number. */
    static Message number(long number) {
        return new Message.DeliveredUpTo(number);
    }

    /** A message with {@code size} bytes that says its number. */
    static Message large(long number, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (number + i * 31);
        }
        return new Message.Submit(new Uid(7), 1, number, 1, bytes);
    }

    /** Sends within a pass of the host. */
    void send(Party to, Message message) {
        host.execute(() -> links.send(to.ref, 5, message));
    }

    void sendNumbers(Party to, long first, long last) {
        host.execute(() -> {
            for (long n = first; n <= last; n++) {
                if (!links.send(to.ref, 5, number(n))) {
                    throw new AssertionError("the window was full at " + n);
                }
            }
        });
    }

    /** Numbers received from a peer, in the order in which they were handed up. */
    List<Long> numbersFrom(Party peer) {
        return numbersFrom.getOrDefault(peer.ref.peer(), List.of());
    }

    static List<Long> range(long first, long last) {
        List<Long> range = new ArrayList<>();
        for (long n = first; n <= last; n++) {
            range.add(n);
        }
        return range;
    }

    @Override
    public void onMessage(PeerId from, Address address, long group, Message message) {
        got.add(new Got(from, group, message));
        long number = message instanceof Message.DeliveredUpTo m ? m.index() : message instanceof Message.Submit s ? s.sequence() : -1;
        if (number >= 0) {
            numbersFrom.computeIfAbsent(from, key -> new ArrayList<>()).add(number);
        }
        onMessage.run();
    }

    @Override
    public void onUnacknowledged(PeerId peer) {
        unacknowledged.add(peer);
    }

    @Override
    public void onCrashHint(PeerId peer) {
        hints.add(peer);
    }

    @Override
    public void onUndelivered(NodeRef peer, long group, Message message) {
        undelivered.add(message);
    }

    @Override
    public void onRoom(NodeRef peer) {
        rooms.add(peer);
        onRoom.run();
    }

    @Override
    public void onDatagram(Address from, byte[] bytes, int length) {
        links.onDatagram(from, bytes, length);
    }

    @Override
    public void onCrashHint(Address peer) {
        links.onCrashHint(peer);
    }
}
