package org.gavel.protocol.heartbeat;

import java.util.function.LongConsumer;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Timers;

/** The detector's clock: the beat, the check for silence, and the measure of this node's own lateness. */
final class Beat {
    private enum Clock { BEAT, CHECK }

    private static final long CHECK_EVERY_MIN_MS = 20;

    private final Host host;
    private final HeartbeatSettings settings;
    private final Runnable onBeat;
    private final Runnable onCheck;
    private final LongConsumer onOwnLateness;
    private final Timers<Clock> clocks;
    private long nextBeatMs;
    private long nextCheckMs;
    private long lastLateAtMs = Long.MIN_VALUE / 2;

    /** @param onOwnLateness this node was not scheduled for so many ms; called once for each such delay */
    Beat(Host host, HeartbeatSettings settings, Runnable onBeat, Runnable onCheck, LongConsumer onOwnLateness) {
        this.host = host;
        this.settings = settings;
        this.onBeat = onBeat;
        this.onCheck = onCheck;
        this.onOwnLateness = onOwnLateness;
        this.clocks = new Timers<>(host, this::onClock);
    }

    void start() {
        nextBeatMs = host.nowMs() + Math.floorMod(host.random(), settings.periodMs() / 10 + 1);
        clocks.set(Clock.BEAT, nextBeatMs - host.nowMs());
        scheduleCheck();
    }

    void stop() {
        clocks.cancelAll();
    }

    /**
     * To be asked by every timer of the detector before it judges anyone.
     *
     * @param dueMs when the timer that runs now was due
     * @return true if that is so long ago that everything was taken back
     */
    boolean tookBackForLateness(long dueMs) {
        long nowMs = host.nowMs();
        long latenessMs = Math.max(nowMs - dueMs, host.lastTimerLatenessMs());
        if (latenessMs <= settings.ownLatenessMs() || nowMs - lastLateAtMs <= settings.ownLatenessMs()) {
            return false; // in time, or another timer of a delay that was dealt with
        }
        lastLateAtMs = nowMs;
        onOwnLateness.accept(latenessMs);
        return true;
    }

    private void onClock(Clock clock) {
        if (clock == Clock.BEAT) {
            tookBackForLateness(nextBeatMs);
            nextBeatMs = Math.max(nextBeatMs + settings.periodMs(), host.nowMs() + 1);
            clocks.set(Clock.BEAT, nextBeatMs - host.nowMs());
            onBeat.run();
        } else {
            boolean tookBack = tookBackForLateness(nextCheckMs);
            scheduleCheck();
            if (!tookBack) {
                onCheck.run();
            }
        }
    }

    private void scheduleCheck() {
        long everyMs = Math.max(CHECK_EVERY_MIN_MS, settings.periodMs() / 8);
        nextCheckMs = host.nowMs() + everyMs;
        clocks.set(Clock.CHECK, everyMs);
    }
}
