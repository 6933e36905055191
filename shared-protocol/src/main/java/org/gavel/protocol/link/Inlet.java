package org.gavel.protocol.link;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.DatagramHeader;
import org.gavel.protocol.wire.Envelope;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageCodec;

/** A datagram's way in: whose is it, what does it acknowledge, is it new, what does it say. */
final class Inlet {
    /** Senders of which an unfinished unnumbered message is kept. */
    private static final int UNNUMBERED_JOINERS_MAX = 64;

    private final LinkLayer layer;
    private final Host host;
    private final PeerId self;
    private final long cluster;
    private final LinkListener listener;
    private final LinkSettings settings;
    private final Tally tally;
    private final Outlet outlet;
    private final MessageCodec codec = new MessageCodec();
    private final Map<PeerId, FragmentJoiner> joiners = new LinkedHashMap<>();
    private long nextRefusalMs = Long.MIN_VALUE;

    Inlet(LinkLayer layer, Host host, PeerId self, long cluster, LinkListener listener, LinkSettings settings, Tally tally, Outlet outlet) {
        this.layer = layer;
        this.host = host;
        this.self = self;
        this.cluster = cluster;
        this.listener = listener;
        this.settings = settings;
        this.tally = tally;
        this.outlet = outlet;
    }

    void onDatagram(Address from, byte[] bytes, int length) {
        switch (DatagramCodec.kind(bytes, length, cluster)) {
            case FOREIGN -> {
                tally.foreign++;
                traceDrop(from, "a datagram of something else, " + length + " bytes");
            }
            case OTHER_CLUSTER -> tally.otherCluster++;
            case DAMAGED -> {
                tally.malformed++;
                traceDrop(from, "a datagram that does not fit its checksum: damaged on its way");
            }
            case OTHER_VERSION -> refuse(from, DatagramCodec.version(bytes));
            case REFUSAL -> listener.onMessage(PeerId.UNKNOWN, from, Links.NODE_GROUP,
                    new Message.Refused("version", DatagramCodec.refusal(bytes, length)));
            case OURS -> {
                try {
                    DatagramHeader header = DatagramCodec.header(bytes, length);
                    DatagramCodec.checkFraming(header, bytes, length);
                    onOurs(from, header, bytes, length);
                } catch (MalformedException e) {
                    tally.malformed++;
                    traceDrop(from, e.getMessage());
                }
            }
            default -> throw new IllegalStateException("a kind of datagram without a branch");
        }
    }

    private void refuse(Address from, int version) {
        tally.otherVersion++;
        long now = host.nowMs();
        if (now >= nextRefusalMs) {
            nextRefusalMs = now + settings.refusalEveryMs();
            outlet.refusal(from, "this cluster speaks version " + DatagramCodec.VERSION + " of the protocol, you speak " + version
                    + "; use the same release of Gavel everywhere");
        }
    }

    private void onOurs(Address from, DatagramHeader header, byte[] bytes, int length) {
        if (header.sender().equals(self)) {
            return;
        }
        tally.received++;
        if (!isForMe(header.receiver())) {
            tally.otherReceiver++;
            return;
        }
        Link link = layer.find(header.sender());
        if (link != null) {
            link.heardAt = from;
            link.touchedMs = host.nowMs();
            onAcknowledgement(link, header);
        }
        if (header.sequence() == 0) {
            deliverUnnumbered(from, header, bytes, length);
        } else {
            onNumbered(link, from, header, bytes, length);
        }
    }

    /** A recycled port gets what was meant for its former owner; a restarted party what was meant for its former start. */
    private boolean isForMe(PeerId receiver) {
        return receiver.uid().isNobody()
                || receiver.uid().equals(self.uid()) && (receiver.incarnation() == 0 || receiver.incarnation() == self.incarnation());
    }

    private void onAcknowledgement(Link link, DatagramHeader header) {
        SendHalf send = link.send;
        if (header.ackLink() == 0 || header.ackLink() != send.number) {
            return;
        }
        if (header.has(DatagramHeader.RESET)) {
            // While the first datagram is not acknowledged every datagram may open the link, so nobody rightly says this.
            if (!send.isOpening()) {
                layer.closeSending(link);
            }
        } else if (header.has(DatagramHeader.ACK)) {
            boolean progress = send.onAck(header.acked(), header.ackBitmap(), header.has(DatagramHeader.ANSWER), host.nowMs(), host.nowNs());
            if (progress && send.hasPending() || send.hasDue()) {
                layer.markDirty(link);
            }
        }
        if (send.takeRoom()) {
            listener.onRoom(link.ref);
        }
    }

