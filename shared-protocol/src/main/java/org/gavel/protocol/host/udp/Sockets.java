package org.gavel.protocol.host.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.identity.Address;

/** The channels of one host. All calls on the host's thread. */
final class Sockets {
    /** Largest payload of a UDP datagram over IPv4. */
    static final int DATAGRAM_BYTES_MAX = 65_507;
    /** Read from one channel before the others, the timers and the end of the pass get their turn. */
    static final int DATAGRAMS_PER_CHANNEL_MAX = 256;
    /** Connected channels, each a file descriptor; an INM with 100 nodes needs 100. */
    static final int WATCHED_MAX = 512;
    /** Asked of the kernel, which may give less. */
    static final int SOCKET_BUFFER_BYTES = 2 << 20;

    /** Who gets what the sockets yield. */
    interface Sink {
        /** Whether datagrams are dropped at present, both ways. */
        boolean isIsolated();

        void onDatagram(Address from, byte[] bytes, int length);

        void onSendFailed(Address to, IOException failure);
    }

    private static final class Peer {
        private final Address address;
        private final DatagramChannel channel;
        private boolean wanted = true;
        private boolean hinted;

        private Peer(Address address, DatagramChannel channel) {
            this.address = address;
            this.channel = channel;
        }
    }

    private final UdpHostSettings settings;
    private final Sink sink;
    private final Selector selector;
    private final AddressCache cache = new AddressCache();
    private final Map<Address, Peer> peers = new HashMap<>();
    private final List<Peer> hinted = new ArrayList<>();
    private final List<Peer> unwanted = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
    private final ByteBuffer in = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
    private final byte[] inBytes = new byte[DATAGRAM_BYTES_MAX];
    private final DatagramChannel unicast;
    private final DatagramChannel discovery;
    private final Address local;
    private final List<InetSocketAddress> broadcastTargets = new ArrayList<>();
    private long sent;
    private long sentBytes;
    private long received;
    private long receivedBytes;
    private long sendFailures;
    private long foreign;
    private long isolated;
    private long crashHints;
    private long notWatched;

    Sockets(UdpHostSettings settings, Selector selector, Sink sink) throws PortUnavailableException {
        this.settings = settings;
        this.selector = selector;
        this.sink = sink;
        InetAddress localAddress = settings.bind().local();
        try {
            unicast = openUnicast(localAddress, settings.unicastPort());
            local = new Address(AddressCache.toBits(localAddress), ((InetSocketAddress) unicast.getLocalAddress()).getPort());
            unicast.register(selector, SelectionKey.OP_READ, null);
        } catch (IOException e) {
            throw new PortUnavailableException(settings.unicastPort() == 0
                ? "no UDP port can be had on " + localAddress.getHostAddress() + " (" + e.getMessage() + "); choose another card with --bind"
                : "UDP port " + settings.unicastPort() + " of " + localAddress.getHostAddress() + " is not free (" + e.getMessage()
                    + "); choose another, or 0 for any free one", e);
        }
        try {
            discovery = settings.listenDiscovery() ? openDiscovery(settings.discoveryPort()) : null;
        } catch (IOException e) {
            closeQuietly(unicast);
            throw new PortUnavailableException("the discovery port " + settings.discoveryPort() + " is held by a program that does not share it ("
                + e.getMessage() + "); end that program, or give this cluster another port with --port", e);
        }
        settings.bind().broadcasts().forEach(address -> broadcastTargets.add(new InetSocketAddress(address, settings.discoveryPort())));
        // Once for nothing: between bind and connect of a watched peer datagrams are lost, and the first time that would last for milliseconds.
        watch(local);
        unwatch(local);
        closeUnwanted();
    }

