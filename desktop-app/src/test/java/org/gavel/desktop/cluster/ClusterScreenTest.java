package org.gavel.desktop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.gavel.desktop.preferences.Preferences;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.snapshot.PngFile;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

class ClusterScreenTest {
    private static final int RING = 6;
    private static final Path PICTURES = Path.of("target", "pictures");

    private final FxRobot robot = new FxRobot();
    private final FakeFeed feed = FakeFeed.ringOf(RING);
    private TestWindow window;

    @AfterEach
    void close() {
        if (window != null) {
            window.close();
        }
    }

    private void open(FakeFeed shown, Preferences preferences, boolean readOnly, int nodes) {
        window = TestWindow.open(shown, preferences, readOnly);
        TestWindow.await(nodes + " nodes", () -> window.window().view().get().nodes().size() == nodes);
    }

    private void open() {
        open(feed, TestWindow.preferences(), false, RING);
    }

    private Node figure(int i) {
        return window.find(Ids.Cluster.node(Statuses.uid(i)), Node.class);
    }

    private void focus(int i) {
        Node figure = figure(i);
        TestWindow.run(figure::requestFocus);
    }

    private Uid selected() {
        return TestWindow.call(() -> window.window().selectedNode().get());
    }

    private void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        PngFile.write(TestWindow.call(() -> {
            window.window().scene().getRoot().applyCss();
            window.window().scene().getRoot().layout();
            return window.window().scene().snapshot(null);
        }), PICTURES.resolve(name + ".png"));
    }

    @Test
    void shouldWalkRoundTheRingByArrowKeysAndInspectByEnter() {
        open();
        focus(0);
        for (int i = 1; i <= RING; i++) {
            robot.push(KeyCode.RIGHT);
            assertThat(selected()).isEqualTo(Statuses.uid(i % RING));
        }
        robot.push(KeyCode.LEFT);
        assertThat(selected()).isEqualTo(Statuses.uid(RING - 1));
        Label name = window.find(Ids.Cluster.INSPECTOR_NAME, Label.class);
        assertThat(TestWindow.call(name::getText)).isEqualTo(Statuses.name(RING - 1));
        robot.push(KeyCode.ENTER);
        assertThat(TestWindow.call(() -> window.window().scene().getFocusOwner().getId())).startsWith("inspector-tab-");
    }

    @Test
    void shouldTellAScreenReaderWhoItIsAndHowItIs() {
        open();
        assertThat(TestWindow.call(() -> figure(0).getAccessibleText())).isEqualTo("birch, uid f000, INM, alive, names birch INM");
        feed.lose(Statuses.member(2, RING), "its port is gone");
        TestWindow.await("dead", () -> figure(2).getAccessibleText().equals("amber, uid cdde, idle, dead: its port is gone"));
    }

    @Test
    void shouldExplainEveryValueOfTheInspectorInSightAndToAScreenReader() {
        open();
        focus(0);
        TestWindow.await("the inspector shows it", () -> !rows().isEmpty());
        assertThat(TestWindow.call(() -> rows().stream().map(row -> ((Label) row.lookup(".meaning"))).filter(Label::isVisible).map(Label::getText).toList()))
            .contains("Larger tokens go on, smaller ones end here.").doesNotHaveDuplicates();
        assertThat(TestWindow.call(() -> rows().stream().map(Node::getAccessibleText).toList())).contains("passed / swallowed: 0 / 0. Larger tokens go on, smaller ones end here.");
    }

    private java.util.Set<Node> rows() {
        return window.find(Ids.Cluster.INSPECTOR_ROWS, Node.class).lookupAll(".inspector-row");
    }

    @Test
    void shouldShowOneLineOfCommitsForEachAuctionHoweverManyBidsThereAre() {
        open();
        feed.happen(new TraceEvent(1, Statuses.uid(1), "election", "elected", 2, Uid.NOBODY, "was elected"));
        for (int i = 1; i <= 20; i++) {
            feed.happen(new TraceEvent(1 + i, Statuses.uid(1), "replication", "committed", 2 + i % 2, Uid.NOBODY, "committed entry " + i));
        }
        TestWindow.await("each auction's newest commit, and the election still",
            () -> eventLines().equals(List.of("committed entry 20", "committed entry 19", "was elected")));
    }

    private List<String> eventLines() {
        return window.find(Ids.Cluster.EVENTS, Node.class).lookupAll(".event-sentence").stream().map(line -> ((Label) line).getText()).toList();
    }

    @Test
    void shouldKillOnlyAfterTheQuestionAndNotByAStrayEnter() {
        feed.say(Statuses.of(2, RING, "active", "lamp-3", null));
        open();
        focus(2);
        robot.push(KeyCode.K);
        TestWindow.await("the question", () -> robot.lookup("#" + Ids.Cluster.QUESTION).tryQuery().isPresent());
        assertThat(robot.lookup("#" + Ids.Cluster.QUESTION_YES).queryButton().getText()).isEqualTo("Kill amber");
        robot.push(KeyCode.ENTER);
        TestWindow.await("the question is gone", () -> robot.lookup("#" + Ids.Cluster.QUESTION).tryQuery().isEmpty());
        assertThat(feed.asked).isEmpty();
        focus(2);
        robot.push(KeyCode.K);
        TestWindow.await("the question again", () -> robot.lookup("#" + Ids.Cluster.QUESTION).tryQuery().isPresent());
        Button yes = robot.lookup("#" + Ids.Cluster.QUESTION_YES).queryButton();
        TestWindow.run(yes::fire);
        TestWindow.await("the command", () -> feed.asked.equals(List.of("kill cdde")));
    }

    @Test
    void shouldPauseForAsLongAsThePersonSays() {
        open();
        focus(3);
        robot.push(KeyCode.SPACE);
        TestWindow.await("the question", () -> robot.lookup("#" + Ids.Cluster.SECONDS).tryQuery().isPresent());
        Button yes = robot.lookup("#" + Ids.Cluster.QUESTION_YES).queryButton();
        TestWindow.run(yes::fire);
        TestWindow.await("the command", () -> feed.asked.equals(List.of("pause bccd 8000")));
    }

    @Test
    void shouldIsolateForAsLongAsThePersonSays() {
        open();
        focus(3);
        press(Ids.Cluster.ISOLATE);
        TestWindow.await("the question", () -> robot.lookup("#" + Ids.Cluster.SECONDS).tryQuery().isPresent());
        Spinner<?> seconds = robot.lookup("#" + Ids.Cluster.SECONDS).queryAs(Spinner.class);
        TestWindow.run(() -> {
            seconds.getEditor().setText("many");
            seconds.getEditor().setText("20");
        });
        Button yes = robot.lookup("#" + Ids.Cluster.QUESTION_YES).queryButton();
        assertThat(yes.getText()).isEqualTo("Isolate delta");
        TestWindow.run(yes::fire);
        TestWindow.await("the command", () -> feed.asked.equals(List.of("isolate bccd 20000")));
    }

    @Test
    void shouldForgetOnlyADeadNodeAndOnlyAfterTheQuestion() {
        open();
        focus(2);
        Button forget = window.find(Ids.Cluster.FORGET, Button.class);
        assertThat(TestWindow.call(forget::isDisabled)).as("while it is heard").isTrue();
        feed.lose(Statuses.member(2, RING), "its port is gone");
        TestWindow.await("dead", () -> !forget.isDisabled());
        press(Ids.Cluster.FORGET);
        TestWindow.await("the question", () -> robot.lookup("#" + Ids.Cluster.QUESTION).tryQuery().isPresent());
        robot.push(KeyCode.ENTER);
        TestWindow.await("a stray Enter says no", () -> robot.lookup("#" + Ids.Cluster.QUESTION).tryQuery().isEmpty());
        assertThat(feed.asked).isEmpty();
        press(Ids.Cluster.FORGET);
        TestWindow.await("the question again", () -> robot.lookup("#" + Ids.Cluster.QUESTION_YES).tryQuery().isPresent());
        Button yes = robot.lookup("#" + Ids.Cluster.QUESTION_YES).queryButton();
        assertThat(yes.getText()).isEqualTo("Forget amber");
        TestWindow.run(yes::fire);
        TestWindow.await("the command", () -> feed.asked.equals(List.of("forget cdde")));
    }

    @Test
    void shouldRestartByAKeyWhereThatIsPossibleAndSayWhyWhereItIsNot() {
        open();
        focus(1);
        robot.push(KeyCode.R);
        TestWindow.await("why not", () -> robot.lookup("Restart cedar: not possible").tryQuery().isPresent());
        assertThat(feed.asked).isEmpty();
        feed.lose(Statuses.member(1, RING), "its port is gone");
        feed.whyNoRestart("");
        Button restart = window.find(Ids.Cluster.RESTART, Button.class);
        TestWindow.await("it can be started again", () -> !restart.isDisabled());
        focus(1);
        robot.push(KeyCode.R);
        TestWindow.await("the command", () -> feed.asked.equals(List.of("restart deef")));
    }

    private void press(String id) {
        Button button = window.find(id, Button.class);
        TestWindow.run(button::fire);
    }

    @Test
    void shouldShowItselfBeforeItStartsNodesAndSayThatTheyStart() {
        FakeFeed starting = new FakeFeed();
        starting.nodesOfItsOwn(7);
        open(starting, TestWindow.preferences(), false, 0);
        assertThat(robot.lookup("Starting 7 nodes on this machine").tryQuery()).isPresent();
        assertThat(window.find(Ids.Cluster.START_DEMO, Button.class).getParent().isVisible()).as("nothing else is offered meanwhile").isFalse();
        TestWindow.await("it may begin", starting::hasBegun);
        starting.nodesOfItsOwn(0);
        TestWindow.await("all have ended", () -> robot.lookup("No cluster heard on port 45454").tryQuery().isPresent());
    }

    @Test
    void shouldOpenAuctionsOrEventsFromAStripInALowWindow() throws IOException {
        window = TestWindow.open(feed, TestWindow.preferences(), 1_000, 700);
        TestWindow.await("a ring", () -> window.window().view().get().nodes().size() == RING);
        Node events = window.find(Ids.Cluster.EVENTS, Node.class);
        ToggleButton open = window.find(Ids.Cluster.SHOW_EVENTS, ToggleButton.class);
        assertThat(TestWindow.call(() -> open.isVisible() && open.getParent().isVisible() && !events.isVisible())).isTrue();
        double before = ringHeight();
        TestWindow.run(open::fire);
        TestWindow.await("the events, and the ring above them", () -> events.isVisible() && ringHeight() < before);
        TestWindow.run(() -> figuresInside());
        picture("cluster-low-events");
        TestWindow.run(open::fire);
        TestWindow.await("the ring has its room again", () -> !events.isVisible() && ringHeight() == before);
    }

    private double ringHeight() {
        return TestWindow.call(() -> ((Region) window.window().scene().lookup("#" + Ids.Cluster.RING)).getHeight());
    }

    private void figuresInside() {
        Node ring = window.window().scene().lookup("#" + Ids.Cluster.RING);
        for (int i = 0; i < RING; i++) {
            Node name = window.window().scene().lookup("#" + Ids.Cluster.node(Statuses.uid(i))).lookup(".name");
            assertThat(ring.localToScene(ring.getLayoutBounds()).contains(name.localToScene(name.getBoundsInLocal()))).as("name of " + Statuses.name(i)).isTrue();
        }
    }

    @Test
    void shouldSayWhyANodeWithoutAllowFaultsCannotBeKilled() {
        feed.say(Statuses.allowingFaults(Statuses.member(1, RING), false));
        open();
        focus(1);
        Button kill = window.find(Ids.Cluster.KILL, Button.class);
        TestWindow.await("kill is off", kill::isDisabled);
        assertThat(TestWindow.call(kill::getAccessibleHelp)).isEqualTo("cedar was started without --allow-faults: it obeys no kill, pause or isolate");
        robot.push(KeyCode.K);
        assertThat(robot.lookup("#" + Ids.Cluster.QUESTION).tryQuery()).isEmpty();
    }

    @Test
    void shouldOfferNothingThatChangesAnythingInAReadOnlyWindow() {
        open(feed, TestWindow.preferences(), true, RING);
        for (String id : List.of(Ids.Cluster.KILL, Ids.Cluster.PAUSE, Ids.Cluster.ISOLATE, Ids.Cluster.RESTART, Ids.Cluster.FORGET)) {
            Button button = window.find(id, Button.class);
            assertThat(TestWindow.call(() -> button.isDisabled() && !button.getParent().getParent().isVisible())).as(id).isTrue();
        }
        assertThat(robot.lookup((Label label) -> label.getText().contains("K kills")).tryQuery()).isEmpty();
        assertThat(TestWindow.<Node>call(() -> window.window().scene().lookup("#" + Ids.START_NODE))).isNull();
        window.find(Ids.READ_ONLY_CHIP, Label.class);
    }

    @Test
    void shouldSayThatNobodyIsHeardAndWhatCanBeDone() throws IOException {
        open(new FakeFeed(), TestWindow.preferences(), false, 0);
        Node empty = window.find(Ids.Cluster.EMPTY, Node.class);
        assertThat(TestWindow.call(empty::isVisible)).isTrue();
        assertThat(robot.lookup("No cluster heard on port 45454").tryQuery()).isPresent();
        for (String id : List.of(Ids.Cluster.START_DEMO, Ids.Cluster.SIMULATE, Ids.Cluster.CHANGE_PORT, Ids.Cluster.COPY_COMMAND)) {
            assertThat(window.find(id, Button.class).isDisabled()).as(id).isFalse();
        }
        picture("cluster-empty");
    }

    @Test
    void shouldOfferTheSameByAClickOnTheRightButton() {
        open();
        focus(4);
        Node figure = figure(4);
        // As a platform does it on a right click or on the menu key; Monocle does neither.
        TestWindow.run(() -> figure.fireEvent(new ContextMenuEvent(ContextMenuEvent.CONTEXT_MENU_REQUESTED, 5, 5, 300, 300, false, null)));
        TestWindow.await("the menu", () -> robot.lookup("Kill…   K").tryQuery().isPresent());
        robot.push(KeyCode.ESCAPE);
        TestWindow.await("the menu is gone", () -> robot.lookup("Kill…   K").tryQuery().isEmpty());
    }

    @Test
    void shouldShowTwoSidesOfAPartitionAndALongName() throws IOException {
        String sixty = "a-node-whose-name-has-sixty-letters-because-somebody-wanted-it";
        NodeStatus s = Statuses.member(1, RING);
        feed.say(new NodeStatus(s.uid(), sixty, s.address(), 1, s.phase(), s.role(), "", s.view(), 1, s.inm(), false, s.successor(), s.predecessor(),
            List.of(), "IDLE", null, null, List.of(), 0, 0, 0, s.details()));
        for (int i = 4; i < RING; i++) {
            feed.say(Statuses.with(Statuses.member(i, RING), "idle", "", List.of(), i == 4));
        }
        open(feed, TestWindow.preferences().withDark(true), false, RING);
        feed.pass(3_100);
        TestWindow.await("two sides", () -> window.window().view().get().sides().size() == 2);
        assertThat(TestWindow.call(() -> window.window().scene().getRoot().lookupAll(".side").size())).isEqualTo(RING);
        assertThat(TestWindow.call(() -> window.window().scene().getRoot().lookupAll(".banner").size())).isEqualTo(1);
        picture("cluster-two-sides");
    }

    @Test
    void shouldGreyTheWholeRingWhenNobodyIsHeard() throws IOException {
        open();
        feed.pass(6_000);
        TestWindow.await("all grey", () -> window.window().scene().getRoot().lookupAll(".node-figure.stale").size() == RING);
        assertThat(TestWindow.call(() -> window.find(Ids.ALIVE_COUNT, Label.class).getText())).isEqualTo("none of 6 heard");
        picture("cluster-stale");
    }
}
