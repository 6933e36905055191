package org.gavel.node.server;

import org.gavel.protocol.host.Host;

/**
 * Auction time: ms since the auction's open, advanced by the active's monotonic clock (protocol.md section 9). A follower follows what it
 * hears; a successor goes on from there. It stands still while no active can commit, and never runs backwards.
 */
final class AuctionClock {
    private final Host host;
    private long valueMs;
    private long sinceMs;
    private boolean running;

    AuctionClock(Host host) {
        this.host = host;
    }

    long nowMs() {
        return running ? valueMs + host.nowMs() - sinceMs : valueMs;
    }

    /** A value of the active, in an entry or a heartbeat. */
    void heard(long timeMs) {
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
