package org.gavel.protocol.heartbeat;

/**
 * Times of failure detection, in ms (protocol.md section 5).
 *
 * @param periodMs         between two heartbeats
 * @param missedMax        heartbeats that may be missed before a peer is suspected
 * @param directProbes     probes sent by oneself during a verification
 * @param indirectProbes   probes asked of other members during a verification
 * @param verdictMs        length of a verification without a hint
 * @param hintVerdictMinMs least length of a verification after a hint; twice the link's resend timer if that is more
 * @param ownLatenessMs    a node whose own timer ran later than this doubts itself, not others
 * @param crashHints       whether unreachable ports count as hints
 */
public record HeartbeatSettings(long periodMs, int missedMax, int directProbes, int indirectProbes, long verdictMs,
                                long hintVerdictMinMs, long ownLatenessMs, boolean crashHints) {
    public static final HeartbeatSettings DEFAULT = new HeartbeatSettings(2_000, 3, 2, 2, 1_500, 50, 1_000, true);

    public HeartbeatSettings withPeriodMs(long ms) {
        return new HeartbeatSettings(ms, missedMax, directProbes, indirectProbes, verdictMs, hintVerdictMinMs, ownLatenessMs, crashHints);
    }

    public HeartbeatSettings withCrashHints(boolean on) {
        return new HeartbeatSettings(periodMs, missedMax, directProbes, indirectProbes, verdictMs, hintVerdictMinMs, ownLatenessMs, on);
    }
}
