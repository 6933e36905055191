package org.gavel.desktop.shell;

import java.io.IOException;
import java.util.function.Function;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.DemoCluster;
import org.gavel.desktop.feed.FailedFeed;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.feed.LiveFeed;
import org.gavel.desktop.feed.LocalNodes;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.OwnProgram;
import org.gavel.protocol.identity.Uid;

/** Real clusters; local nodes are started from the very program that runs now. */
public final class LiveFeedSource implements FeedSource {
    private final OwnProgram program;
    private final Function<String, Uid> identities;

    /** @param identities lasting identity of a bidder by name */
    public LiveFeedSource(OwnProgram program, Function<String, Uid> identities) {
        this.program = program;
        this.identities = identities;
    }

    @Override
    public Uid uidOf(String name) {
        return identities.apply(name);
    }

    @Override
    public ClusterFeed live(FeedSettings settings) {
        return open(settings, new LocalNodes(program, settings.cluster(), settings.port(), settings.bind().equals("loopback")));
    }

    @Override
    public ClusterFeed demo(FeedSettings settings) {
        FeedSettings own = settings.withCluster(DemoCluster.CLUSTER).withBind("loopback").withPort(NodeProcesses.freePort());
        LocalNodes nodes = new LocalNodes(program, own.cluster(), own.port(), true);
        DemoCluster.plan(nodes);
        return open(own, nodes);
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
