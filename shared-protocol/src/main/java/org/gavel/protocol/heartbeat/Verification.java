package org.gavel.protocol.heartbeat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.NodeRef;

/** The probes of one suspicion: when each is due, and what they are called on the wire. */
final class Verification {
    enum Kind { DIRECT, INDIRECT, VERDICT }

    /** @param offsetMs after the round began */
    record Step(long offsetMs, Kind kind) { }

    final String why;
    final boolean hinted;
    final long beganMs;
    /** When the present round of probes began; later than {@link #beganMs} if a late timer gave it another round. */
    long roundBeganMs;
    final List<Step> steps;
    int nextStep;
    int extraRounds;
    int indirectSent;
    final List<Long> nonces = new ArrayList<>();

    private Verification(String why, boolean hinted, long nowMs, List<Step> steps) {
        this.why = why;
        this.hinted = hinted;
        this.beganMs = nowMs;
        this.roundBeganMs = nowMs;
        this.steps = steps;
    }

    /** After a hint: all probes at once, and twice the link's resend timer for an answer; never longer than without a hint. */
    static Verification hinted(String why, long nowMs, long resendTimerMs, HeartbeatSettings settings) {
        long verdictMs = Math.min(settings.verdictMs(), Math.max(settings.hintVerdictMinMs(), 2 * resendTimerMs));
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < settings.directProbes(); i++) {
            steps.add(new Step(0, Kind.DIRECT));
        }
        for (int i = 0; i < settings.indirectProbes(); i++) {
            steps.add(new Step(0, Kind.INDIRECT));
        }
        steps.add(new Step(verdictMs, Kind.VERDICT));
        return new Verification(why, true, nowMs, steps);
    }

    /** After silence: direct and indirect probes in turn, spread so that the last one still has time to be answered. */
    static Verification silent(String why, long nowMs, HeartbeatSettings settings) {
        List<Step> steps = new ArrayList<>();
        int probes = settings.directProbes() + settings.indirectProbes();
        int direct = settings.directProbes();
        int indirect = settings.indirectProbes();
        for (int i = 0; i < probes; i++) {
            boolean takeDirect = direct > 0 && (i % 2 == 0 || indirect == 0);
            steps.add(new Step(settings.verdictMs() * i / (probes + 1), takeDirect ? Kind.DIRECT : Kind.INDIRECT));
            if (takeDirect) {
                direct--;
            } else {
                indirect--;
            }
        }
        steps.add(new Step(settings.verdictMs(), Kind.VERDICT));
        return new Verification(why, false, nowMs, steps);
    }

    Suspicion status(NodeRef peer) {
        return new Suspicion(peer, why, hinted, beganMs, verdictDueMs());
    }

    Step step() {
        return steps.get(nextStep);
    }

    long stepDueMs() {
        return roundBeganMs + step().offsetMs();
    }

    long verdictDueMs() {
        return roundBeganMs + steps.get(steps.size() - 1).offsetMs();
    }

    /** How long one round takes. */
    long lengthMs() {
        return steps.get(steps.size() - 1).offsetMs();
    }

    void beginExtraRound(long nowMs) {
        extraRounds++;
        roundBeganMs = nowMs;
        nextStep = 0;
    }
}
