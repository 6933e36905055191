package org.gavel.desktop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.preferences.Preferences;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.snapshot.PngFile;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws the Cluster screen in its states, and looks that nothing stands over its neighbour's name. The pictures are left in target/pictures. */
class ClusterPicturesTest {
    private static final Path PICTURES = Path.of("target", "pictures");

    @ParameterizedTest
    @CsvSource({"8, true, 14, 1440, 900", "8, false, 14, 1000, 700", "8, false, 18, 1600, 1000", "11, true, 14, 1440, 900", "11, false, 14, 1000, 700", "12, true, 12, 1000, 700", "8, true, 18, 1000, 700", "11, false, 18, 1000, 700", "13, false, 14, 1440, 900",
        "100, true, 14, 1600, 1000", "100, false, 12, 1000, 700"})
    void shouldKeepEveryNameVisibleAndClearOfTheOthers(int nodes, boolean dark, int fontPx, int width, int height) throws IOException {
        FakeFeed feed = crisis(nodes);
        Preferences preferences = TestWindow.preferences().withDark(dark).withFontPx(fontPx);
        try (TestWindow window = TestWindow.open(feed, preferences, width, height)) {
            TestWindow.await("all nodes are drawn", () -> window.window().view().get().nodes().size() == nodes);
            feed.happen(tokens());
            TestWindow.await("tokens are drawn", () -> !window.window().view().get().tokens().isEmpty() || pass(feed));
            Files.createDirectories(PICTURES);
            PngFile.write(TestWindow.call(() -> {
                window.window().scene().getRoot().layout();
                return window.window().scene().snapshot(null);
            }), PICTURES.resolve("cluster-" + nodes + (dark ? "-dark-" : "-light-") + fontPx + "px-" + width + "x" + height + ".png"));
            TestWindow.run(() -> assertNames(window, width, height));
        }
    }

    @Test
    void shouldNotWriteOverTheGroupsArcsInTheSmallestRing() {
        try (TestWindow window = TestWindow.open(crisis(8), TestWindow.preferences().withFontPx(18), 1_000, 700)) {
            TestWindow.await("all nodes are drawn", () -> window.window().view().get().nodes().size() == 8 && !window.window().view().get().groups().isEmpty());
            TestWindow.run(() -> {
                window.window().scene().getRoot().applyCss();
                window.window().scene().getRoot().layout();
                Node ring = window.window().scene().lookup("#" + Ids.Cluster.RING);
                Node centre = ring.lookup(".ring-centre");
                Bounds words = centre.localToScene(centre.getLayoutBounds());
                assertThat(ring.lookupAll(".group-dot")).isNotEmpty().allMatch(dot -> !centre.isVisible() || !words.intersects(dot.localToScene(dot.getLayoutBounds())));
            });
        }
    }

    @Test
    void shouldKeepALongNameWithinTheRingsCard() {
        int nodes = 8;
        FakeFeed feed = FakeFeed.ringOf(nodes);
        for (int i : new int[] {2, 6}) {
            feed.say(Statuses.named(Statuses.member(i, nodes), "auction-house-node-with-forty-letters-in"));
        }
        try (TestWindow window = TestWindow.open(feed, TestWindow.preferences(), 1_000, 700)) {
            TestWindow.await("all nodes are drawn", () -> window.window().view().get().nodes().size() == nodes);
            TestWindow.run(() -> {
                window.window().scene().getRoot().applyCss();
                window.window().scene().getRoot().layout();
                Node ring = window.window().scene().lookup("#" + Ids.Cluster.RING);
                Bounds room = ring.localToScene(ring.getLayoutBounds());
                for (int i : new int[] {2, 6}) {
                    Node name = window.window().scene().lookup("#" + Ids.Cluster.node(Statuses.uid(i))).lookup(".name");
                    assertThat(room.contains(name.localToScene(name.getLayoutBounds()))).as(name + " in " + room).isTrue();
                }
            });
        }
    }

