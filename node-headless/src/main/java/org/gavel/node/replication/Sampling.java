package org.gavel.node.replication;

/**
 * Which entries' ways are traced: the first one of each {@link #PERIOD_MS} of group time (protocol.md section 11: per-bid events are sampled under load). Every
 * copy of the log says the same, so that all nodes tell of the same entries and nothing rides on messages for it.
 */
public final class Sampling {
    /** Group time, in ms: a bid typed by hand is nearly always seen, and a group under load tells of four a second. */
    public static final long PERIOD_MS = 250;

    private Sampling() { }

    /**
     * @param beforeMs group time of the entry before
     * @param atMs     group time of the entry itself
     */
    public static boolean tells(long beforeMs, long atMs) {
        return beforeMs / PERIOD_MS != atMs / PERIOD_MS;
    }

    static boolean tells(ReplicaLog log, long index) {
        return index > log.base() && index <= log.last() && tells(log.timeAt(index - 1), log.timeAt(index));
    }

    /** The first one told of from {@code first} to {@code last}; 0 for none. */
    static long firstWithin(ReplicaLog log, long first, long last) {
        for (long index = Math.max(first, log.base() + 1); index <= Math.min(last, log.last()); index++) {
            if (tells(log, index)) {
                return index;
            }
        }
        return 0;
    }
}
