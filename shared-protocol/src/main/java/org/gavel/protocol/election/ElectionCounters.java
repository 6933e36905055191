package org.gavel.protocol.election;

/**
 * Messages of one election object since it was made. Originals are what the formulas of protocol.md section 6 count.
 *
 * @param tokensSent  tokens, each hop once
 * @param electedSent announcements, each hop once
 * @param resends     hops sent again for want of an acknowledgement
 * @param repairs     messages sent again to the next member because a successor died or was skipped
 * @param dropped     messages refused: foreign sender or view, above 2n hops, already seen
 */
public record ElectionCounters(long tokensSent, long electedSent, long resends, long repairs, long dropped) { }
