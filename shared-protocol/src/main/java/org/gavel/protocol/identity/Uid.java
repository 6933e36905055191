package org.gavel.protocol.identity;

import java.util.HexFormat;

/**
 * Unique identifier of a server or a client: 64 random bits, compared unsigned (the largest wins an election).
 *
 * @param value the 64 bits; zero means "nobody" and never names a party
 */
public record Uid(long value) implements Comparable<Uid> {
    public static final Uid NOBODY = new Uid(0);

    private static final int SHORT_DIGITS = 4;
    private static final HexFormat HEX = HexFormat.of();

    /** Reads 16 (or fewer) hex digits, as {@link #toString} writes them. */
    public static Uid parseHex(String hex) {
        return new Uid(Long.parseUnsignedLong(hex, 16));
    }

    /** Reads what a person types: decimal, or hex behind {@code 0x}. */
    public static Uid parse(String text) {
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        return new Uid(hex ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text));
    }

    public boolean isNobody() {
        return value == 0;
    }

    /** The first four hex digits: enough to tell a handful of nodes apart on a screen. */
    public String shortForm() {
        return HEX.toHexDigits(value >>> Long.SIZE - 4 * SHORT_DIGITS, SHORT_DIGITS);
    }

    @Override
    public int compareTo(Uid other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(value); // not String.format: uids are written in every message that names one
    }
}
