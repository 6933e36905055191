package org.gavel.protocol.wire;

import java.nio.ByteBuffer;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;

/**
 * What stands before the messages of a datagram. Layout (big-endian):
 * <pre>
 *    0 magic (2) | version (1) | flags (1) | cluster id (8) | checksum (8) of all other bytes      stable in every version
 *   20 sender uid (8), incarnation (8) | receiver uid (8), incarnation (8)
 *   52 link number (4) | sequence number (8)                         of this datagram; 0 and 0: unreliable
 *   64 link number (4) | acknowledged up to (8) | bitmap (8)         of the other direction
 *   84 messages, each behind its length (2); or one fragment: message number (4), total length (4), offset (4), bytes
 * </pre>
 * The checksum is there because a datagram that was damaged on its way is still believed: UDP's own has 16 bits, is optional, and often
 * computed by the very card that damages. A changed number in an append or a 'held' would be a lost bid. It is no signature.
 * A sealed datagram (flag {@link #SEALED}, not part of this version) has the first 52 bytes as its associated data, the rest encrypted and
 * a tag behind it; the 122 bytes between {@link DatagramCodec#DATAGRAM_BYTES_MAX} and what an Ethernet frame holds are kept for nonce and tag.
 *
 * @param flags      see the constants
 * @param cluster    {@link DatagramCodec#clusterId} of the cluster's name
 * @param receiver   {@link PeerId#UNKNOWN} for whoever gets it
 * @param link       number of the sender's direction of the link
 * @param sequence   of reliable data from 1; with {@link #ANNOUNCE} the highest one sent
 * @param ackLink    number of the receiver's direction, as far as the sender knows it
 * @param acked      all up to this one arrived
 * @param ackBitmap  bit i: acked + 1 + i arrived as well
 */
public record DatagramHeader(int flags, long cluster, PeerId sender, PeerId receiver, int link, long sequence, int ackLink, long acked,
                             long ackBitmap) {
    public static final int BYTES = 84;
    /** ackLink, acked and ackBitmap mean something. */
    public static final int ACK = 1;
    /** One fragment instead of messages. */
    public static final int FRAGMENT = 2;
    /** The sender does not know yet whether this link number is known to the receiver: it may be taken up. */
    public static final int OPEN = 4;
    /** No data: the sender's highest number, to be acknowledged at once. */
    public static final int ANNOUNCE = 8;
    /** This acknowledgement answers an {@link #ANNOUNCE}. */
    public static final int ANSWER = 16;
    /** The link number in ackLink is not known here (any more): renew it. */
    public static final int RESET = 32;
    /** Reserved: encrypted behind byte 44. */
    public static final int SEALED = 64;
    /** In any version: behind the prefix stands a sentence in UTF-8 for people; never answered. */
    public static final int REFUSAL = 128;

    /** True if it is reliable data. */
    public boolean isData() {
        return sequence > 0 && !has(ANNOUNCE);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Writes it to the first {@link #BYTES} bytes; the checksum comes last, by {@link DatagramCodec#protect}. */
    public void write(byte[] to) {
        ByteBuffer out = ByteBuffer.wrap(to);
        out.putShort(DatagramCodec.MAGIC).put(DatagramCodec.VERSION).put((byte) flags).putLong(cluster).putLong(0);
        out.putLong(sender.uid().value()).putLong(sender.incarnation());
        out.putLong(receiver.uid().value()).putLong(receiver.incarnation());
        out.putInt(link).putLong(sequence).putInt(ackLink).putLong(acked).putLong(ackBitmap);
    }

    /**
     * Reads a header whose prefix was judged before, by {@link DatagramCodec#kind}.
     *
     * @throws MalformedException if it is truncated or its numbers make no sense
     */
    static DatagramHeader read(byte[] from, int length) throws MalformedException {
        if (length < BYTES) {
            throw new MalformedException("a datagram of " + length + " bytes ends within its header");
        }
        ByteBuffer in = ByteBuffer.wrap(from);
        int flags = in.get(3) & 255;
        in.position(DatagramCodec.PREFIX_BYTES);
        DatagramHeader header = new DatagramHeader(flags, in.getLong(4), peer(in), peer(in), in.getInt(), in.getLong(), in.getInt(),
                in.getLong(), in.getLong());
        if (header.has(SEALED)) {
            throw new MalformedException("a sealed datagram, for which there is no key");
        }
        if (header.sender.uid().isNobody()) {
            throw new MalformedException("a datagram from nobody");
        }
        if (header.link < 0 || header.ackLink < 0 || header.sequence < 0 || header.acked < 0 || header.link == 0 != (header.sequence == 0)) {
            throw new MalformedException("link " + header.link + " with sequence number " + header.sequence);
        }
        if (header.sequence > 0 && header.receiver.incarnation() == 0) {
            throw new MalformedException("reliable data for nobody in particular");
        }
        return header;
    }

    private static PeerId peer(ByteBuffer in) {
        return new PeerId(new Uid(in.getLong()), in.getLong());
    }
}
