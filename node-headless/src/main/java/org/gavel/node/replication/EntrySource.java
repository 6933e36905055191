package org.gavel.node.replication;

import org.gavel.protocol.wire.LogEntry;

/** The committed log with its outcomes, as the total-order multicast serves it to participants and late followers. */
public interface EntrySource {
    /** Lowest index still kept with its outcome; those before stand only in a snapshot. */
    long firstIndex();

    /** Highest index known committed, and applied. */
    long committedIndex();

    /** Highest index held, committed or not. */
    long lastIndex();

    /** The entry at an index from {@link #firstIndex} to {@link #lastIndex}, or null outside. */
    LogEntry entry(long index);

    /** The outcome at an index from {@link #firstIndex} to {@link #committedIndex}, or null outside. */
    byte[] outcome(long index);
}
