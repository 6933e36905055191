package org.gavel.protocol.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageCodec;

/** All links of one party. See the package description for the protocol. */
public final class LinkLayer implements Links, DatagramReceiver {
    /** An unnumbered message above this is refused: it would be a burst of 50 datagrams that nobody repairs. */
    public static final int UNNUMBERED_BYTES_MAX = 64 << 10;
    /** Pause after a search for links to forget that found none. */
    private static final long EVICTION_PAUSE_MS = 1000;
    private static final byte[] NO_FRAME = new byte[0];

    private final Host host;
    private final NodeRef self;
    private final LinkListener listener;
    private final LinkSettings settings;
    private final Tally tally = new Tally();
    private final Outlet outlet;
    private final Inlet inlet;
    private final MessageCodec codec = new MessageCodec();

    private final Map<PeerId, Link> links = new LinkedHashMap<>();
    private final Map<Address, PeerId> watched = new LinkedHashMap<>();
    private final ReceiveHalf.EarlyBytes earlyBytes = new ReceiveHalf.EarlyBytes();
    private final ArrayDeque<Outgoing> toSelf = new ArrayDeque<>();
    private ArrayList<Link> dirty = new ArrayList<>();
    private ArrayList<Link> flushing = new ArrayList<>();
    private boolean flushPlanned;
    /** Counts up over all links, so that a forgotten link's number never comes again. */
    private int linkNumbers;
    private long evictionPauseEndsMs = Long.MIN_VALUE;

    /** What was encoded last: the same message often goes to several peers in a row. */
    private Message lastMessage;
    private long lastGroup;
    private byte[] lastFrame;

    public LinkLayer(Host host, NodeRef self, String clusterName, LinkListener listener, LinkSettings settings) {
        this.host = host;
        this.self = self;
        this.listener = listener;
        this.settings = settings;
        long cluster = DatagramCodec.clusterId(clusterName);
        outlet = new Outlet(host, self.peer(), cluster, tally);
        inlet = new Inlet(this, host, self.peer(), cluster, listener, settings, tally, outlet);
    }

    public LinkLayer(Host host, NodeRef self, String clusterName, LinkListener listener) {
        this(host, self, clusterName, listener, LinkSettings.DEFAULTS);
    }

    public LinkCounters counters() {
        return tally.counters(links.size());
    }

    // ---------------------------------------------------------------- sending

    @Override
    public boolean send(NodeRef to, long group, Message message) {
        if (to.sameStart(self)) {
            return sendToSelf(group, message);
        }
        Link link = links.get(to.peer());
        if (link != null && link.send.room() == 0) {
            return full(link);
        }
        byte[] frame = encode(group, message);
        if (frame.length > MessageCodec.MESSAGE_BYTES_MAX) {
            tally.tooLarge++;
            return false;
        }
        link = link != null ? link : open(to.peer());
        if (link == null) {
            return false;
        }
        link.ref = to;
        if (!link.send.accepts(frame.length)) {
            return full(link);
        }
        link.send.add(new Outgoing(group, message, frame), host.nowMs());
        markDirty(link);
        return true;
    }

    private boolean full(Link link) {
        tally.windowFull++;
        link.send.refuse();
        return false;
    }

    private byte[] encode(long group, Message message) {
        if (message != lastMessage || group != lastGroup) {
            lastFrame = codec.encode(group, message);
            lastMessage = message;
            lastGroup = group;
        }
        return lastFrame;
    }

    private boolean sendToSelf(long group, Message message) {
        if (toSelf.size() >= settings.windowMessagesMax()) {
            tally.windowFull++;
            return false;
        }
        toSelf.add(new Outgoing(group, message, NO_FRAME));
        if (toSelf.size() == 1) {
            host.atEndOfPass(this::deliverToSelf);
        }
        return true;
    }

    private void deliverToSelf() {
        for (int n = toSelf.size(); n > 0; n--) {
            Outgoing own = toSelf.remove();
            if (n == 1 && !toSelf.isEmpty()) {
                host.atEndOfPass(this::deliverToSelf);
            }
            tally.delivered++;
            listener.onMessage(self.peer(), host.address(), own.group, own.message);
        }
    }

    @Override
    public int room(NodeRef to) {
        if (to.sameStart(self)) {
            return settings.windowMessagesMax() - toSelf.size();
        }
        Link link = links.get(to.peer());
        return link == null ? settings.windowMessagesMax() : link.send.room();
    }

    @Override
    public void sendUnreliable(NodeRef to, long group, Message message) {
        sendUnreliable(to.address(), to.peer(), group, message);
    }

    @Override
    public void sendUnreliable(Address to, PeerId receiver, long group, Message message) {
        if (receiver.equals(self.peer())) {
            sendToSelf(group, message);
            return;
        }
        byte[] frame = unnumberedFrame(group, message);
        if (frame.length > 0) {
            outlet.unnumbered(links.get(receiver), to, receiver, frame);
        }
    }

    @Override
    public void broadcast(long group, Message message) {
        byte[] frame = unnumberedFrame(group, message);
        if (frame.length > 0) {
            outlet.unnumbered(null, null, PeerId.UNKNOWN, frame);
        }
    }

