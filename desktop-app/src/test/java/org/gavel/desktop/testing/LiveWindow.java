package org.gavel.desktop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.feed.LiveFeed;
import org.gavel.desktop.feed.LocalNodes;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.Health;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.model.Role;
import org.gavel.desktop.screen.Ids;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.OwnProgram;
import org.gavel.protocol.identity.Uid;
import org.testfx.api.FxRobot;

/** A window on real node processes of this machine, in a cluster of their own. All end with it. */
public final class LiveWindow implements AutoCloseable {
    private static final String CLUSTER = "window-test";
    private static final Uid BIDDER = new Uid(7);

    private final FxRobot robot = new FxRobot();
    private final FeedSettings settings;
    private final LocalNodes nodes;
    private final LiveFeed feed;
    private final TestWindow window;
    private final List<Uid> uids = new ArrayList<>();

    private LiveWindow() throws IOException {
        settings = new FeedSettings(CLUSTER, NodeProcesses.freePort(), "loopback", List.of(), BIDDER, "mika");
        nodes = new LocalNodes(OwnProgram.current(), CLUSTER, settings.port(), true);
        feed = LiveFeed.open(settings, nodes);
        window = TestWindow.open(feed, settings, TestWindow.sameFeed(feed), TestWindow.preferences(), false);
    }

    /** With so many nodes, which are on their way. */
    public static LiveWindow open(int nodeCount) throws IOException {
        LiveWindow live = new LiveWindow();
        for (int i = nodeCount; i > 0; i--) {
            Uid uid = new Uid(((long) i << 60) | i);
            live.uids.add(uid);
            live.nodes.startNode(uid, "node-" + i);
        }
        return live;
    }

    public TestWindow window() {
        return window;
    }

    public LiveFeed feed() {
        return feed;
    }

    public FeedSettings settings() {
        return settings;
    }

    public LocalNodes nodes() {
        return nodes;
    }

    /** Of all that were started first. */
    public List<Uid> uids() {
        return List.copyOf(uids);
    }

    /** Waits until the window's picture is so. */
    public ClusterView see(String what, Predicate<ClusterView> condition) {
        ClusterView[] seen = {ClusterView.EMPTY};
        try {
            TestWindow.await(what, () -> {
                seen[0] = window.window().view().get();
                return condition.test(seen[0]);
            });
        } catch (AssertionError e) {
            throw new AssertionError("not seen: " + what + "; last: " + seen[0].nodes().stream().map(node -> node.name() + " " + node.duty() + " " + node.health()
                + " " + node.status().phase() + " view " + node.status().view()).toList() + " " + seen[0].banners(), e);
        }
        return seen[0];
    }

    /** All of them, in one view that the INM's own answer names as well. */
    public boolean isOneRing(ClusterView view) {
        return view.alive() == uids.size() && view.leaders().agreed() && !view.isStale()
            && view.nodes().stream().allMatch(node -> node.status().phase().equals("member") && node.status().view().equals(view.viewId()))
            && view.market().status() != null && view.market().status().viewId().equals(view.viewId());
    }

    /** Of a living node; null if there is none. */
    public static NodeView leading(ClusterView view, Role role) {
        return view.nodes().stream().filter(node -> node.role() == role && node.health() == Health.ALIVE).findFirst().orElse(null);
    }

    public static Health health(ClusterView view, NodeView node) {
        return view.node(node.uid()).map(NodeView::health).orElse(Health.DEAD);
    }

    /** As a person does it on the Cluster screen: choose the node, press K, read the question, say yes. */
    public void kill(NodeView victim) {
        TestWindow.run(() -> window.window().scene().lookup("#" + Ids.Cluster.node(victim.uid())).requestFocus());
        robot.push(KeyCode.K);
        TestWindow.await("the question", () -> robot.lookup("#" + Ids.Cluster.QUESTION_YES).tryQuery().isPresent());
        Button yes = robot.lookup("#" + Ids.Cluster.QUESTION_YES).queryButton();
        assertThat(yes.getText()).isEqualTo("Kill " + victim.name());
        TestWindow.run(yes::fire);
    }

    /** As a person does it there: choose the dead node, press R. */
    public void restart(NodeView ended) {
        TestWindow.run(() -> window.window().scene().lookup("#" + Ids.Cluster.node(ended.uid())).requestFocus());
        robot.push(KeyCode.R);
    }

    @Override
    public void close() {
        window.close();
    }
}
