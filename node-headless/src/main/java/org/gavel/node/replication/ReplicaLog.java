package org.gavel.node.replication;

import org.gavel.protocol.wire.LogEntry;

/**
 * The entries behind a base (the index of a snapshot, or 0), each with its outcome once applied, in a ring buffer that grows by doubling. It knows
 * nothing of commits; who calls it keeps what is committed from being cut.
 */
final class ReplicaLog {
    private static final int SLOTS_MIN = 256;

    private LogEntry[] entries = new LogEntry[SLOTS_MIN];
    private byte[][] outcomes = new byte[SLOTS_MIN][];
    private long base;
    private long baseEpoch;
    private long baseChecksum;
    private long baseTimeMs;
    private long last;

    /** Index that the first entry follows. */
    long base() {
        return base;
    }

    long last() {
        return last;
    }

    long lastEpoch() {
        return epochAt(last);
    }

    long lastChecksum() {
        return checksumAt(last);
    }

    /** Group time of the last entry. */
    long lastTimeMs() {
        return timeAt(last);
    }

    /** The entry at base + 1..last. */
    LogEntry entry(long index) {
        if (index <= base || index > last) {
            throw new IndexOutOfBoundsException("entry " + index + " is not within " + (base + 1) + ".." + last);
        }
        return entries[slot(index)];
    }

    /** Epoch of the entry at base..last. */
    long epochAt(long index) {
        return index == base ? baseEpoch : entry(index).epoch();
    }

    /** Checksum of the entry at base..last. */
    long checksumAt(long index) {
        return index == base ? baseChecksum : entry(index).checksum();
    }

    long timeAt(long index) {
        return index == base ? baseTimeMs : entry(index).timeMs();
    }

    /** Adds the entry behind the last. */
    void append(LogEntry entry) {
        if (entry.index() != last + 1) {
            throw new IllegalArgumentException("entry " + entry.index() + " does not follow " + last);
        }
        if (last - base == entries.length) {
            grow();
        }
        last++;
        entries[slot(last)] = entry;
        outcomes[slot(last)] = null;
    }

    /** Takes away the entries from {@code index} on. */
    void truncateFrom(long index) {
        while (last >= index && last > base) {
            entries[slot(last)] = null;
            outcomes[slot(last)] = null;
            last--;
        }
    }

    /** Forgets the entries up to {@code index}, which becomes the base. */
    void compactTo(long index) {
        long epoch = epochAt(index);
        long checksum = checksumAt(index);
        long time = timeAt(index);
        while (base < index) {
            base++;
            entries[slot(base)] = null;
            outcomes[slot(base)] = null;
        }
        baseEpoch = epoch;
        baseChecksum = checksum;
        baseTimeMs = time;
    }

    /** Empties the log: the next entry follows the one described. */
    void reset(long index, long epoch, long checksum, long timeMs) {
        entries = new LogEntry[SLOTS_MIN];
        outcomes = new byte[SLOTS_MIN][];
        base = index;
        last = index;
        baseEpoch = epoch;
        baseChecksum = checksum;
        baseTimeMs = timeMs;
    }

    void setOutcome(long index, byte[] outcome) {
        outcomes[slot(index)] = outcome;
    }

    /** The outcome of an applied entry, or null. */
    byte[] outcome(long index) {
        return index <= base || index > last ? null : outcomes[slot(index)];
    }

    private int slot(long index) {
        return (int) (index & entries.length - 1);
    }

    private void grow() {
        LogEntry[] oldEntries = entries;
        byte[][] oldOutcomes = outcomes;
        int oldMask = oldEntries.length - 1;
        entries = new LogEntry[oldEntries.length * 2];
        outcomes = new byte[oldEntries.length * 2][];
        for (long i = base + 1; i <= last; i++) {
            entries[slot(i)] = oldEntries[(int) (i & oldMask)];
            outcomes[slot(i)] = oldOutcomes[(int) (i & oldMask)];
        }
    }
}
