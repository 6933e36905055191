/**
 * Whole clusters on the simulated host. Purpose: anybody can repeat, from a seed, every run in which the auction house was put to the test; the window shows
 * such a cluster too.
 * <p>Source: protocol.md section 13; FoundationDB's and TigerBeetle's simulation testing.
 * <p>The map: {@code World} holds nodes and clients and is driven step by step; {@code OperationObserver} hears what clients ask and are told.
 * <p>Messages: none of its own. States: those of the nodes within.
 * <p>Invariants: two worlds driven alike from one seed are equal in every event.
 * <p>Limits: one thread; as many nodes as memory holds. Tested in {@code WorldTest}.
 */
package org.gavel.node.simulation;
