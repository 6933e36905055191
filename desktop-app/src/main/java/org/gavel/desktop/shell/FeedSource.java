package org.gavel.desktop.shell;

import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.FeedSettings;

/** How feeds are opened; tests put theirs here. Called on a thread that may wait. */
public interface FeedSource {
    /** A live one. Never fails: what cannot be opened is a feed that says why. */
    ClusterFeed live(FeedSettings settings);

    /** A live one on a cluster of its own on this machine. */
    ClusterFeed demo(FeedSettings settings);
}
