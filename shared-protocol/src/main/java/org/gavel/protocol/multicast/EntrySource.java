package org.gavel.protocol.multicast;

import org.gavel.protocol.wire.LogEntry;

/** The committed part of a group's log, with the outcome of each entry: what the total-order multicast reads from. */
public interface EntrySource {
    /** Lowest index still kept with its outcome; those before stand only in a snapshot. */
    long firstIndex();

    /** Highest index committed and applied here. */
    long committedIndex();

    /** The entry at an index from {@link #firstIndex} to {@link #committedIndex}. */
    LogEntry entry(long index);

    /** What the state machine answered to it, as JSON. */
    byte[] outcome(long index);
}
