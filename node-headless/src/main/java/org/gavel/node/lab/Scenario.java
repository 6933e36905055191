package org.gavel.node.lab;

/**
 * A kind of fault.
 *
 * @param auctionMs how long the auction lasts, in auction time: it should still run when all is whole again
 * @param seedsOnly whether its cluster is made with broadcasts blocked
 */
record Scenario(String name, String description, long auctionMs, boolean seedsOnly, Fault fault) {
    /** What is done while both clients bid. */
    interface Fault {
        void befall(Round round) throws InterruptedException;
    }
}
