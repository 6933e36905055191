package org.gavel.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.FakeFeed;
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
    void shouldEndItsFeedWhenItCloses() {
        window.close();
        assertThat(feed.isClosed()).isTrue();
    }
}
