package org.gavel.protocol.client;

import org.gavel.protocol.host.Host;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/**
 * Broadcasts one question, 'where is the cluster' or 'where is the active of this auction', until it is stopped: at once, then after
 * growing pauses (protocol.md section 4).
 */
final class Lookup {
    /** Pauses between the broadcasts of a first search; the last one repeats. */
    static final long[] PAUSES_MS = {100, 200, 400, 1_000};
    /** After a crash hint a successor is due within a few hundred ms: ask densely at first, so that a bid need not wait for a pause. */
    static final long[] HURRIED_PAUSES_MS = {50, 50, 50, 50, 50, 50, 100, 100, 100, 200, 400, 1_000};

    private final Host host;
    private final Links links;
    private final String auctionId;
    private Host.Cancellable next;
    private long requestId;
    private long[] pausesMs;
    private int round;

    /** @param auctionId null: just the cluster */
    Lookup(Host host, Links links, String auctionId) {
        this.host = host;
        this.links = links;
        this.auctionId = auctionId;
    }

    boolean isRunning() {
        return next != null;
    }

    /** Asks at once and goes on asking; asking already, it does nothing. */
    void start(boolean hurried) {
        if (next == null) {
            pausesMs = hurried ? HURRIED_PAUSES_MS : PAUSES_MS;
            round = 0;
            requestId = host.random();
            ask();
        }
    }

    /** Whom it found turned us away: goes on with its pauses where they stood, else a house that names the wrong one would be asked as densely for ever. */
    void goOn(boolean hurried) {
        if (round == 0) {
            start(hurried);
        } else if (next == null) {
            next = host.schedule(pauseMs(), this::ask);
        }
    }

    /** It has found what it looked for: the next one is another search. */
    void conclude() {
        stop();
        round = 0;
    }

    void stop() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void ask() {
        links.broadcast(Links.NODE_GROUP, new Message.Lookup(requestId, auctionId));
        round++;
        next = host.schedule(pauseMs(), this::ask);
    }

    /** After the asks so far. */
    private long pauseMs() {
        return pausesMs[Math.min(round, pausesMs.length) - 1];
    }
}