    private static DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        return channel;
    }

    private static void share(DatagramChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
    }

    /**
     * Shared only after it is bound: bound as shared, a port of one's own could be one that another node has already (the kernel hands
     * shared ephemeral ports out twice, and a given one that is taken would go unnoticed).
     */
    private static DatagramChannel openUnicast(InetAddress address, int port) throws IOException {
        DatagramChannel channel = open();
        try {
            channel.bind(new InetSocketAddress(address, port));
            share(channel);
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            return channel;
        } catch (IOException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private DatagramChannel openDiscovery(int port) throws IOException {
        DatagramChannel channel = open();
        try {
            share(channel);
            channel.bind(new InetSocketAddress(port));
            channel.register(selector, SelectionKey.OP_READ, null);
            return channel;
        } catch (IOException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    Address local() {
        return local;
    }

    UdpCounters counters() {
        return new UdpCounters(sent, sentBytes, received, receivedBytes, sendFailures, foreign, isolated, crashHints, notWatched);
    }

    // ---------------------------------------------------------------- sending

    void send(Address to, byte[] datagram, int length) {
        if (!fill(datagram, length)) {
            return;
        }
        Peer peer = peers.get(to);
        try {
            if (peer != null && peer.wanted) {
                count(writeTo(peer), length);
            } else {
                count(unicast.send(out, cache.socket(to)), length);
            }
        } catch (IOException e) {
            failed(to, e);
        }
    }

    void broadcast(byte[] datagram, int length) {
        for (InetSocketAddress target : broadcastTargets) {
            if (!fill(datagram, length)) {
                return;
            }
            try {
                count(unicast.send(out, target), length);
            } catch (IOException e) {
                failed(cache.address(target), e);
            }
        }
        for (Address seed : settings.peers()) {
            send(seed, datagram, length);
        }
    }

    private boolean fill(byte[] datagram, int length) {
        if (length > DATAGRAM_BYTES_MAX) {
            throw new IllegalArgumentException("a datagram holds at most " + DATAGRAM_BYTES_MAX + " bytes, not " + length);
        }
        if (sink.isIsolated()) {
            isolated++;
            return false;
        }
        out.clear().put(datagram, 0, length).flip();
        return true;
    }

    /** A pending 'unreachable' of an earlier datagram is reported in place of sending this one: so it is sent once more. */
    private int writeTo(Peer peer) throws IOException {
        try {
            return peer.channel.write(out);
        } catch (PortUnreachableException e) {
            hint(peer);
            out.rewind();
            try {
                return peer.channel.write(out);
            } catch (PortUnreachableException again) {
                return 0;
            }
        }
    }

    private void count(int written, int length) {
        if (written == length) {
            sent++;
            sentBytes += length;
        } else {
            sendFailures++; // the socket's buffer is full
        }
    }

    private void failed(Address to, IOException failure) {
        sendFailures++;
        sink.onSendFailed(to, failure);
    }

    // ---------------------------------------------------------------- receiving

    /** Reads a ready channel until it is empty or has had its share of this pass. */
    void drain(SelectionKey key) {
        Peer peer = (Peer) key.attachment();
        DatagramChannel channel = (DatagramChannel) key.channel();
        for (int i = 0; i < DATAGRAMS_PER_CHANNEL_MAX && channel.isOpen(); i++) {
            boolean more = peer != null ? readFrom(peer) : receiveFrom(channel);
            if (!more) {
                return;
            }
        }
    }

    private boolean readFrom(Peer peer) {
        try {
            in.clear();
            // A closed or empty channel gives -1 or 0; so does an empty datagram, which is nobody's.
            if (peer.channel.read(in) <= 0) {
                return false;
            }
            deliver(peer.address);
        } catch (PortUnreachableException e) {
            hint(peer);
        } catch (IOException e) {
            return false; // whatever the system reports of an earlier datagram: the loop goes on
        }
        return true;
    }

    private boolean receiveFrom(DatagramChannel channel) {
        try {
            in.clear();
            InetSocketAddress source = (InetSocketAddress) channel.receive(in);
            if (source == null) {
                return false;
            }
            if (channel == discovery && source.getAddress().isLoopbackAddress() != settings.bind().isLoopback()) {
                foreign++; // the discovery port hears all cards; an answer could not reach a sender of another one
            } else {
                deliver(cache.address(source));
            }
        } catch (IOException e) {
            return false; // Windows reports an earlier datagram's ICMP error here: the loop goes on
        }
        return true;
    }

    private void deliver(Address from) {
        if (sink.isIsolated()) {
            isolated++;
            return;
        }
        int length = in.flip().remaining();
        in.get(inBytes, 0, length);
        received++;
        receivedBytes += length;
        sink.onDatagram(from, inBytes, length);
    }

    // ---------------------------------------------------------------- crash hints

    void watch(Address peer) {
        if (!settings.crashHints()) {
            return;
        }
        Peer known = peers.get(peer);
        if (known != null) {
            known.wanted = true;
            return;
        }
        if (peers.size() >= WATCHED_MAX) {
            notWatched++;
            return;
        }
        DatagramChannel channel = null;
        try {
            channel = open();
            share(channel);
            channel.bind(unicast.getLocalAddress());
            channel.connect(cache.socket(peer));
            Peer added = new Peer(peer, channel);
            channel.register(selector, SelectionKey.OP_READ, added);
            peers.put(peer, added);
        } catch (IOException e) {
            notWatched++; // this system does not share a port so, or knows no route: no hints about this peer
            closeQuietly(channel);
        }
    }

    /** The channel is closed behind this pass, once what it still holds has been read. */
    void unwatch(Address peer) {
        Peer known = peers.get(peer);
        if (known != null && known.wanted) {
            known.wanted = false;
            unwanted.add(known);
        }
    }

    boolean hasWork() {
        return !hinted.isEmpty() || !unwanted.isEmpty();
    }

    /** Closes what is no longer wanted, and takes the next peer that a hint came about, or null. */
    Address nextHint() {
        while (!hinted.isEmpty()) {
            Peer peer = hinted.remove(hinted.size() - 1);
            peer.hinted = false;
            if (peer.wanted && !sink.isIsolated()) {
                crashHints++;
                return peer.address;
            }
        }
        return null;
    }

    void closeUnwanted() {
        for (int i = 0; i < unwanted.size(); i++) {
            Peer peer = unwanted.get(i);
            for (int n = 0; n < DATAGRAMS_PER_CHANNEL_MAX && !peer.wanted && readFrom(peer); n++) {
                continue; // a datagram delivered here may lead to the peer being watched again
            }
            if (!peer.wanted) {
                peers.remove(peer.address, peer);
                closeQuietly(peer.channel);
            }
        }
        unwanted.clear();
    }

    private void hint(Peer peer) {
        if (!peer.hinted) {
            peer.hinted = true;
            hinted.add(peer);
        }
    }

    // ---------------------------------------------------------------- end

    void close() {
        peers.values().forEach(peer -> closeQuietly(peer.channel));
        peers.clear();
        closeQuietly(unicast);
        closeQuietly(discovery);
    }

    private static void closeQuietly(DatagramChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a datagram channel always closes", e);
        }
    }
}
