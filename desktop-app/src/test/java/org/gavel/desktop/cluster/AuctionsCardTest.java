package org.gavel.desktop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.gavel.desktop.feed.Market;
import org.gavel.desktop.screen.BoardLine;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The Cluster screen's small table of auctions. */
class AuctionsCardTest {
    private static final int RING = 9;

    private final FxRobot robot = new FxRobot();
    private final FakeFeed feed = FakeFeed.ringOf(RING);
    private TestWindow window;

    @AfterEach
    void close() {
        window.close();
    }

    private void open(boolean readOnly) {
        window = TestWindow.open(feed, TestWindow.preferences(), readOnly);
        TestWindow.await("the ring", () -> window.window().view().get().nodes().size() == RING);
    }

    /** Two auctions, each served by four nodes; the vase has no active. */
    private void sell() {
        for (int i = 1; i <= 4; i++) {
            feed.say(Statuses.of(i, RING, i == 2 ? "active" : "follower", "lamp-1", null));
            feed.say(Statuses.of(i + 4, RING, "follower", "vase-2", null));
        }
        List<AuctionInfo> auctions = List.of(new AuctionInfo("lamp-1", "lamp", "running", Statuses.uid(2).toString(), List.of(), 12_500, "tove", 41, 128_000, null),
            new AuctionInfo("vase-2", "vase", "electing", null, List.of(), 31_000, "juri", 7, 61_000, null));
        feed.market(new Market(new AuctionList(List.of(new ItemInfo("lamp", "Banker's lamp", null, 4_000, 500, null)), auctions, null), null, feed.nowMs(), ""));
        TestWindow.await("both are on the board", () -> table().getItems().size() == 2);
    }

    private TableView<?> table() {
        return window.find(Ids.Cluster.AUCTIONS, TableView.class);
    }

    private String chosenArc() {
        return window.window().scene().getRoot().lookupAll(".group-arc.chosen").stream().map(arc -> String.join(" ", arc.getStyleClass())).reduce("", String::concat);
    }

    private Uid inspected() {
        return TestWindow.call(() -> window.window().selectedNode().get());
    }

    @Test
    void shouldSayThatNoAuctionRunsAndOfferToStartOne() {
        open(false);
        assertThat(TestWindow.call(() -> window.find(Ids.Cluster.NO_AUCTIONS, Label.class).isVisible())).isTrue();
        assertThat(TestWindow.call(table()::isVisible)).isFalse();
        Button start = window.find(Ids.Cluster.NEW_AUCTION, Button.class);
        TestWindow.run(start::fire);
        TestWindow.await("the form", () -> window.window().front().id() == ScreenId.AUCTIONS && window.find(Ids.Auctions.START_FORM, Node.class).isVisible());
    }

    @Test
    void shouldShowEachAuctionInTheColumnsOfTheBoard() {
        open(false);
        sell();
        assertThat(table().getColumns()).extracting(column -> column.getText()).containsExactly("item", "high bid", "leader", "next", "ends", "you");
        BoardLine lamp = (BoardLine) table().getItems().get(0);
        assertThat(lamp.title() + " " + lamp.highBid() + " " + lamp.leader() + " " + lamp.ends()).isEqualTo("Banker's lamp 125.00 tove 2:08");
        assertThat(TestWindow.call(() -> window.find(Ids.Cluster.AUCTION_NOTICE, Label.class).getText())).isEqualTo("vase-2 waits for a leader: bids keep their place and are sent again.");
    }

    @Test
    void shouldSayTheSameInTheMiddleOfTheRingAndNothingThatNobodyHasSaid() {
        open(false);
        sell();
        TestWindow.await("its price", () -> middle().contains("lamp-1  125.00"));
        feed.market(new Market(new AuctionList(List.of(), List.of(new AuctionInfo("lamp-1", "lamp", "running", Statuses.uid(2).toString(), List.of(), 0, null, 0, 0, null)), null),
            null, feed.nowMs(), ""));
        TestWindow.await("a new INM has not heard it yet", () -> middle().contains("lamp-1") && !middle().contains("125.00"));
        assertThat(TestWindow.call(this::middle)).doesNotContain("0.00");
        for (int i = 0; i < RING; i++) {
            feed.lose(Statuses.member(i, RING), "its process has ended");
        }
        TestWindow.await("nobody", () -> middle().contains("nobody is heard"));
    }

    private String middle() {
        return window.window().scene().getRoot().lookup(".ring-centre").lookupAll(".label").stream().map(label -> ((Label) label).getText()).reduce("", (a, b) -> a + "|" + b);
    }

    @Test
    void shouldLightUpTheGroupOfTheChosenAuctionAndInspectItsActive() {
        open(false);
        sell();
        TestWindow.run(() -> table().getSelectionModel().select(0));
        TestWindow.await("its arc stands out", () -> chosenArc().contains("colour-0"));
        assertThat(inspected()).isEqualTo(Statuses.uid(2));
        TestWindow.run(() -> table().getSelectionModel().select(1));
        TestWindow.await("the other one does", () -> chosenArc().contains("electing") && !chosenArc().contains("colour"));
    }

    @Test
    void shouldLeaveArrowsAndEnterToTheTableWhileTheKeyboardIsInIt() {
        open(false);
        sell();
        TestWindow.run(() -> {
            table().requestFocus();
            table().getSelectionModel().select(0);
        });
        robot.push(KeyCode.DOWN);
        assertThat(TestWindow.call(() -> window.window().selectedAuction().get())).isEqualTo("vase-2");
        robot.push(KeyCode.UP);
        assertThat(inspected()).as("the ring was not walked").isEqualTo(Statuses.uid(2));
        robot.push(KeyCode.ESCAPE);
        assertThat(TestWindow.call(this::chosenArc)).isEmpty();
        robot.push(KeyCode.DOWN);
        String chosen = TestWindow.call(() -> window.window().selectedAuction().get());
        robot.push(KeyCode.ENTER);
        TestWindow.await("the auction itself", () -> window.window().front().id() == ScreenId.AUCTIONS
            && window.find(Ids.Auctions.DETAIL_ID, Label.class).getText().equals(chosen));
    }

    @Test
    void shouldOfferNoStartInAReadOnlyWindow() {
        open(true);
        assertThat(TestWindow.<Node>call(() -> window.window().scene().lookup("#" + Ids.Cluster.NEW_AUCTION))).isNull();
    }
}
