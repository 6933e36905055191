package org.gavel.node.replication.worlds;

/** What the listener of a group was told, as far as the invariants care. */
sealed interface GroupSeen {
    /** @param bid of the one session, or 0; {@code leaderOf} is the epoch that this node leads, or 0 */
    record Applied(long index, long checksum, long bid, long leaderOf, String entry) implements GroupSeen { }

    /** Two copies disagree. */
    record Corruption(String sentence) implements GroupSeen { }
}
