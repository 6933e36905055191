package org.gavel.desktop.shell;

import java.io.IOException;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.DemoCluster;
import org.gavel.desktop.feed.FailedFeed;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.feed.LiveFeed;
import org.gavel.desktop.feed.LocalNodes;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.OwnProgram;

/** Real clusters; local nodes are started from the very program that runs now. */
public final class LiveFeedSource implements FeedSource {
    private final OwnProgram program;

    public LiveFeedSource(OwnProgram program) {
        this.program = program;
    }

    @Override
    public ClusterFeed live(FeedSettings settings) {
        return open(settings, new LocalNodes(program, settings.cluster(), settings.port(), settings.bind().equals("loopback")));
    }

    @Override
    public ClusterFeed demo(FeedSettings settings) {
        FeedSettings own = settings.withCluster(DemoCluster.CLUSTER).withBind("loopback").withPort(NodeProcesses.freePort());
        LocalNodes nodes = new LocalNodes(program, own.cluster(), own.port(), true);
        ClusterFeed feed = open(own, nodes);
        DemoCluster.start(nodes);
        return feed;
    }

    private static ClusterFeed open(FeedSettings settings, LocalNodes nodes) {
        try {
            return LiveFeed.open(settings, nodes);
        } catch (IOException | IllegalArgumentException e) {
            nodes.close();
            return new FailedFeed(settings, e.getMessage());
        }
    }
}
