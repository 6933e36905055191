package org.gavel.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.desktop.testing.TestWindow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

class MainWindowTest {
    private final FxRobot robot = new FxRobot();
    private final FakeFeed feed = FakeFeed.ringOf(6);
    private final TestWindow window = TestWindow.open(feed);

    @AfterEach
    void close() {
        window.close();
    }

    private String text(String id) {
        Label label = window.find(id, Label.class);
        return TestWindow.call(label::getText);
    }

    @Test
    void shouldNameTheManagerAndCountTheLivingOnceNodesAreHeard() {
        TestWindow.await("6 of 6 alive", () -> text(Ids.ALIVE_COUNT).equals("6 of 6 alive"));
        assertThat(text(Ids.LEADER_BADGE)).isEqualTo("✓ all name birch as INM");
        assertThat(text(Ids.VIEW_NUMBER)).isEqualTo("view 1.1");
        assertThat(text(Ids.MODE_CHIP)).isEqualTo("LIVE");
    }

    @Test
    void shouldOpenEveryScreenByItsKeyAndByTheRail() {
        for (ScreenId screen : ScreenId.values()) {
            robot.press(KeyCode.CONTROL, KeyCode.values()[KeyCode.DIGIT1.ordinal() + screen.ordinal()]).release(KeyCode.CONTROL,
                KeyCode.values()[KeyCode.DIGIT1.ordinal() + screen.ordinal()]);
            TestWindow.await(screen + " is in front", () -> window.window().front().id() == screen);
            assertThat(window.find(Ids.rail(screen), ToggleButton.class).isSelected()).isTrue();
            window.find(Ids.screen(screen), javafx.scene.Parent.class);
        }
        robot.clickOn("#" + Ids.rail(ScreenId.CLUSTER));
        TestWindow.await("the cluster is in front", () -> window.window().front().id() == ScreenId.CLUSTER);
    }

    @Test
    void shouldGiveTheKeyboardToTheScreenThatComesToTheFront() {
        TestWindow.await("6 of 6 alive", () -> text(Ids.ALIVE_COUNT).equals("6 of 6 alive"));
        for (ScreenId screen : List.of(ScreenId.AUCTIONS, ScreenId.PREFERENCES, ScreenId.CHARTS, ScreenId.TIMELINE, ScreenId.CLUSTER)) {
            TestWindow.run(() -> window.window().open(screen));
            TestWindow.await(screen + " has the focus", () -> isWithin(window.window().scene().getFocusOwner(), Ids.screen(screen)));
        }
        TestWindow.run(() -> window.window().scene().lookup("#" + Ids.Cluster.node(Statuses.uid(2))).requestFocus());
        TestWindow.run(() -> window.window().open(ScreenId.PREFERENCES));
        TestWindow.run(() -> window.window().open(ScreenId.CLUSTER));
        assertThat(TestWindow.call(() -> window.window().scene().getFocusOwner().getId())).as("where the person was").isEqualTo(Ids.Cluster.node(Statuses.uid(2)));
    }

    private static boolean isWithin(Node node, String id) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (id.equals(at.getId())) {
                return true;
            }
        }
        return false;
    }

    @Test
    void shouldListTheKeysByF1AndByAQuestionMark() {
        for (boolean byF1 : new boolean[] {true, false}) {
            if (byF1) {
                robot.type(KeyCode.F1);
            } else {
                // The robot's keyboard has no question mark.
                TestWindow.run(() -> Event.fireEvent(window.window().scene().getFocusOwner(),
                    new KeyEvent(KeyEvent.KEY_PRESSED, "?", "?", KeyCode.SLASH, true, false, false, false)));
            }
            TestWindow.await("the sheet", () -> robot.lookup("#" + Ids.HELP_SHEET).tryQuery().isPresent());
            assertThat(robot.lookup("send the bid; Enter alone does nothing").tryQuery()).isPresent();
            robot.type(KeyCode.ESCAPE);
            TestWindow.await("it is gone", () -> robot.lookup("#" + Ids.HELP_SHEET).tryQuery().isEmpty());
        }
    }

    @Test
    void shouldNameEachClaimWhenNodesDisagreeOnTheirManager() {
        feed.say(Statuses.with(Statuses.member(3, 6), "inm", Statuses.uid(3).toString(), List.of(), false));
        TestWindow.await("a cross and both claims", () -> text(Ids.LEADER_BADGE).startsWith("✗") && text(Ids.LEADER_BADGE).contains("birch")
            && text(Ids.LEADER_BADGE).contains(Statuses.name(3)));
    }

    @Test
    void shouldStartANodeHereOrSayWhyNot() {
        TestWindow.await("6 of 6 alive", () -> text(Ids.ALIVE_COUNT).equals("6 of 6 alive"));
        robot.clickOn("#" + Ids.START_NODE);
        TestWindow.await("asked", () -> feed.asked.contains("start"));
        feed.whyNoStart("32 nodes run on this machine already");
        TestWindow.await("no more", () -> window.find(Ids.START_NODE, Button.class).isDisabled());
    }

    @Test
    void shouldTakeLettersForLettersWhileSomebodyTypes() {
        TestWindow.run(() -> window.window().open(ScreenId.TIMELINE));
        robot.press(KeyCode.CONTROL, KeyCode.F).release(KeyCode.F, KeyCode.CONTROL).type(KeyCode.B).type(KeyCode.N).type(KeyCode.K);
        assertThat(window.find(Ids.Timeline.FILTER, TextField.class).getText()).isEqualTo("bnk");
        assertThat(window.window().front().id()).isEqualTo(ScreenId.TIMELINE);
    }

    @Test
    void shouldEndItsFeedWhenItCloses() {
        window.close();
        assertThat(feed.isClosed()).isTrue();
    }
}
