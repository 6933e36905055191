package org.gavel.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The outside of a datagram: its limits, the prefix that every version shares, the framing of what stands behind the header. */
public final class DatagramCodec {
    public static final short MAGIC = 0x6A7E;
    public static final byte VERSION = 2;
    /** Fits an Ethernet frame (1,472) with room for a tunnel's or a seal's bytes. */
    public static final int DATAGRAM_BYTES_MAX = 1350;
    /** The longest message frame that travels unsplit. */
    public static final int WHOLE_MESSAGE_BYTES_MAX = DATAGRAM_BYTES_MAX - DatagramHeader.BYTES - 2;
    public static final int FRAGMENT_HEADER_BYTES = 12;
    /** Bytes of a message that one fragment carries. */
    public static final int FRAGMENT_BYTES_MAX = DATAGRAM_BYTES_MAX - DatagramHeader.BYTES - FRAGMENT_HEADER_BYTES;
    /** Magic, version, flags, cluster and checksum: the same in every version. */
    static final int PREFIX_BYTES = 20;
    private static final int CHECKSUM_AT = 12;
    /** A datagram shorter than this has no place for a checksum. */
    public static final int CHECKED_FROM = PREFIX_BYTES;

    private DatagramCodec() { }

    /** What the prefix says of a datagram. */
    public enum Kind {
        /** This cluster, this version. */
        OURS,
        /** A sentence from a party of another version: see {@link #refusal(byte[], int)}. */
        REFUSAL,
        /** Same cluster name, another protocol version. */
        OTHER_VERSION,
        OTHER_CLUSTER,
        /** It names this cluster and does not fit its checksum. */
        DAMAGED,
        /** Empty, too short, or nothing of ours at all. */
        FOREIGN
    }

    /** The 64-bit id of a cluster's name. */
    public static long clusterId(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return Checksum64.of(0, bytes, 0, bytes.length);
    }

    public static Kind kind(byte[] from, int length, long cluster) {
        if (length < PREFIX_BYTES || length > from.length) {
            return Kind.FOREIGN;
        }
        ByteBuffer in = ByteBuffer.wrap(from);
        if (in.getShort(0) != MAGIC) {
            return Kind.FOREIGN;
        }
        if (in.getLong(4) != cluster) {
            return Kind.OTHER_CLUSTER;
        }
        if (in.getLong(CHECKSUM_AT) != checksum(from, length)) {
            return Kind.DAMAGED;
        }
        if ((in.get(3) & DatagramHeader.REFUSAL) != 0) {
            return Kind.REFUSAL;
        }
        return in.get(2) == VERSION ? Kind.OURS : Kind.OTHER_VERSION;
    }

    public static int version(byte[] from) {
        return from[2] & 255;
    }

    /** Reads the header of a datagram of {@link Kind#OURS}. */
    public static DatagramHeader header(byte[] from, int length) throws MalformedException {
        return DatagramHeader.read(from, length);
    }

    /** The last step before a datagram leaves: its checksum. */
    public static void protect(byte[] datagram, int length) {
        ByteBuffer.wrap(datagram).putLong(CHECKSUM_AT, checksum(datagram, length));
    }

    /** Of a whole datagram but the checksum itself. */
    private static long checksum(byte[] datagram, int length) {
        return Checksum64.of(Checksum64.of(0, datagram, 0, CHECKSUM_AT), datagram, PREFIX_BYTES, length - PREFIX_BYTES);
    }

    /** A datagram that any version can read: a sentence, cut at what fits. */
    public static byte[] refusal(long cluster, String sentence) {
        byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, DATAGRAM_BYTES_MAX - PREFIX_BYTES);
        byte[] datagram = ByteBuffer.allocate(PREFIX_BYTES + length).putShort(MAGIC).put(VERSION).put((byte) DatagramHeader.REFUSAL)
                .putLong(cluster).putLong(0).put(text, 0, length).array();
        protect(datagram, datagram.length);
        return datagram;
    }

    /** The sentence of a {@link Kind#REFUSAL}. */
    public static String refusal(byte[] from, int length) {
        return new String(from, PREFIX_BYTES, Math.min(length, DATAGRAM_BYTES_MAX) - PREFIX_BYTES, StandardCharsets.UTF_8);
    }

    /**
     * Checks that what stands behind the header is exactly a row of messages, each behind its length, or exactly one fragment.
     *
     * @throws MalformedException else
     */
    public static void checkFraming(DatagramHeader header, byte[] from, int length) throws MalformedException {
        int at = DatagramHeader.BYTES;
        if (header.has(DatagramHeader.FRAGMENT)) {
            if (length - at <= FRAGMENT_HEADER_BYTES) {
                throw new MalformedException("an empty fragment");
            }
            int total = intAt(from, at + 4);
            int offset = intAt(from, at + 8);
            int bytes = length - at - FRAGMENT_HEADER_BYTES;
            if (total > MessageCodec.MESSAGE_BYTES_MAX || offset < 0 || bytes > total || offset > total - bytes) {
                throw new MalformedException("a fragment of " + bytes + " bytes at " + offset + " of " + total);
            }
            return;
        }
        while (at < length) {
            int message = at + 2 <= length ? shortAt(from, at) : 0;
            if (message == 0 || message > length - at - 2) {
                throw new MalformedException("a message of " + message + " bytes at " + at + " of " + length);
            }
            at += 2 + message;
        }
    }

    /** The unsigned two bytes at an offset: the length before a message. */
    public static int shortAt(byte[] from, int offset) {
        return (from[offset] & 255) << 8 | from[offset + 1] & 255;
    }

    /** The four bytes at an offset. */
    public static int intAt(byte[] from, int offset) {
        return shortAt(from, offset) << 16 | shortAt(from, offset + 2);
    }

    /** Puts a message behind its length at {@code offset}; returns the offset behind it. */
    public static int putMessage(byte[] to, int offset, byte[] frame) {
        to[offset] = (byte) (frame.length >>> 8);
        to[offset + 1] = (byte) frame.length;
        System.arraycopy(frame, 0, to, offset + 2, frame.length);
        return offset + 2 + frame.length;
    }

    /** Puts bytes frame[from..from+length) as a fragment of message {@code number}; returns the offset behind it. */
    public static int putFragment(byte[] to, int offset, int number, byte[] frame, int from, int length) {
        ByteBuffer.wrap(to).putInt(offset, number).putInt(offset + 4, frame.length).putInt(offset + 8, from);
        System.arraycopy(frame, from, to, offset + FRAGMENT_HEADER_BYTES, length);
        return offset + FRAGMENT_HEADER_BYTES + length;
    }
}
