package org.gavel.node.replication.worlds;

/** A set of 64-bit fingerprints, nine to sixteen bytes each: open addressing in segments that grow one by one, so that growing needs little room of its own. */
final class Prints {
    private static final int SEGMENT_BITS = 8;
    private static final int SEGMENT_MIN = 64;

    private final long[][] segments = new long[1 << SEGMENT_BITS][SEGMENT_MIN];
    private final int[] sizes = new int[1 << SEGMENT_BITS];
    private long size;

    /** @return whether it is new; 0 is kept as 1 */
    boolean add(long fingerprint) {
        long print = fingerprint == 0 ? 1 : fingerprint;
        int at = (int) (print >>> 64 - SEGMENT_BITS);
        long[] segment = segments[at];
        int slot = slot(segment, print);
        if (segment[slot] == print) {
            return false;
        }
        segment[slot] = print;
        size++;
        if (++sizes[at] > segment.length / 8L * 7) {
            grow(at);
        }
        return true;
    }

    long size() {
        return size;
    }

    private static int slot(long[] segment, long print) {
        int slot = (int) (((print << SEGMENT_BITS >>> 32) * segment.length) >>> 32);
        while (segment[slot] != 0 && segment[slot] != print) {
            slot = slot + 1 == segment.length ? 0 : slot + 1;
        }
        return slot;
    }

    private void grow(int at) {
        long[] old = segments[at];
        long[] segment = new long[old.length + (old.length >> 1)];
        for (long print : old) {
            if (print != 0) {
                segment[slot(segment, print)] = print;
            }
        }
        segments[at] = segment;
    }
}
