package org.gavel.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import org.gavel.desktop.feed.FailedFeed;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.feed.SimulatedFeed;
import org.gavel.desktop.feed.SimulationControls.Dials;
import org.gavel.desktop.model.ClusterModel;
import org.gavel.desktop.replay.Recorder;
import org.gavel.desktop.replay.ReplayFeed;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Tick;
import org.gavel.desktop.feed.FeedFrame;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** The window in front of each kind of feed: the chip names it, and its bar drives it. */
class ModesTest {
    private static final long SEED = 11;

    @TempDir
    Path folder;
    private final FxRobot robot = new FxRobot();

    private static String text(TestWindow window, String id) {
        return TestWindow.call(() -> window.find(id, Label.class).getText());
    }

    private static boolean isSeen(TestWindow window, String id) {
        return TestWindow.call(() -> window.find(id, Node.class).isVisible());
    }

    private static void turn(TestWindow window, String id, double value) {
        TestWindow.run(() -> window.find(id, Slider.class).setValue(value));
    }

    @Test
    void shouldDriveASimulatedClusterByItsDials() {
        SimulatedFeed feed = SimulatedFeed.open(SEED, 5, "mika");
        try (TestWindow window = TestWindow.open(feed)) {
            TestWindow.await("five nodes", () -> window.window().view().get().alive() == 5);
            assertThat(text(window, Ids.MODE_CHIP)).isEqualTo("SIMULATION");
            turn(window, Ids.SIMULATION_SPEED, Math.log10(SimulatedFeed.SPEED_MAX));
            TestWindow.await("one INM", () -> window.window().view().get().leaders().agreed());
            turn(window, Ids.SIMULATION_LOSS, 3);
            turn(window, Ids.SIMULATION_DELAY, 40);
            turn(window, Ids.SIMULATION_CRASHES, 2);
            TestWindow.await("all dials have turned", () -> feed.dials().equals(new Dials(false, SimulatedFeed.SPEED_MAX, 3, 40, false, 2)));
            robot.clickOn("#" + Ids.SIMULATION_CUT);
            TestWindow.await("cut", () -> feed.dials().cut() && !window.find(Ids.SIMULATION_HEAL, Button.class).isDisabled());
            robot.clickOn("#" + Ids.SIMULATION_HEAL);
            TestWindow.await("whole again", () -> !feed.dials().cut());
            robot.clickOn("#" + Ids.SIMULATION_PAUSE);
            TestWindow.await("it stands still", () -> feed.dials().paused() && window.find(Ids.SIMULATION_PAUSE, Button.class).getText().equals("Play"));
            long still = window.window().view().get().nowMs();
            Button step = window.find(Ids.SIMULATION_STEP, Button.class);
            TestWindow.await("further, though a step may stay within its millisecond", () -> {
                step.fire();
                return window.window().view().get().nowMs() > still && feed.dials().paused();
            });
        }
    }

    @Test
    void shouldPlayStepAndScrubARecording() throws IOException {
        try (TestWindow window = TestWindow.open(ReplayFeed.open(recorded()))) {
            TestWindow.await("three nodes", () -> window.window().view().get().nodes().size() == 3);
            assertThat(text(window, Ids.MODE_CHIP)).isEqualTo("REPLAY");
            assertThat(isSeen(window, Ids.REPLAY_BAR)).isTrue();
            assertThat(isSeen(window, Ids.SIMULATION_BAR)).isFalse();
            turn(window, Ids.REPLAY_SCRUB, 0);
            robot.clickOn("#" + Ids.REPLAY_STEP);
            TestWindow.await("at the first event, standing", () -> window.window().view().get().lastSentence().contains("first")
                && window.find(Ids.REPLAY_PLAY, Button.class).getText().equals("Play"));
            robot.clickOn("#" + Ids.REPLAY_STEP);
            TestWindow.await("at the second", () -> window.window().view().get().lastSentence().contains("second"));
            robot.clickOn("#" + Ids.REPLAY_BACK);
            TestWindow.await("back at the first", () -> window.window().view().get().lastSentence().contains("first"));
        }
    }

