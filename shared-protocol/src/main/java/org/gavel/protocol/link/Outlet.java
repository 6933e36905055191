package org.gavel.protocol.link;

import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.DatagramHeader;

/** Writes datagrams into one buffer and gives them to the host; whatever leaves for a peer carries the acknowledgement of its link. */
final class Outlet {
    private final Host host;
    private final PeerId self;
    private final long cluster;
    private final Tally tally;
    private final byte[] buffer = new byte[DatagramCodec.DATAGRAM_BYTES_MAX];
    private int fragmented;

    Outlet(Host host, PeerId self, long cluster, Tally tally) {
        this.host = host;
        this.self = self;
        this.cluster = cluster;
        this.tally = tally;
    }

    void data(Link link, SendUnit unit) {
        int flags = (unit.isFragment() ? DatagramHeader.FRAGMENT : 0) | (link.send.isOpening() ? DatagramHeader.OPEN : 0);
        header(link, link.peer, flags, link.send.number, unit.sequence);
        int length = unit.write(buffer, DatagramHeader.BYTES);
        if (unit.transmissions == 0) {
            tally.data++;
        } else {
            tally.resent++;
        }
        link.send.sent(unit, host.nowMs(), host.nowNs());
        send(link.address(), length);
    }

    void ack(Link link) {
        header(link, link.peer, link.receive.answer ? DatagramHeader.ANSWER : 0, 0, 0);
        link.receive.acknowledged();
        tally.acksAlone++;
        send(link.address(), DatagramHeader.BYTES);
    }

    void announce(Link link) {
        int flags = DatagramHeader.ANNOUNCE | (link.send.isOpening() ? DatagramHeader.OPEN : 0);
        header(link, link.peer, flags, link.send.number, link.send.highestSent());
        link.send.announced(host.nowMs());
        send(link.address(), DatagramHeader.BYTES);
    }

    /** Tells a sender that its link number means nothing here. */
    void reset(Address to, PeerId receiver, int number) {
        new DatagramHeader(DatagramHeader.RESET, cluster, self, receiver, 0, 0, number, 0, 0).write(buffer);
        tally.resets++;
        send(to, DatagramHeader.BYTES);
    }

    /**
     * An unnumbered message, in as many datagrams as it needs.
     *
     * @param link whose acknowledgement rides along, or null
     * @param to   null to broadcast
     */
    void unnumbered(Link link, Address to, PeerId receiver, byte[] frame) {
        if (frame.length <= DatagramCodec.WHOLE_MESSAGE_BYTES_MAX) {
            header(link, receiver, 0, 0, 0);
            send(to, DatagramCodec.putMessage(buffer, DatagramHeader.BYTES, frame));
            return;
        }
        fragmented++;
        for (int at = 0; at < frame.length; at += DatagramCodec.FRAGMENT_BYTES_MAX) {
            header(link, receiver, DatagramHeader.FRAGMENT, 0, 0);
            int length = Math.min(DatagramCodec.FRAGMENT_BYTES_MAX, frame.length - at);
            send(to, DatagramCodec.putFragment(buffer, DatagramHeader.BYTES, fragmented, frame, at, length));
        }
    }

    void refusal(Address to, String sentence) {
        byte[] datagram = DatagramCodec.refusal(cluster, sentence);
        tally.refusals++;
        tally.sent++;
        host.send(to, datagram, datagram.length);
    }

    private void header(Link link, PeerId receiver, int flags, int number, long sequence) {
        ReceiveHalf receive = link == null ? null : link.receive;
        if (receive == null || receive.number == 0) {
            new DatagramHeader(flags, cluster, self, receiver, number, sequence, 0, 0, 0).write(buffer);
            return;
        }
        new DatagramHeader(flags | DatagramHeader.ACK, cluster, self, receiver, number, sequence, receive.number, receive.acked(),
                receive.bitmap()).write(buffer);
        if (!receive.answer) {
            receive.acknowledged();
        }
    }

    private void send(Address to, int length) {
        DatagramCodec.protect(buffer, length);
        tally.sent++;
        if (to == null) {
            host.broadcast(buffer, length);
        } else {
            host.send(to, buffer, length);
        }
    }
}
