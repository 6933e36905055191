package org.gavel.desktop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.feed.LiveFeed;
import org.gavel.desktop.feed.LocalNodes;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.Health;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.model.Role;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.OwnProgram;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxRobot;

/** Real node processes behind the window: what is done to them is seen on the ring. One story, since starting processes is what takes time. */
class LiveClusterTest {
    private static final int NODES = 6;
    private static final String CLUSTER = "window-test";

    private final FxRobot robot = new FxRobot();

    private static FeedSettings settings(int port) {
        return new FeedSettings(CLUSTER, port, "loopback", List.of(), new Uid(7), "mika");
    }

    @Test
    @Timeout(240)
    void shouldShowWhatHappensToRealNodes() throws IOException {
        int port = NodeProcesses.freePort();
        LocalNodes nodes = new LocalNodes(OwnProgram.current(), CLUSTER, port, true);
        LiveFeed feed = LiveFeed.open(settings(port), nodes);
        try (TestWindow window = TestWindow.open(feed, TestWindow.preferences(), false)) {
            List<Uid> uids = startNodes(nodes);
            see(window, "one ring of all", LiveClusterTest::isOneRing);

            StartResult auction = feed.house().start(StartRequest.of("lamp", 120_000)).join();
            ClusterView view = see(window, "a gavel", v -> leading(v, Role.ACTIVE) != null && v.group(auction.auctionId()).isPresent());
            NodeView active = leading(view, Role.ACTIVE);
            kill(window, active);
            view = see(window, "the killed active hatched, another gavel", v -> health(v, active) == Health.DEAD && leading(v, Role.ACTIVE) != null
                && !leading(v, Role.ACTIVE).uid().equals(active.uid()));

            NodeView manager = leading(view, Role.INM);
            kill(window, manager);
            see(window, "another crown that all name", v -> leading(v, Role.INM) != null && !leading(v, Role.INM).uid().equals(manager.uid()) && v.leaders().agreed());

            feed.nodes().restart(active.uid()).join();
            feed.nodes().restart(manager.uid()).join();
            view = see(window, "all alive again", LiveClusterTest::isOneRing);

            NodeView idle = view.nodes().stream().filter(node -> node.role() == Role.IDLE && node.auctionId().isEmpty()).findFirst().orElseThrow();
            feed.nodes().pause(idle.uid(), 6_500).join();
            see(window, "the paused one suspected or late", v -> health(v, idle) != Health.ALIVE);
            see(window, "and cleared", v -> health(v, idle) == Health.ALIVE);

            loseEverybody(window, nodes, uids);
        }
    }

    private List<Uid> startNodes(LocalNodes nodes) {
        List<Uid> uids = new ArrayList<>();
        for (int i = NODES; i > 0; i--) {
            Uid uid = new Uid(((long) i << 60) | i);
            uids.add(uid);
            nodes.startNode(uid, "node-" + i);
        }
        return uids;
    }

    /** The ring goes grey, and comes back. */
    private void loseEverybody(TestWindow window, LocalNodes nodes, List<Uid> uids) {
        for (Uid uid : uids) {
            nodes.signal(uid);
        }
        see(window, "everything grey", ClusterView::isStale);
        Label badge = window.find(Ids.LEADER_BADGE, Label.class);
        assertThat(TestWindow.call(() -> badge.getStyleClass())).contains("stale");
        for (Uid uid : uids) {
            nodes.restart(uid);
        }
        see(window, "the ring is back", LiveClusterTest::isOneRing);
    }

    /** As a person does it: choose the node, press K, read the question, say yes. */
    private void kill(TestWindow window, NodeView victim) {
        TestWindow.run(() -> window.window().scene().lookup("#" + Ids.Cluster.node(victim.uid())).requestFocus());
        robot.push(KeyCode.K);
        TestWindow.await("the question", () -> robot.lookup("#" + Ids.Cluster.QUESTION_YES).tryQuery().isPresent());
        Button yes = robot.lookup("#" + Ids.Cluster.QUESTION_YES).queryButton();
        assertThat(yes.getText()).isEqualTo("Kill " + victim.name());
        TestWindow.run(yes::fire);
    }

    /** All of them, in one view that the INM's own answer names as well. */
    private static boolean isOneRing(ClusterView view) {
        return view.alive() == NODES && view.leaders().agreed() && !view.isStale()
            && view.nodes().stream().allMatch(node -> node.status().phase().equals("member") && node.status().view().equals(view.viewId()))
            && view.market().status() != null && view.market().status().viewId().equals(view.viewId());
    }

    private static NodeView leading(ClusterView view, Role role) {
        return view.nodes().stream().filter(node -> node.role() == role && node.health() == Health.ALIVE).findFirst().orElse(null);
    }

    private static Health health(ClusterView view, NodeView node) {
        return view.node(node.uid()).map(NodeView::health).orElse(Health.DEAD);
    }

    private static ClusterView see(TestWindow window, String what, Predicate<ClusterView> condition) {
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
}
