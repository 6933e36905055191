package org.gavel.protocol.host.udp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gavel.protocol.identity.Address;

/**
 * Where a host receives, and where its broadcasts go.
 *
 * @param local      an IPv4 address of this machine
 * @param broadcasts each is sent every broadcast; empty where the card knows none, then only seeds are reached
 * @param card       the network card's name, for people
 */
public record BindAddress(InetAddress local, List<InetAddress> broadcasts, String card) {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\." + OCTET + "){3}");

    private record Candidate(NetworkInterface card, InterfaceAddress address) {
        @Override
        public String toString() {
            return card.getName() + " (" + address.getAddress().getHostAddress() + ")";
        }
    }

    /**
     * Understands {@code loopback}; {@code lan}: the first card that is up and can broadcast; a card's name; an IPv4 address of this machine.
     *
     * @throws IllegalArgumentException with a sentence that names the cards there are
     */
    public static BindAddress resolve(String text) {
        if (text.equals("loopback")) {
            return loopback("127.0.0.1");
        }
        if (LOOPBACK_ADDRESS.matcher(text).matches()) {
            return loopback(text);
        }
        List<Candidate> candidates = candidates();
        for (Candidate candidate : candidates) {
            if (matches(text, candidate)) {
                return of(candidate);
            }
        }
        String existing = candidates.stream().map(Candidate::toString).collect(Collectors.joining(", "));
        String mistake = text.equals("lan") ? "no network card is up and able to broadcast"
            : text.matches("[0-9.]+") ? text + " is not an address of this machine"
            : "there is no network card '" + text + "' with an IPv4 address";
        throw new IllegalArgumentException(mistake + "; this machine has " + (existing.isEmpty() ? "none that is up" : existing)
            + ". Use --bind with loopback, lan, a card's name or one of these addresses.");
    }

    public boolean isLoopback() {
        return local.isLoopbackAddress();
    }

    private static boolean matches(String text, Candidate candidate) {
        InetAddress address = candidate.address.getAddress();
        if (text.equals("lan")) {
            return !address.isLoopbackAddress() && candidate.address.getBroadcast() != null;
        }
        return candidate.card.getName().equals(text) || address.getHostAddress().equals(text);
    }

    private static BindAddress of(Candidate candidate) {
        InetAddress address = candidate.address.getAddress();
        if (address.isLoopbackAddress()) {
            return loopback(address.getHostAddress());
        }
        InetAddress broadcast = candidate.address.getBroadcast();
        return new BindAddress(address, broadcast == null ? List.of() : List.of(broadcast), candidate.card.getName());
    }

    private static BindAddress loopback(String address) {
        // The broadcast address of 127/8 reaches every process of the machine; the loopback card itself claims to have none.
        return new BindAddress(literal(address), List.of(literal("127.255.255.255")), "loopback");
    }

    private static InetAddress literal(String ipv4) {
        try {
            int bits = Address.parse(ipv4 + ":0").ipv4();
            return InetAddress.getByAddress(new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes always make an IPv4 address", e);
        }
    }

    private static List<Candidate> candidates() {
        List<Candidate> found = new ArrayList<>();
        try {
            for (NetworkInterface card : NetworkInterface.networkInterfaces().collect(Collectors.toList())) {
                if (card.isUp()) {
                    card.getInterfaceAddresses().stream().filter(Objects::nonNull)
                        .filter(address -> address.getAddress() instanceof Inet4Address)
                        .forEach(address -> found.add(new Candidate(card, address)));
                }
            }
        } catch (SocketException e) {
            throw new IllegalArgumentException("the network cards of this machine cannot be listed (" + e.getMessage()
                + "). Use --bind loopback.", e);
        }
        return found;
    }
}