    @Test
    void shouldOfferNothingInARecordingThatOnlyALiveClusterCanDo() throws IOException {
        Path late = folder.resolve("late.jsonl");
        java.nio.file.Files.writeString(late, "{\"gavelTrace\":1,\"cluster\":\"x\"}\n{\"atMs\":1,\"lost\":\"01\"}\n{\"atMs\":90001,\"lost\":\"01\"}\n");
        ReplayFeed feed = ReplayFeed.open(late);
        feed.play(false);
        try (TestWindow window = TestWindow.open(feed)) {
            TestWindow.await("it says why nobody is seen", () -> robot.lookup("Nobody is heard at this place of the recording").tryQuery().isPresent());
            for (String id : List.of(Ids.Cluster.START_DEMO, Ids.Cluster.COPY_COMMAND)) {
                assertThat(TestWindow.call(() -> window.find(id, Button.class).getParent().isVisible())).as(id).isFalse();
            }
            assertThat(isSeen(window, Ids.Cluster.NEW_AUCTION)).isFalse();
            assertThat(text(window, Ids.Cluster.NO_AUCTIONS)).startsWith("A recording holds no board");
            robot.type(javafx.scene.input.KeyCode.N);
            assertThat(isSeen(window, Ids.Auctions.START_FORM)).isFalse();
        }
    }

    @Test
    void shouldKeepTheReplaysDialsApart() throws IOException {
        try (TestWindow window = TestWindow.open(ReplayFeed.open(recorded()))) {
            TestWindow.await("three nodes", () -> window.window().view().get().nodes().size() == 3);
            TestWindow.run(() -> {
                window.window().scene().getRoot().applyCss();
                window.window().scene().getRoot().layout();
                double end = 0;
                for (Node part : window.find(Ids.REPLAY_BAR, javafx.scene.layout.HBox.class).getChildren()) {
                    assertThat(part.getBoundsInParent().getMinX()).as(part.toString()).isGreaterThan(end + 2);
                    end = part.getBoundsInParent().getMaxX();
                }
            });
        }
    }

    @Test
    void shouldShowAllKeysInASmallWindowWithTheLargestFont() {
        try (TestWindow window = TestWindow.open(FakeFeed.ringOf(3), TestWindow.preferences().withFontPx(18), 1_000, 700)) {
            TestWindow.run(window.window()::help);
            TestWindow.await("the sheet", () -> robot.lookup("#" + Ids.HELP_SHEET).tryQuery().isPresent());
            Node sheet = robot.lookup("#" + Ids.HELP_SHEET).query();
            assertThat(TestWindow.call(() -> sheet.getScene().getHeight())).isLessThan(700);
            robot.push(javafx.scene.input.KeyCode.ESCAPE);
        }
    }

    private Path recorded() throws IOException {
        FakeFeed feed = FakeFeed.ringOf(3);
        Recorder recorder = new Recorder();
        ClusterModel model = new ClusterModel();
        for (String word : List.of("", "first", "second", "third")) {
            feed.pass(20_000);
            feed.happen(word.isEmpty() ? new TraceEvent[0] : new TraceEvent[] {new TraceEvent(1, new Uid(1), "election", "started", 1, Uid.NOBODY, word, new Uid(2), 9)});
            FeedFrame frame = feed.take();
            recorder.record(new Tick(model.absorb(frame), frame.events(), frame.reset()));
        }
        Path file = folder.resolve("trace.jsonl");
        recorder.write(file.toFile(), "test");
        return file;
    }

    @Test
    void shouldSayWhyAFeedCouldNotBeOpened() {
        FeedSettings settings = new FeedSettings("hall", 45_454, "no-such-card", List.of(), new Uid(7), "mika");
        try (TestWindow window = TestWindow.open(new FailedFeed(settings, "there is no network card 'no-such-card'; choose another in the preferences"))) {
            TestWindow.await("the reason, in a line across the window", () -> window.window().scene().getRoot().lookupAll(".banner").stream()
                .anyMatch(line -> ((Label) line).getText().startsWith("there is no network card")));
        }
    }
}
