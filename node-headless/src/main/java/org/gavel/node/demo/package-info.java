/**
 * The demonstration: a cluster of real processes, an auction, two crashes, a verdict. Purpose: show in under a minute, and prove, that the
 * proposal's promises hold: kill -9 of the active and of the INM costs no accepted bid and sells to the right bidder.
 * <p>Source: the proposal's goals; protocol.md sections 6, 7, 9 and 13 (always true: 3, 4, 5). Messages: none of its own; it drives
 * {@link org.gavel.node.client.GavelClient} and listens with {@link org.gavel.node.processes.WatchedCluster}.
 * <p>States: start, ring, auction, active killed, INM killed, closed, verdict; {@link org.gavel.node.demo.Demo} runs them in this order.
 * <p>Invariants: the verdict is computed from what the bidders were answered and what two clients that only watch saw, never from what the
 * nodes claim; no process is left behind.
 * <p>Limits: 5 to 20 nodes, {@code BidLedger.BIDS_MAX} bids. Tested in {@code BidLedgerTest} and, with real nodes, {@code DemoIT}.
 */
package org.gavel.node.demo;
