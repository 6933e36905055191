package org.gavel.protocol.link;

/** The resend timer of RFC 6298, section 2, in ns inside; {@code G} (clock granularity) is 1 ms as the host's timers are. */
final class RoundTrip {
    private static final long GRANULARITY_NS = 1_000_000;

    private final LinkSettings settings;
    private long smoothedNs;
    private long variationNs;
    private long timerMs;
    private int backoff;

    RoundTrip(LinkSettings settings) {
        this.settings = settings;
        timerMs = settings.resendInitialMs();
    }

    /** A round trip of something sent exactly once (Karn's rule is the caller's). */
    void sample(long ns) {
        if (smoothedNs == 0) {
            smoothedNs = Math.max(1, ns);
            variationNs = ns / 2;
        } else {
            variationNs += (Math.abs(smoothedNs - ns) - variationNs) / 4;
            smoothedNs = Math.max(1, smoothedNs + (ns - smoothedNs) / 8);
        }
        long ns4 = smoothedNs + Math.max(GRANULARITY_NS, 4 * variationNs);
        timerMs = Math.min(settings.resendMaxMs(), Math.max(settings.resendMinMs(), (ns4 + 999_999) / 1_000_000));
    }

    /** Something new was acknowledged: the path works, whatever was lost before. */
    void progressed() {
        backoff = 0;
    }

    void expired() {
        backoff = Math.min(backoff + 1, 10);
    }

    long timerMs() {
        return Math.min(settings.resendMaxMs(), timerMs << backoff);
    }

    long smoothedMicros() {
        return (smoothedNs + 999) / 1000;
    }
}
