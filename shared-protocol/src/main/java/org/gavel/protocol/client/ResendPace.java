package org.gavel.protocol.client;

import java.util.function.LongConsumer;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.wire.Message;

/**
 * How often a session's commands are sent again when the active says that it lacks one. It says so for each command behind the gap, and each sending again of k
 * commands may be answered k times: obeyed one by one, that multiplies without end. So the first word is obeyed at once, and what comes within
 * {@link #PACE_MS} of it by one more sending after that time.
 */
final class ResendPace {
    static final long PACE_MS = 100;

    private enum Timer { PAUSE }

    private final long session;
    private final LongConsumer resendFrom;
    private final Timers<Timer> timers;
    /** The lowest sequence asked for during the pause; 0: none. */
    private long asked;

    /** @param resendFrom sends all of the session from a sequence on, if there is somebody to send it to: it may come up to {@link #PACE_MS} late */
    ResendPace(Host host, long session, LongConsumer resendFrom) {
        this.session = session;
        this.resendFrom = resendFrom;
        timers = new Timers<>(host, timer -> onPauseOver());
    }

    void onResendFrom(Message.ResendFrom resend) {
        if (resend.session() == session) {
            asked(resend.fromSequence());
        }
    }

    private void asked(long sequence) {
        if (timers.isRunning(Timer.PAUSE)) {
            asked = asked == 0 ? sequence : Math.min(asked, sequence);
        } else {
            timers.set(Timer.PAUSE, PACE_MS);
            resendFrom.accept(sequence);
        }
    }

    private void onPauseOver() {
        if (asked != 0) {
            long sequence = asked;
            asked = 0;
            asked(sequence);
        }
    }
}
