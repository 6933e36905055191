package org.gavel.desktop.model;

/**
 * One of the last entries of a replicated log, in one node's copy.
 *
 * @param index in the log; cells of several nodes stand in columns by it
 * @param label 'epoch.index', or empty for a missing one
 */
public record LogCell(long index, String label, State state) {
    /** What this copy has of the entry. */
    public enum State {
        /** Held, and known committed. */
        COMMITTED,
        /** Held only. */
        HELD,
        /** Others hold it, this one does not. */
        MISSING,
        /** Others have told of it since this one spoke last: not known yet. */
        UNTOLD
    }
}
