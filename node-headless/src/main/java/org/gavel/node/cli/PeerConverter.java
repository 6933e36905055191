package org.gavel.node.cli;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.gavel.protocol.identity.Address;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code host:port}, by number or by name (IPv4). */
final class PeerConverter implements ITypeConverter<Address> {
    @Override
    public Address convert(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        int port = port(colon < 0 ? "" : text.substring(colon + 1));
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new TypeConversionException("'" + text + "' is not an address; write it like 192.168.1.7:45454 or server:45454");
        }
        try {
            for (InetAddress candidate : InetAddress.getAllByName(host)) {
                if (candidate instanceof Inet4Address) {
                    return Address.parse(candidate.getHostAddress() + ":" + port);
                }
            }
        } catch (UnknownHostException e) {
            throw new TypeConversionException("no machine is known as '" + host + "'; write its IPv4 address");
        }
        throw new TypeConversionException("'" + host + "' has no IPv4 address");
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
