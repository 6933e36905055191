package org.gavel.node.demo;

import java.util.List;

/**
 * What became of all bids, computed from the bidders' answers and the watchers' streams.
 *
 * @param sent       bids that bidders made
 * @param accepted   answered as accepted
 * @param rejected   answered as rejected
 * @param unanswered without an answer, or failed
 * @param lost       answered as accepted, yet not at that place in the order of every watcher
 * @param doubled    bids that stand in the order more than once
 * @param winner     uid of the winner as the close names it, or empty
 * @param winnerName of the winner, or empty
 * @param priceCents at the close
 * @param complaints everything that is not as it must be, as sentences
 */
public record Verdict(long sent, long accepted, long rejected, long unanswered, long lost, long doubled, String winner, String winnerName,
                      long priceCents, List<String> complaints) {
    /** Nothing lost, nothing doubled, one order for all, the right winner. */
    public boolean holds() {
        return complaints.isEmpty();
    }
}
