/**
 * The client of the auction house, one for terminal, window, benchmark and tests.
 * <p>Purpose: list, start, join, bid, leave, and the operator's calls, through crashes of any server, without the caller noticing more
 * than a pause.
 * <p>Source: protocol.md sections 3 (requests by lookup, then FIFO links to all servers), 7 ('Exactly once'), 10 and 11; the proposal's
 * client task table.
 * <p>Messages: Lookup, LookupReply; Request, Reply; Attach, Attached, Detached; Submit, ResendFrom, Answer; Delivered, DeliveredUpTo,
 * Heartbeat, Notice; Fault, FaultReply.
 * <p>States of a session ({@link org.gavel.protocol.client.AuctionSession}): looking, attaching, attached, ended.
 * <pre>
 *   looking   --LookupReply--&gt;  attaching --Attached--&gt; attached --closed or left, all answered--&gt; ended
 *      ^---- silence, crash hint, unacknowledged, not-active, 1 s without Attached ----'
 * </pre>
 * <p>Invariants: every command is answered at most once, in the entry's own place; commands leave in session order; no number of the total
 * order is told twice, and none is skipped but by a snapshot that names it; a call ends by its deadline.
 * <p>Limits: 1,024 unanswered commands a session, 1,024 requests and 256 faults under way, 1,024 sessions, 64 listeners an auction; a
 * session is sent again at most once in {@link org.gavel.protocol.client.ResendPace#PACE_MS} at the active's word.
 * <p>Tested in {@code AuctionClientTest}, {@code RequestsTest}, {@code SessionWindowTest}, {@code OutcomeTest}.
 */
package org.gavel.protocol.client;
