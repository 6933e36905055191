package org.gavel.protocol.identity;

/**
 * An IPv4 address and a UDP port, as plain numbers: protocols name addresses without touching a socket.
 *
 * @param ipv4 the four bytes, most significant first
 * @param port 1..65535
 */
public record Address(int ipv4, int port) {
    public static final Address NONE = new Address(0, 0);

    /** Reads {@code 127.0.0.1:40113}. Throws {@link IllegalArgumentException} with a sentence otherwise. */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        String[] parts = colon < 0 ? new String[0] : text.substring(0, colon).split("\\.", -1);
        try {
            int ip = 0;
            if (parts.length != 4) {
                throw new NumberFormatException();
            }
            for (String part : parts) {
                int octet = Integer.parseInt(part);
                if (octet < 0 || octet > 255) {
                    throw new NumberFormatException();
                }
                ip = ip << 8 | octet;
            }
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < 0 || port > 65535) {
                throw new NumberFormatException();
            }
            return new Address(ip, port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not an address; write it like 192.168.1.7:45454", e);
        }
    }

    public String host() {
        return (ipv4 >>> 24) + "." + (ipv4 >>> 16 & 255) + "." + (ipv4 >>> 8 & 255) + "." + (ipv4 & 255);
    }

    @Override
    public String toString() {
        return host() + ":" + port;
    }
}
