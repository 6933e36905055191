package org.gavel.node.server;

import org.gavel.protocol.host.Host;

/**
 * Auction time: ms since the auction's open, advanced by the active's monotonic clock (protocol.md section 9). A follower follows what it
 * hears; a successor goes on from there. It stands still while no active can commit, and never falls behind what was heard.
 */
final class AuctionClock {
    private final Host host;
    private long valueMs;
    private long sinceMs;
    private long heardMs;
    private long lastBeatMs = -1;
    private boolean running;

    AuctionClock(Host host) {
        this.host = host;
    }

    long nowMs() {
        return running ? valueMs + host.nowMs() - sinceMs : valueMs;
    }

    /**
     * A heartbeat of the active. If it shows the same time as the one before, the active's clock stands, as while it is paused; ours, which ran on meanwhile, goes
     * back to what was heard, or a successor would end the auction for time in which nobody could bid.
     */
    void heardBeat(long timeMs) {
        if (timeMs > lastBeatMs) {
            lastBeatMs = timeMs;
            heard(timeMs);
            start();
        } else if (timeMs == lastBeatMs && running) {
            running = false;
            valueMs = heardMs;
        }
    }

    /** A value of the active, in an entry or a heartbeat. */
    void heard(long timeMs) {
        heardMs = Math.max(heardMs, timeMs);
        if (timeMs > nowMs()) {
            valueMs = timeMs;
            sinceMs = host.nowMs();
        }
    }

    /** This node leads and commits. */
    void start() {
        if (!running) {
            running = true;
            sinceMs = host.nowMs();
        }
    }

    /** An active is heard: its clock runs, so ours runs with it. */
    void follow() {
        start();
    }

    /** The active is lost, or cannot commit. */
    void stop() {
        valueMs = nowMs();
        running = false;
    }
}