    private void onNumbered(Link known, Address from, DatagramHeader header, byte[] bytes, int length) {
        Link link = known != null || !header.has(DatagramHeader.OPEN) ? known : layer.open(header.sender());
        if (link == null) {
            if (!header.has(DatagramHeader.OPEN)) {
                outlet.reset(from, header.sender(), header.link());
            }
            return;
        }
        link.heardAt = from;
        if (!header.isData()) {
            onAnnouncement(link, from, header);
            return;
        }
        ReceiveHalf receive = link.receive;
        switch (receive.judge(header, bytes, length)) {
            case DELIVER -> {
                deliver(receive.joiner, from, header, bytes, length);
                for (ReceiveHalf.Early early = receive.takeEarly(); early != null; early = receive.takeEarly()) {
                    deliver(receive.joiner, from, early.header(), early.bytes(), early.bytes().length);
                }
            }
            case KEPT -> { }
            case DUPLICATE -> tally.duplicates++;
            case BEYOND -> tally.beyondWindow++;
            case STALE -> tally.stale++;
            case UNKNOWN_LINK -> outlet.reset(from, header.sender(), header.link());
            default -> throw new IllegalStateException("a judgement without a branch");
        }
        planAcknowledgement(link);
    }

    private void onAnnouncement(Link link, Address from, DatagramHeader header) {
        if (link.receive.takesUp(header)) {
            link.receive.ackAtOnce = true;
            link.receive.answer = true;
            layer.markDirty(link);
        } else if (header.link() > link.receive.number) {
            outlet.reset(from, header.sender(), header.link());
        } else {
            tally.stale++;
        }
    }

    private void planAcknowledgement(Link link) {
        ReceiveHalf receive = link.receive;
        if (receive.ackAtOnce || receive.unacknowledged >= settings.ackEveryDatagrams()) {
            layer.markDirty(link);
        } else if (receive.unacknowledged > 0 && receive.ackAtMs == SendHalf.NEVER) {
            receive.ackAtMs = host.nowMs() + settings.ackDelayMs();
            layer.arm(link);
        }
    }

    // ---------------------------------------------------------------- messages

    private void deliverUnnumbered(Address from, DatagramHeader header, byte[] bytes, int length) {
        if (!header.has(DatagramHeader.FRAGMENT)) {
            deliver(null, from, header, bytes, length);
            return;
        }
        FragmentJoiner joiner = joiners.remove(header.sender());
        if (joiner == null) {
            joiner = new FragmentJoiner();
            if (joiners.size() >= UNNUMBERED_JOINERS_MAX) {
                joiners.remove(joiners.keySet().iterator().next());
            }
        }
        if (DatagramCodec.intAt(bytes, DatagramHeader.BYTES + 4) <= LinkLayer.UNNUMBERED_BYTES_MAX) {
            joiners.put(header.sender(), joiner);
            deliver(joiner, from, header, bytes, length);
            if (joiner.isEmpty()) {
                joiners.remove(header.sender());
            }
        } else {
            tally.malformed++;
        }
    }

    private void deliver(FragmentJoiner joiner, Address from, DatagramHeader header, byte[] bytes, int length) {
        if (header.has(DatagramHeader.FRAGMENT)) {
            byte[] whole = joiner.add(bytes, length);
            if (whole != null) {
                deliver(from, header.sender(), whole, 0, whole.length);
            }
            return;
        }
        for (int at = DatagramHeader.BYTES; at < length;) {
            int message = DatagramCodec.shortAt(bytes, at);
            deliver(from, header.sender(), bytes, at + 2, message);
            at += 2 + message;
        }
    }

    /** A message that makes no sense is dropped alone: sent again it would make no more sense, and hold up all behind it. */
    private void deliver(Address from, PeerId sender, byte[] bytes, int offset, int length) {
        Envelope envelope;
        try {
            envelope = codec.decode(bytes, offset, length);
        } catch (MalformedException e) {
            tally.malformed++;
            traceDrop(from, e.getMessage());
            return;
        }
        tally.delivered++;
        listener.onMessage(sender, from, envelope.group(), envelope.message());
    }

    private void traceDrop(Address from, String reason) {
        if (host.tracing()) {
            host.trace(new TraceEvent(host.wallClockMs(), self.uid(), "link", "dropped", Links.NODE_GROUP, PeerId.UNKNOWN.uid(),
                    "dropped from " + from + ": " + reason));
        }
    }
}
