package org.gavel.protocol.identity;

/**
 * Unique identifier of a server or a client: 64 random bits, compared unsigned (the largest wins an election).
 *
 * @param value the 64 bits; zero means "nobody" and never names a party
 */
public record Uid(long value) implements Comparable<Uid> {
    public static final Uid NOBODY = new Uid(0);

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
        return toString().substring(0, 4);
    }

    @Override
    public int compareTo(Uid other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return String.format("%016x", value);
    }
}
