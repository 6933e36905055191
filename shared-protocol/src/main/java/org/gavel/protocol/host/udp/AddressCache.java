package org.gavel.protocol.host.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.gavel.protocol.identity.Address;

/** Translates between plain addresses and the library's, without making new ones for each datagram. */
final class AddressCache {
    /** Beyond it the tables start anew: strangers with forged senders must not fill the memory. */
    static final int ADDRESSES_MAX = 4_096;

    private final Map<Address, InetSocketAddress> sockets = new HashMap<>();
    private final Map<InetSocketAddress, Address> addresses = new HashMap<>();
    private InetSocketAddress latestSocket;
    private Address latestAddress;

    InetSocketAddress socket(Address address) {
        InetSocketAddress known = sockets.get(address);
        return known != null ? known : learn(address, toSocket(address));
    }

    Address address(InetSocketAddress socket) {
        if (socket == latestSocket) { // the channel returns the same object while one peer keeps sending
            return latestAddress;
        }
        Address known = addresses.get(socket);
        if (known == null) {
            known = new Address(toBits(socket.getAddress()), socket.getPort());
            learn(known, socket);
        }
        latestSocket = socket;
        latestAddress = known;
        return known;
    }

    private InetSocketAddress learn(Address address, InetSocketAddress socket) {
        if (sockets.size() >= ADDRESSES_MAX) {
            sockets.clear();
            addresses.clear();
        }
        sockets.put(address, socket);
        addresses.put(socket, address);
        return socket;
    }

    static int toBits(InetAddress address) {
        byte[] b = address.getAddress();
        return (b[0] & 255) << 24 | (b[1] & 255) << 16 | (b[2] & 255) << 8 | b[3] & 255;
    }

    private static InetSocketAddress toSocket(Address address) {
        int bits = address.ipv4();
        byte[] four = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(four), address.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes always make an IPv4 address", e);
        }
    }
}
