package org.gavel.desktop.feed;

import java.util.Optional;
import org.gavel.desktop.replay.ReplayControls;
import org.gavel.node.client.AuctionHouse;

/**
 * A cluster as the window sees it: real, simulated or replayed; the window does not know which, except that the mode chip names it. The feed
 * gathers on a thread of its own; {@link #take} is called by the pump, 20 times a second.
 */
public interface ClusterFeed extends AutoCloseable {
    FeedMode mode();

    /** The cluster's name. */
    String cluster();

    /** Where it is, for people: 'port 45454 · loopback', 'seed 7', or a file's name. */
    String place();

    /** Everything since the last call. Never blocks. */
    FeedFrame take();

    /** The window can be seen: what this feed is to start by itself may start now. Called once, on a thread that may wait. */
    default void begin() { }

    /** Nodes that this feed has started on this machine, or is about to start; 0 if it starts none. */
    default int nodesOfItsOwn() {
        return 0;
    }

    /** The bidding side. In a replay every call fails with a sentence. */
    AuctionHouse house();

    NodeCommands nodes();

    /** The dials of a simulated cluster; empty for any other. */
    default Optional<SimulationControls> simulation() {
        return Optional.empty();
    }

    /** How a replay is driven; empty for any other. */
    default Optional<ReplayControls> replay() {
        return Optional.empty();
    }

    /** Takes a lost node out of the picture. */
    void dismiss(String uid);

    /** Ends the feed's threads and the processes that it started. */
    @Override
    void close();
}
