/**
 * Histories of what clients asked and were told, and the proof that some order explains all of it. Purpose: linearizability of every
 * auction, judged from outside: from the calls of clients alone, with no word from the servers but their answers.
 * <p>Source: M. Herlihy and J. Wing, "Linearizability: a correctness condition for concurrent objects" (TOPLAS 1990); J. Wing and C. Gong,
 * "Testing and verifying concurrent objects" (JPDC 1993): the search; G. Lowe, "Testing for linearizability" (CCPE 2017): configurations
 * remembered, so that none is searched twice; K. Kingsbury's Jepsen and Knossos: the events invoke, ok, fail, info; protocol.md sections
 * 12 and 13. The rules in {@link org.gavel.node.history.SequentialAuction} are written a second time on purpose: a checker that used the
 * servers' own would repeat their mistakes.
 * <p>Messages: none; the lines of a history are described in docs/HISTORIES.md.
 * <p>States: {@link org.gavel.node.history.AuctionPoint}, one for each place in the order that is tried.
 * <p>Invariants: a verdict 'ok' has an order of all answered operations in hand, found step by step; nothing is taken from the numbers in
 * the answers but the order in which to try; those numbers are judged as well, as one more claim. An operation without an answer may have
 * taken effect at any time from its call on, or never.
 * <p>Limits: {@link org.gavel.node.history.HistoryReader#LINES_MAX}; {@link org.gavel.node.history.HistoryRecorder#PROCESSES_MAX};
 * configurations by the caller's budget: beyond it the verdict is 'unknown', which is a failure. Configurations are remembered by a
 * 128-bit hash of the set of operations: a collision (odds 1 in 10^26 for a million of them) could turn an 'ok' into a 'violation', never
 * the other way round.
 * <p>Tested in {@code LinearizabilityTest}, {@code MutatedHistoriesTest}, {@code HistoryRecorderTest}, {@code CheckHistoryCommandTest}.
 */
package org.gavel.node.history;
