package org.gavel.protocol.discovery;

import org.gavel.protocol.host.Host;

/**
 * When a starting party repeats its broadcast: after 0, 100, 200, 400 ms, then about every second, until it is answered. The jitter keeps nodes
 * that were switched on together from talking at the same instants for ever.
 */
public final class BroadcastSchedule {
    private static final long[] FIRST_MS = {0, 100, 200, 400};
    public static final long PERIOD_MS = 1_000;
    private static final long JITTER_MS = 200;

    private final Host host;
    private final Runnable broadcast;
    private Host.Cancellable next;
    private int sent;

    public BroadcastSchedule(Host host, Runnable broadcast) {
        this.host = host;
        this.broadcast = broadcast;
    }

    /** Begins anew with the quick repetitions. */
    public void start() {
        stop();
        sent = 0;
        next = host.schedule(0, this::send);
    }

    public void stop() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void send() {
        sent++;
        long delay = sent < FIRST_MS.length ? FIRST_MS[sent] - FIRST_MS[sent - 1]
            : PERIOD_MS - JITTER_MS / 2 + Math.floorMod(host.random(), JITTER_MS);
        next = host.schedule(delay, this::send);
        broadcast.run();
    }
}
