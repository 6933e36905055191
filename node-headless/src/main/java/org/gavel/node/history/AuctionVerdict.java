package org.gavel.node.history;

import java.util.List;

/**
 * What the checker says of one auction.
 *
 * @param verdict        see the values
 * @param operations     judged
 * @param unanswered     of them: may have taken effect or not
 * @param sentence       what is wrong, in words; empty if nothing is
 * @param shortestPrefix the history is wrong from this line on, and was not before; 0 unless it is a violation
 * @param stuck          the operations that have no place in any order, each as a sentence
 */
public record AuctionVerdict(String auction, Verdict verdict, int operations, int unanswered, String sentence, int shortestPrefix, List<String> stuck) {
    /** How it ended. */
    public enum Verdict {
        /** An order was found that explains every answer, its number included. */
        OK,
        /** There is none. */
        VIOLATION,
        /** Nobody knows: the search was given up, or the history does not say enough. Counts as a failure. */
        UNKNOWN
    }

    public boolean isOk() {
        return verdict == Verdict.OK;
    }
}
