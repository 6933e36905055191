package org.gavel.node.replication.worlds;

import java.util.List;

/**
 * What the invariants look at in one node.
 *
 * @param ownEpoch  led or asked for, or 0
 * @param stored    highest index that its store completed
 * @param checksums by index, from 1 on; chained, so equal ones mean equal logs up to there
 * @param acceptor  whether its own log counts in the last configuration it has
 * @param changing  a change of acceptors is under way here
 * @param nextBid   that it would take
 * @param deciding  acceptors of the configuration known committed, and of the last
 */
record GroupFacts(String role, long ownEpoch, long promised, long commit, long last, long stored, long[] checksums, boolean acceptor, boolean changing,
                  long nextBid, List<List<Integer>> deciding) {
    /** That entry, and so all before it, is in the log. */
    boolean has(long index, long checksum) {
        return index <= last && checksums[(int) index] == checksum;
    }

    boolean candidate() {
        return role.equals("CANDIDATE");
    }

    boolean leader() {
        return role.equals("LEADER") || serving();
    }

    boolean serving() {
        return role.equals("SERVING");
    }
}
