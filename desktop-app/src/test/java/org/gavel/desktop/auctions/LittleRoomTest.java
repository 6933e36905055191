package org.gavel.desktop.auctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.text.Text;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.TestWindow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Auctions screen where there is little room for it. A window of 600 px leaves as much as one of 700 px with the simulation's bar in two rows. */
class LittleRoomTest {
    private final FakeFeed feed = FakeFeed.ringOf(6);
    private final FakeHouse house = new FakeHouse();

    private TestWindow open(int fontPx, int height) {
        feed.house(house);
        feed.market(Auctions.market(feed.nowMs(), Auctions.info("lamp-1", "lamp", "running", 4_000, null, 0, 60_000)));
        TestWindow window = TestWindow.open(feed, TestWindow.preferences().withFontPx(fontPx), 1_000, height);
        TestWindow.run(() -> window.window().open(ScreenId.AUCTIONS));
        TestWindow.await("the auction is followed", () -> house.listeners.containsKey("lamp-1"));
        house.listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 4, 2_000, Auctions.ME, "mika", 6_000));
        TestWindow.await("leading", () -> ((Label) window.window().scene().lookup("#" + Ids.Auctions.TICKET_MESSAGE)).getText().equals("minimum is 65.00"));
        return window;
    }

    private static Parent laidOut(TestWindow window) {
        Parent root = window.window().scene().getRoot();
        root.applyCss();
        root.layout();
        return root;
    }

    private static void assertColumnsInSight(Node table) {
        double right = table.localToScene(table.getLayoutBounds()).getMaxX();
        assertThat(table.lookupAll(".column-header")).hasSizeGreaterThanOrEqualTo(4)
            .allMatch(column -> column.localToScene(column.getLayoutBounds()).getMaxX() < right + 1);
    }

    private static double bottom(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMaxY();
    }

    @ParameterizedTest
    @CsvSource({"14, 700", "18, 700", "18, 600"})
    void shouldKeepTheTicketTheFormsButtonsAndTheLastLineInSight(int fontPx, int height) {
        try (TestWindow window = open(fontPx, height)) {
            TestWindow.run(() -> {
                Parent root = laidOut(window);
                Node bar = root.lookup("#" + Ids.BOTTOM_BAR);
                double barsTop = bottom(bar) - bar.getLayoutBounds().getHeight();
                assertThat(bottom(bar)).isLessThanOrEqualTo(height + 0.5);
                for (String id : List.of(Ids.Auctions.TICKET, Ids.Auctions.BID, Ids.Auctions.TICKET_MESSAGE, Ids.Auctions.BOARD)) {
                    assertThat(bottom(root.lookup("#" + id))).as(id).isLessThanOrEqualTo(barsTop + 0.5);
                }
                window.window().newAuction();
                laidOut(window);
                ScrollPane form = (ScrollPane) root.lookup("#" + Ids.Auctions.START_FORM).getParent().getParent().getParent();
                form.setVvalue(1);
                laidOut(window);
                assertThat(bottom(root.lookup("#" + Ids.Auctions.START_BUTTON))).isLessThanOrEqualTo(barsTop + 0.5);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"14, 1440", "18, 1600", "18, 1300"})
    void shouldCutNoWordOfTheTableBesideTheRingButAnItemsTitle(int fontPx, int width) {
        feed.house(house);
        feed.market(Auctions.market(feed.nowMs(), Auctions.info("lamp-1", "lamp", "running", 4_000, null, 0, 60_000)));
        try (TestWindow window = TestWindow.open(feed, TestWindow.preferences().withFontPx(fontPx), width, 1_000)) {
            TestWindow.await("the auction is followed", () -> house.listeners.containsKey("lamp-1"));
            house.listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 4, 2_000, Auctions.ME, "mika", 6_000));
            TestWindow.await("leading", () -> window.window().board().get().get(0).you().equals("leading"));
            List<String> words = new ArrayList<>();
            TestWindow.run(() -> {
                Node table = laidOut(window).lookup("#" + Ids.Cluster.AUCTIONS);
                table.lookupAll(".text").stream().filter(Text.class::isInstance).forEach(text -> words.add(((Text) text).getText()));
                assertColumnsInSight(table);
            });
            assertThat(words).contains("leading", "60.00").filteredOn(text -> text.endsWith("...")).allMatch(text -> text.startsWith("Banker"));
        }
    }

    @ParameterizedTest
    @CsvSource({"12", "14", "16", "18"})
    void shouldDropColumnsRatherThanCutWordsOfTheBoard(int fontPx) {
        try (TestWindow window = open(fontPx, 700)) {
            List<String> cut = new ArrayList<>();
            TestWindow.run(() -> {
                Node board = laidOut(window).lookup("#" + Ids.Auctions.BOARD);
                board.lookupAll(".text").stream().filter(Text.class::isInstance).map(text -> ((Text) text).getText()).filter(text -> text.endsWith("...")).forEach(cut::add);
                assertColumnsInSight(board);
            });
            assertThat(cut).allMatch(text -> text.startsWith("Banker"));
        }
    }
}
