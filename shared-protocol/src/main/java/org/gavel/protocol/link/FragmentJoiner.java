package org.gavel.protocol.link;

import java.util.Arrays;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.DatagramHeader;

/**
 * Joins the fragments of one message after the other, which come in order (out of order only where they were sent unreliably: then the
 * message is lost). Its memory grows with what has really arrived, never with what is claimed.
 */
final class FragmentJoiner {
    private static final byte[] NOTHING = new byte[0];

    private byte[] joined = NOTHING;
    private int length;
    private int total;
    private int number;

    /**
     * Adds the fragment of a checked datagram.
     *
     * @return the whole frame, if this was its last fragment, else null; one that does not fit is dropped with what was there before
     */
    byte[] add(byte[] datagram, int datagramLength) {
        int at = DatagramHeader.BYTES;
        int message = DatagramCodec.intAt(datagram, at);
        int claimed = DatagramCodec.intAt(datagram, at + 4);
        int offset = DatagramCodec.intAt(datagram, at + 8);
        int bytes = datagramLength - at - DatagramCodec.FRAGMENT_HEADER_BYTES;
        if (offset == 0) {
            clear();
            total = claimed;
            number = message;
        }
        if (offset != length || claimed != total || message != number) {
            clear();
            return null;
        }
        if (joined.length < length + bytes) {
            joined = Arrays.copyOf(joined, Math.min(total, Math.max(length + bytes, 2 * joined.length)));
        }
        System.arraycopy(datagram, at + DatagramCodec.FRAGMENT_HEADER_BYTES, joined, length, bytes);
        length += bytes;
        if (length < total) {
            return null;
        }
        byte[] whole = joined.length == total ? joined : Arrays.copyOf(joined, total);
        clear();
        return whole;
    }

    /** Nothing unfinished is kept. */
    boolean isEmpty() {
        return length == 0;
    }

    void clear() {
        joined = NOTHING;
        length = 0;
        total = 0;
    }
}
