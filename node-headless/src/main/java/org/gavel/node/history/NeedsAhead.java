package org.gavel.node.history;

import java.util.List;

/**
 * The least of what the answered operations without a place still need: a step that goes beyond it would leave one of them without any.
 */
final class NeedsAhead {
    private static final int KINDS = 4;

    private final long[][] needOf;
    /** [kind][i]: the least need of the operations called at or after the i-th call. */
    private final long[][] fromCallOn;
    /** The least among the open calls, whose it is, and the least without that one. */
    private final long[] least = new long[KINDS];
    private final int[] leastOf = new int[KINDS];
    private final long[] second = new long[KINDS];

    NeedsAhead(SequentialAuction rules, List<Operation> operations) {
        int count = operations.size();
        needOf = new long[KINDS][count];
        fromCallOn = new long[KINDS][count + 1];
        for (int i = 0; i < count; i++) {
            needOf[0][i] = rules.priceCentsMax(operations.get(i));
            needOf[1][i] = rules.bidsMax(operations.get(i));
            needOf[2][i] = rules.seqMax(operations.get(i));
            needOf[3][i] = rules.needsRunning(operations.get(i)) ? 0 : SequentialAuction.ANY;
        }
        for (int kind = 0; kind < KINDS; kind++) {
            fromCallOn[kind][count] = SequentialAuction.ANY;
            for (int i = count - 1; i >= 0; i--) {
                fromCallOn[kind][i] = Math.min(needOf[kind][i], fromCallOn[kind][i + 1]);
            }
        }
    }

    /**
     * Gathers the needs of the open calls, and of those that were not called yet.
     *
     * @param behind how many were called so far, with a place or without
     */
    void gather(int[] calls, int count, int behind) {
        for (int kind = 0; kind < KINDS; kind++) {
            least[kind] = fromCallOn[kind][behind];
            leastOf[kind] = -1;
            second[kind] = least[kind];
            for (int i = 0; i < count; i++) {
                long need = needOf[kind][calls[i]];
                if (need < least[kind]) {
                    second[kind] = least[kind];
                    least[kind] = need;
                    leastOf[kind] = calls[i];
                } else if (need < second[kind]) {
                    second[kind] = need;
                }
            }
        }
    }

    /** True if no other operation is shut out when this one leads to {@code after}. */
    boolean allow(int operation, AuctionPoint after) {
        return after.priceCents() <= leastWithout(0, operation) && after.bids() <= leastWithout(1, operation)
            && after.lastSeq() <= leastWithout(2, operation) && (after.over() ? 1 : 0) <= leastWithout(3, operation);
    }

    private long leastWithout(int kind, int operation) {
        return leastOf[kind] == operation ? second[kind] : least[kind];
    }
}