    private static boolean pass(FakeFeed feed) {
        feed.pass(20);
        return false;
    }

    private static void assertNames(TestWindow window, int width, int height) {
        Bounds whole = new BoundingBox(0, 0, width, height);
        List<NodeView> nodes = window.window().view().get().nodes();
        Bounds before = null;
        for (NodeView node : nodes) {
            Node figure = window.window().scene().lookup("#" + Ids.Cluster.node(node.uid()));
            Label name = (Label) figure.lookup(".name");
            assertThat(whole.contains(name.localToScene(name.getBoundsInLocal()))).as(node.name() + " is in the window").isTrue();
            Node words = figure.lookup(".node-label");
            Bounds bounds = words.localToScene(words.getBoundsInLocal());
            if (nodes.size() <= RingLayout.LEVEL_LABELS_MAX && before != null) {
                assertThat(before.intersects(bounds)).as(node.name() + " over its neighbour").isFalse();
            }
            before = bounds;
        }
    }

    /** An auction has just lost its active, one node is suspected. */
    private static FakeFeed crisis(int nodes) {
        FakeFeed feed = new FakeFeed();
        NodeStatus.LogStatus whole = log(41, 40, 41);
        for (int i = 0; i < nodes; i++) {
            NodeStatus status = switch (i) {
                // Side by side at the bottom of a ring of eleven.
                case 5, 6 -> nodes == 11 ? Statuses.of(i, nodes, "follower", "vase-4", whole) : Statuses.member(i, nodes);
                case 1, 3 -> Statuses.of(i, nodes, "follower", "lamp-3", whole);
                case 2 -> Statuses.of(i, nodes, "active", "lamp-3", log(41, 41, 41));
                case 4 -> Statuses.of(i, nodes, "follower", "lamp-3", log(40, 39, 40));
                case 0 -> Statuses.with(Statuses.member(i, nodes), "inm", Statuses.uid(0).toString(), List.of(Statuses.uid(6).toString()), false);
                default -> Statuses.member(i, nodes);
            };
            feed.say(status);
        }
        feed.market(new org.gavel.desktop.feed.Market(new AuctionList(List.of(), List.of(new AuctionInfo("lamp-3", "lamp", "electing", null, List.of(),
            12_500, "mika", 41, 41_000, null)), null), null, feed.nowMs(), ""));
        feed.lose(Statuses.of(2, nodes, "active", "lamp-3", null), "its port is gone");
        feed.happen(event(3, "heartbeat", "dead", "amber did not answer 2 probes: dead"), event(1, "heartbeat", "suspected", "suspects amber: port unreachable"),
            event(3, "election", "started", "election for epoch 5 in view 4.27: amber is dead"));
        return feed;
    }

    private static TraceEvent[] tokens() {
        return new TraceEvent[] {hop(1, 3, 1, 11), hop(3, 4, 3, 12), hop(4, 1, 4, 13)};
    }

    private static TraceEvent hop(int from, int to, int candidate, long number) {
        Uid uid = Statuses.uid(candidate);
        return new TraceEvent(1_000_000, Statuses.uid(from), "election", "token-sent", 7, uid, "sent " + uid.shortForm() + " to " + Statuses.uid(to).shortForm(),
            Statuses.uid(to), number);
    }

    private static TraceEvent event(int node, String protocol, String kind, String sentence) {
        return new TraceEvent(1_000_000, Statuses.uid(node), protocol, kind, 7, Statuses.uid(2), sentence);
    }

    private static NodeStatus.LogStatus log(long last, long commit, long heldTo) {
        List<String> tail = java.util.stream.LongStream.rangeClosed(Math.max(1, last - 7), heldTo)
            .mapToObj(i -> "1." + i + (i <= commit ? "+" : "-")).toList();
        return new NodeStatus.LogStatus("follower", 1, last, commit, tail, "");
    }
}