    private byte[] unnumberedFrame(long group, Message message) {
        byte[] frame = encode(group, message);
        if (frame.length > UNNUMBERED_BYTES_MAX) {
            tally.tooLarge++;
            return NO_FRAME;
        }
        return frame;
    }

    // ---------------------------------------------------------------- the end of a pass

    /** This link has something to send, or an acknowledgement that is due: it leaves at the end of the pass. */
    void markDirty(Link link) {
        if (!link.dirty) {
            link.dirty = true;
            dirty.add(link);
        }
        if (!flushPlanned) {
            flushPlanned = true;
            host.atFlush(this::flush);
        }
    }

    private void flush() {
        flushPlanned = false;
        lastMessage = null;
        lastFrame = null;
        ArrayList<Link> now = dirty;
        dirty = flushing;
        flushing = now;
        for (int i = 0; i < now.size(); i++) {
            Link link = now.get(i);
            link.dirty = false;
            flush(link);
        }
        now.clear();
    }

    private void flush(Link link) {
        if (link.send.number == 0 && link.send.hasPending()) {
            link.send.number = ++linkNumbers;
        }
        for (SendUnit unit = link.send.nextUnit(); unit != null; unit = link.send.nextUnit()) {
            link.touchedMs = host.nowMs();
            outlet.data(link, unit);
        }
        if (link.receive.ackAtOnce || link.receive.unacknowledged >= settings.ackEveryDatagrams()) {
            outlet.ack(link);
        }
        arm(link);
    }

    void arm(Link link) {
        link.arm(host);
    }

    private void onTimer(Link link) {
        long now = host.nowMs();
        if (link.receive.ackAtMs <= now) {
            link.receive.ackAtOnce = true;
            markDirty(link);
        }
        if (link.send.resendAtMs() <= now) {
            link.send.onResendTimer(now);
            markDirty(link);
        } else if (link.send.announceAtMs() <= now) {
            outlet.announce(link);
        }
        boolean report = link.send.reportAtMs() <= now;
        if (report) {
            link.send.reported(now);
        }
        arm(link);
        if (report) {
            listener.onUnacknowledged(link.peer);
        }
    }

    // ---------------------------------------------------------------- the table of links

    Link find(PeerId peer) {
        return links.get(peer);
    }

    /** The link to a peer, made if need be; null if the table is full of links in use. */
    Link open(PeerId peer) {
        Link link = links.get(peer);
        if (link == null) {
            if (links.size() >= settings.linksMax() && !evict()) {
                tally.linksRefused++;
                return null;
            }
            link = new Link(peer, settings, earlyBytes, this::onTimer);
            link.touchedMs = host.nowMs();
            links.put(peer, link);
        }
        return link;
    }

    private boolean evict() {
        long now = host.nowMs();
        if (now < evictionPauseEndsMs) {
            return false;
        }
        for (Iterator<Link> i = links.values().iterator(); i.hasNext();) {
            Link link = i.next();
            if (link.send.isIdle() && !link.dirty && now - link.touchedMs >= settings.linkIdleMs()) {
                link.disarm();
                link.receive.forget();
                i.remove();
                tally.linksEvicted++;
            }
        }
        boolean room = links.size() < settings.linksMax();
        if (!room) {
            evictionPauseEndsMs = now + EVICTION_PAUSE_MS;
        }
        return room;
    }

    @Override
    public void close(NodeRef peer) {
        Link link = links.get(peer.peer());
        if (link != null) {
            closeSending(link);
        }
    }

    /**
     * Ends the sending direction; the next send opens a new number. The receiving direction stays: what the peer still sends on its
     * own number arrives without a hole, and it needs no news of having been given up.
     */
    void closeSending(Link link) {
        List<Outgoing> undelivered = link.send.close();
        if (!undelivered.isEmpty()) {
            NodeRef ref = link.ref;
            host.atEndOfPass(() -> undelivered.forEach(m -> listener.onUndelivered(ref, m.group, m.message)));
        }
    }

    @Override
    public long roundTripMicros(NodeRef peer) {
        Link link = links.get(peer.peer());
        return link == null ? 0 : link.send.roundTrip.smoothedMicros();
    }

    @Override
    public long resendTimerMs(NodeRef peer) {
        Link link = links.get(peer.peer());
        return link == null ? settings.resendInitialMs() : link.send.roundTrip.patienceMs(host.nowMs());
    }

    // ---------------------------------------------------------------- what comes in

    @Override
    public void onDatagram(Address from, byte[] bytes, int length) {
        inlet.onDatagram(from, bytes, length);
    }

    /** Bounded like the links themselves: beyond, a peer simply gets no crash hints. */
    @Override
    public void watch(NodeRef peer) {
        if (watched.size() < settings.linksMax() || watched.containsKey(peer.address())) {
            watched.put(peer.address(), peer.peer());
            host.watch(peer.address());
        }
    }

    @Override
    public void unwatch(NodeRef peer) {
        if (watched.remove(peer.address(), peer.peer())) {
            host.unwatch(peer.address());
        }
    }

    @Override
    public void onCrashHint(Address address) {
        PeerId peer = watched.get(address);
        if (peer != null) {
            listener.onCrashHint(peer);
        }
    }
}
