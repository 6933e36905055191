package org.gavel.protocol.heartbeat;

import org.gavel.protocol.identity.NodeRef;

/**
 * One verification under way, as a watcher sees it.
 *
 * @param why      clause: what raised it
 * @param hinted   by a hint (short verdict) rather than by silence
 * @param sinceMs  host time at which it began
 * @param answersDueMs host time of the verdict unless an answer comes
 */
public record Suspicion(NodeRef peer, String why, boolean hinted, long sinceMs, long answersDueMs) { }
