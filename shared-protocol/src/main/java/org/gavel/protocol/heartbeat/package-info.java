/**
 * Who lives. Purpose: turn silence, crash hints and accusations into a verdict on one start of one party, without ever taking a
 * hint for a proof.
 * <p>Source: protocol.md sections 1 (restart or twin), 5 and 14; indirect probes after Das, Gupta and Motivala 2002, "SWIM", section 3.
 * <p>Messages: Probe, ProbeReply, ProbeRequest, Goodbye. Heartbeats themselves are sent by the roles, at {@code onBeat}; any message
 * counts as one. A Verdict is sent and received by the roles; on receipt they call {@code verifyNow}.
 * <p>States of a watched peer: heard; suspected (by silence, or at once by a hint) while its probes run; dead. Any answer, or any
 * message of that very incarnation, brings it back to heard.
 * <p>Invariants: no verdict without at least the probes of section 5, unless the process is known ended; no verdict on one who was
 * forgotten meanwhile; no verdict from a timer that ran late; a reply of another incarnation is never an answer.
 * <p>Hints (unreachable ports, unacknowledged links, accusations) are verified at once, then after pauses that grow fourfold as long as they are refuted: they must not feed on
 * the probes that they cause.
 * <p>Limits: {@code FailureDetector.WATCHED_MAX} peers, {@code Relays.RELAYS_MAX} probes for others under way,
 * {@code TwinCheck.CHECKS_MAX} twin checks.
 * <p>Tested in {@code FailureDetectorTest}, {@code FailureDetectorLatenessTest}, {@code TwinCheckTest} and, over simulated links,
 * {@code ElectionOverLinksTest}.
 */
package org.gavel.protocol.heartbeat;
