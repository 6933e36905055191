/**
 * Leader election on a ring. Purpose: nominate one candidate per (view, epoch): the ring's INM and every auction's active.
 * <p>Source: Le Lann 1977; Chang and Roberts 1979, "An improved algorithm for decentralized extrema-finding in circular
 * configurations of processes"; protocol.md section 6. Promises (section 7) turn a nomination into leadership, so a wrong
 * nomination (two sides of a partition, a member skipped by mistake) costs time, never safety.
 * <p>Messages: Token, Elected (hop by hop), TokenAck, ElectionStale. All are sent without link repair: a hop has its own
 * acknowledgement and its own, shorter patience (50 ms, three resends), after which the next member gets the token instead.
 * Nothing needs the link's FIFO order, because a member passes a candidate only if it is larger than all it has seen.
 * <p>States: see {@link org.gavel.protocol.election.ElectionState}.
 * <p>Invariants: a member passes, per (view, epoch), strictly increasing candidates; it is nominated at most once per (view, epoch),
 * and never after it saw a larger candidate or an Elected; fault-free message counts lie within the formulas of section 6.
 * <p>Limits: one unacknowledged token and one unacknowledged Elected per group (a larger token replaces the smaller one under way);
 * {@code HopGate.SEEN_HOPS_MAX} remembered hop numbers; 2n hops per token.
 * <p>Tested in {@code LcrElectionTest} (counts), {@code LcrElectionFaultTest} (crash, loss, reordering, views, epochs) and, over
 * simulated links with a failure detector, {@code ElectionOverLinksTest}.
 */
package org.gavel.protocol.election;
