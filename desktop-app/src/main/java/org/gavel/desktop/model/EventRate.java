package org.gavel.desktop.model;

import java.util.ArrayDeque;
import java.util.Deque;

/** Events per second over the last few seconds of the feed's clock. */
final class EventRate {
    private static final long WINDOW_MS = 3_000;
    /** Frames within the window at 20 a second, and some to spare. */
    private static final int SAMPLES_MAX = 128;

    private record Sample(long atMs, int events) { }

    private final Deque<Sample> samples = new ArrayDeque<>();
    private long sum;

    void add(long nowMs, int events) {
        if (events > 0) {
            samples.add(new Sample(nowMs, events));
            sum += events;
        }
        while (!samples.isEmpty() && (samples.size() > SAMPLES_MAX || samples.peek().atMs < nowMs - WINDOW_MS)) {
            sum -= samples.poll().events;
        }
    }

    double perSecond() {
        return sum * 1_000.0 / WINDOW_MS;
    }

    void clear() {
        samples.clear();
        sum = 0;
    }
}
