package org.gavel.node.history;

import java.util.List;

/**
 * Everything that clients asked of one auction.
 *
 * @param terms      null if the history does not name them
 * @param operations in the order of their calls, those that certainly did not take effect left out
 */
record AuctionHistory(String auction, Terms terms, List<Operation> operations) {
    /** What was known at an earlier line. */
    AuctionHistory asOf(int line) {
        return new AuctionHistory(auction, terms, operations.stream().filter(o -> o.invokedAt() <= line).map(o -> o.asOf(line))
            .filter(o -> o.op() != Op.RESULT || o.isAnswered()).toList());
    }
}
