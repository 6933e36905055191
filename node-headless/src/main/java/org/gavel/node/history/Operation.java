package org.gavel.node.history;

import org.gavel.protocol.identity.Uid;

/**
 * One operation of one client on one auction, from its call to its answer.
 *
 * @param process     whose operations never overlap, as the history names it
 * @param op          what was asked
 * @param client      by whom
 * @param amountCents of a bid, else 0
 * @param answer      what the client was told; null: never told, it may have taken effect or not
 * @param invokedAt   place of its call in the history, the line's number from 1; 0: before all
 * @param returnedAt  place of its answer; {@link #NEVER} without one
 */
record Operation(String process, Op op, Uid client, long amountCents, Answer answer, int invokedAt, int returnedAt) {
    static final int NEVER = Integer.MAX_VALUE;

    /** The auctioneer's own: the end of the auction's time. */
    static Operation end() {
        return new Operation("", Op.END, Uid.NOBODY, 0, null, 0, NEVER);
    }

    boolean isAnswered() {
        return answer != null;
    }

    /** As it was known at an earlier place of the history. */
    Operation asOf(int line) {
        return returnedAt <= line ? this : new Operation(process, op, client, amountCents, null, invokedAt, NEVER);
    }
}
