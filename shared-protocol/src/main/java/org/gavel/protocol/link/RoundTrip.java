package org.gavel.protocol.link;

/** The resend timer of RFC 6298, section 2, in ns inside; {@code G} (clock granularity) is 1 ms as the host's timers are. */
final class RoundTrip {
    private static final long GRANULARITY_NS = 1_000_000;

    private final LinkSettings settings;
    private long smoothedNs;
    private long variationNs;
    private long timerMs;
    private int backoff;
    private long sampledMs;

    RoundTrip(LinkSettings settings) {
        this.settings = settings;
        timerMs = settings.resendInitialMs();
    }

    /** A round trip of something sent exactly once (Karn's rule is the caller's). */
    void sample(long ns, long nowMs) {
        sampledMs = nowMs;
        if (smoothedNs == 0) {
            smoothedNs = Math.max(1, ns);
            variationNs = ns / 2;
        } else {
            variationNs += (Math.abs(smoothedNs - ns) - variationNs) / 4;
            smoothedNs = Math.max(1, smoothedNs + (ns - smoothedNs) / 8);
        }
        long ns4 = smoothedNs + Math.max(GRANULARITY_NS, 4 * variationNs);
        timerMs = Math.min(settings.resendMaxMs(), Math.max(settings.resendMinMs(), (ns4 + 999_999) / 1_000_000));
        backoff = 0;
    }

    /** A new link number begins. */
    void reopened() {
        backoff = 0;
    }

    /**
     * Stays until the next sample, as Karn and Partridge (1987) ask: an acknowledgement of what was sent twice does not end it. Else a path that has become
     * slower than the timer is never measured again, and each datagram goes over it twice and more for ever.
     */
    void expired() {
        backoff = Math.min(backoff + 1, 10);
    }

    long timerMs() {
        return Math.min(settings.resendMaxMs(), timerMs << backoff);
    }

    /** For who waits for an answer over a link that may have been idle: an old sample says no more than none. */
    long patienceMs(long nowMs) {
        boolean old = nowMs - sampledMs > settings.sampleLastsMs();
        return old ? Math.max(settings.resendInitialMs(), timerMs()) : timerMs();
    }

    long smoothedMicros() {
        return (smoothedNs + 999) / 1000;
    }
}
