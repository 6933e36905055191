package org.gavel.protocol.link;

import java.util.Arrays;
import org.gavel.protocol.wire.DatagramHeader;

/**
 * The receiving direction of a link: puts datagrams in order and remembers what to acknowledge. What arrives early is kept, at most
 * {@value #EARLY_DATAGRAMS_MAX} datagrams.
 */
final class ReceiveHalf {
    static final int EARLY_DATAGRAMS_MAX = 64;

    private static final Early[] NONE_EARLY = new Early[0];

    /**
     * What all links of one party keep of early datagrams together. By themselves, thousands of links that somebody opens and leaves with a
     * hole would fill a small node's memory.
     */
    static final class EarlyBytes {
        /** As much as a hundred links can have under way at once. */
        static final long EARLY_BYTES_MAX = 8L << 20;

        private long kept;

        private boolean take(int bytes) {
            boolean room = kept + bytes <= EARLY_BYTES_MAX;
            kept += room ? bytes : 0;
            return room;
        }

        private void give(int bytes) {
            kept -= bytes;
        }

        long kept() {
            return kept;
        }
    }

    /** What is to be done with a reliable datagram. */
    enum Judgement {
        /** The next one in order: deliver it, then whatever {@link #takeEarly} gives. */
        DELIVER,
        /** Kept until its predecessors are there. */
        KEPT,
        /** It had come before. */
        DUPLICATE,
        /** Of a link number that is over. */
        STALE,
        /** Too far ahead. */
        BEYOND,
        /** Of a link number that was never opened here, or is forgotten. */
        UNKNOWN_LINK
    }

    /** A datagram that came early, header included. */
    record Early(DatagramHeader header, byte[] bytes) { }

    private final EarlyBytes earlyBytes;
    /** The link number of the peer's direction; 0: none known. */
    int number;
    private long expected = 1;
    /** Made when the first datagram comes early; most links never see one. */
    private Early[] early = NONE_EARLY;
    private int earlyCount;
    private long arrived;
    final FragmentJoiner joiner = new FragmentJoiner();

    /** In-order datagrams that no acknowledgement has named yet. */
    int unacknowledged;
    /** An acknowledgement is due at the end of the pass. */
    boolean ackAtOnce;
    /** And it answers an announcement. */
    boolean answer;
    long ackAtMs = SendHalf.NEVER;

    ReceiveHalf(EarlyBytes earlyBytes) {
        this.earlyBytes = earlyBytes;
    }

    Judgement judge(DatagramHeader header, byte[] bytes, int length) {
        if (!takesUp(header)) {
            return header.link() < number ? Judgement.STALE : Judgement.UNKNOWN_LINK;
        }
        long sequence = header.sequence();
        if (sequence < expected || sequence - expected < EARLY_DATAGRAMS_MAX && earlyCount > 0 && early[slot(sequence)] != null) {
            ackAtOnce = true;
            return Judgement.DUPLICATE;
        }
        if (sequence - expected >= EARLY_DATAGRAMS_MAX) {
            ackAtOnce = true;
            return Judgement.BEYOND;
        }
        if (sequence > expected) {
            if (!earlyBytes.take(length)) {
                return Judgement.BEYOND; // as if it had been lost: it is sent again
            }
            if (early.length == 0) {
                early = new Early[EARLY_DATAGRAMS_MAX];
            }
            early[slot(sequence)] = new Early(header, Arrays.copyOf(bytes, length));
            earlyCount++;
            arrived |= 1L << sequence - expected;
            ackAtOnce = true;
            return Judgement.KEPT;
        }
        ackAtOnce |= earlyCount > 0;
        advance();
        return Judgement.DELIVER;
    }

    /** True if the datagram belongs to the present link number, which it may open; older ones and unopened ones do not. */
    boolean takesUp(DatagramHeader header) {
        if (header.link() > number && header.has(DatagramHeader.OPEN)) {
            number = header.link();
            expected = 1;
            forget();
        }
        return header.link() == number;
    }

    /** Gives up what is not in order yet. */
    void forget() {
        for (int i = 0; i < early.length; i++) {
            if (early[i] != null) {
                earlyBytes.give(early[i].bytes().length);
                early[i] = null;
            }
        }
        earlyCount = 0;
        arrived = 0;
        joiner.clear();
    }

    /** The next datagram in order if it came early, else null. */
    Early takeEarly() {
        Early next = earlyCount == 0 ? null : early[slot(expected)];
        if (next != null) {
            early[slot(expected)] = null;
            earlyBytes.give(next.bytes().length);
            earlyCount--;
            advance();
        }
        return next;
    }

    private void advance() {
        expected++;
        arrived >>>= 1;
        unacknowledged++;
    }

    private static int slot(long sequence) {
        return (int) sequence & EARLY_DATAGRAMS_MAX - 1;
    }

    /** All up to this number arrived. */
    long acked() {
        return expected - 1;
    }

    /** Bit i: acked + 1 + i arrived. */
    long bitmap() {
        return arrived;
    }

    /** The datagram that now leaves carries the acknowledgement. */
    void acknowledged() {
        unacknowledged = 0;
        ackAtOnce = false;
        answer = false;
        ackAtMs = SendHalf.NEVER;
    }
}
