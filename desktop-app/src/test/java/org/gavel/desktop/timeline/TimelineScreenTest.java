package org.gavel.desktop.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

class TimelineScreenTest {
    private final FxRobot robot = new FxRobot();
    private final FakeFeed feed = FakeFeed.ringOf(3);
    private final TestWindow window = TestWindow.open(feed);
    private final Uid first = Uid.parseHex(Statuses.member(0, 3).uid());
    private final Uid second = Uid.parseHex(Statuses.member(1, 3).uid());

    @AfterEach
    void close() {
        window.close();
    }

    private TraceEvent event(Uid node, String kind, Uid peer, long message) {
        return new TraceEvent(1_000, node, "election", kind, 1, node, kind, peer, message);
    }

    private int lines() {
        return window.find(Ids.Timeline.LOG, ListView.class).getItems().size();
    }

    @Test
    void shouldLightUpWhatHappenedBeforeTheChosenEventAndFilterByWords() {
        TestWindow.run(() -> window.window().open(ScreenId.TIMELINE));
        assertThat(TestWindow.call(() -> window.window().scene().getFocusOwner().getId())).as("not the filter, in which keys are letters").isEqualTo(Ids.Timeline.LOG);
        feed.happen(event(first, "started", Uid.NOBODY, 0), event(first, "token-sent", second, 3), event(first, "later", Uid.NOBODY, 0),
            event(second, "token-passed", first, 3));
        TestWindow.await("four lines", () -> lines() == 4);
        SpaceTimePane diagram = window.find(Ids.Timeline.DIAGRAM, SpaceTimePane.class);
        assertThat(TestWindow.call(diagram::arrows)).hasSize(1);

        TestWindow.run(() -> window.find(Ids.Timeline.LOG, ListView.class).getSelectionModel().select(3));
        assertThat(TestWindow.call(diagram::lit)).containsExactlyInAnyOrder(1L, 2L, 4L);

        robot.press(KeyCode.CONTROL, KeyCode.F).release(KeyCode.F, KeyCode.CONTROL).write("token");
        TestWindow.await("two lines fit", () -> lines() == 2);
    }

    @Test
    void shouldDrawAndHideTheWaysThatTheLegendNames() {
        TestWindow.run(() -> window.window().open(ScreenId.TIMELINE));
        feed.happen(new TraceEvent(1_000, first, "replication", "append-sent", 2, Uid.NOBODY, "sends entry 7", second, 77),
            new TraceEvent(1_000, second, "replication", "append-received", 2, Uid.NOBODY, "has entry 7", first, 77), event(first, "token-sent", second, 3),
            event(second, "token-passed", first, 3));
        SpaceTimePane diagram = window.find(Ids.Timeline.DIAGRAM, SpaceTimePane.class);
        TestWindow.await("two messages", () -> diagram.arrows().size() == 2);
        assertThat(lines()).as("the log tells of the token only").isEqualTo(2);
        robot.clickOn("#" + Ids.Timeline.way("bid"));
        TestWindow.await("the token alone", () -> diagram.arrows().size() == 1);
        robot.clickOn("#" + Ids.Timeline.way("bid"));
        TestWindow.await("both again", () -> diagram.arrows().size() == 2);
    }

    @Test
    void shouldShortenALongNameRatherThanSqueezeItAndTellTheWholeLineInATip() {
        NodeStatus s = Statuses.member(0, 3);
        String sixty = "a-node-whose-name-has-sixty-letters-because-somebody-wants-it";
        feed.say(new NodeStatus(s.uid(), sixty, s.address(), 1, s.phase(), s.role(), "", s.view(), 1, s.inm(), false, s.successor(), s.predecessor(), List.of(), "IDLE",
            null, null, List.of(), 0, 0, 0, s.details()));
        TestWindow.run(() -> window.window().open(ScreenId.TIMELINE));
        feed.happen(event(first, "token-sent", second, 3), event(second, "token-passed", first, 3));
        TestWindow.await("two lines", () -> lines() == 2);
        SpaceTimePane diagram = window.find(Ids.Timeline.DIAGRAM, SpaceTimePane.class);
        assertThat(TestWindow.call(() -> diagram.head(first))).startsWith("a-node").endsWith("…");
        assertThat(TestWindow.call(() -> diagram.head(second))).isEqualTo(Statuses.name(1));
        TestWindow.await("the whole line", () -> window.find(Ids.Timeline.LOG, ListView.class).lookupAll(".list-cell").stream()
            .anyMatch(cell -> ((ListCell<?>) cell).getTooltip() != null && ((ListCell<?>) cell).getTooltip().getText().contains(sixty)));
    }

    @Test
    void shouldLeaveToTheFilterWhateverTheButtonsDoNotNeed() {
        TestWindow.run(() -> window.window().open(ScreenId.TIMELINE));
        TestWindow.run(() -> {
            window.window().scene().getRoot().applyCss();
            window.window().scene().getRoot().layout();
        });
        Region open = window.find(Ids.Timeline.OPEN_RECORDING, Region.class);
        Region buttons = (Region) open.getParent();
        assertThat(buttons.getWidth()).as("one row").isEqualTo(buttons.prefWidth(-1)).isLessThan(800);
        assertThat(buttons.getHeight()).isLessThan(2 * open.getHeight());
        assertThat(window.find(Ids.Timeline.FILTER, Region.class).getWidth()).isGreaterThan(250);
    }

    @Test
    void shouldStandStillWhileHeld() {
        TestWindow.run(() -> window.window().open(ScreenId.TIMELINE));
        feed.happen(event(first, "started", Uid.NOBODY, 0));
        TestWindow.await("one line", () -> lines() == 1);
        robot.clickOn("#" + Ids.Timeline.HOLD);
        feed.happen(event(second, "started", Uid.NOBODY, 0));
        TestWindow.await("it was taken in", () -> window.window().view().get().lastEvent() != null && window.window().view().get().lastEvent().node().equals(second));
        assertThat(TestWindow.call(this::lines)).isEqualTo(1);
        robot.clickOn("#" + Ids.Timeline.HOLD);
        TestWindow.await("both", () -> lines() == 2);
    }
}
