package org.gavel.desktop.shell;

import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.feed.SimulatedFeed;
import org.gavel.protocol.identity.Uid;

/** How feeds are opened; tests put theirs here. Called on a thread that may wait. */
public interface FeedSource {
    /** A live one. Never fails: what cannot be opened is a feed that says why. */
    ClusterFeed live(FeedSettings settings);

    /** A live one on a cluster of its own on this machine. */
    ClusterFeed demo(FeedSettings settings);

    /** The lasting identity of a bidder of this name on this machine. */
    Uid uidOf(String name);

    /** A whole cluster inside this window. */
    default ClusterFeed simulation(FeedSettings settings) {
        return SimulatedFeed.open(System.nanoTime() % SEEDS, SIMULATED_NODES, settings.name());
    }

    int SIMULATED_NODES = 7;
    /** Seeds that can be said aloud. */
    long SEEDS = 10_000;
}
