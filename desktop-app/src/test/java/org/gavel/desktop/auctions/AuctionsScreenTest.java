package org.gavel.desktop.auctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.controlsfx.control.SearchableComboBox;
import org.gavel.desktop.feed.Market;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.Outcome;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

class AuctionsScreenTest {
    private final FxRobot robot = new FxRobot();
    private final FakeFeed feed = FakeFeed.ringOf(6);
    private final FakeHouse house = new FakeHouse();
    private TestWindow window;

    @AfterEach
    void close() {
        window.close();
    }

    private void open(boolean readOnly, AuctionInfo... auctions) {
        feed.house(house);
        feed.market(Auctions.market(feed.nowMs(), auctions));
        window = TestWindow.open(feed, TestWindow.preferences(), readOnly);
        TestWindow.run(() -> window.window().open(ScreenId.AUCTIONS));
        TestWindow.await("the market is known", () -> window.window().view().get().market().list() != null);
    }

    private void openOnLamp() {
        open(false, Auctions.info("lamp-1", "lamp", "running", 4_000, null, 0, 60_000));
        TestWindow.await("the auction is followed", () -> house.listeners.containsKey("lamp-1"));
        house.listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 3, 1_000, Auctions.NOA, "noa", 5_000));
        TestWindow.await("its minimum is shown", () -> message().equals("minimum is 55.00"));
    }

    private String message() {
        return ((Label) window.window().scene().lookup("#" + Ids.Auctions.TICKET_MESSAGE)).getText();
    }

    private boolean isThere(String id) {
        return TestWindow.call(() -> {
            Node node = window.window().scene().lookup("#" + id);
            return node != null && node.isVisible() && node.getParent().isVisible();
        });
    }

    private void type(String text) {
        robot.clickOn("#" + Ids.Auctions.AMOUNT).write(text);
    }

    private static BidResult answer(long seq, String result, long price, String reason) {
        return new BidResult(seq, Outcome.of("{\"type\":\"bid\",\"result\":\"" + result + "\",\"priceCents\":" + price + ",\"minimumCents\":" + (price + 500)
            + (reason.isEmpty() ? "" : ",\"reason\":\"" + reason + "\"") + "}"));
    }

    @Test
    void shouldNotTypeTheLetterThatOpensTheTicketIntoIt() {
        openOnLamp();
        robot.push(KeyCode.B);
        robot.write("60");
        assertThat(TestWindow.call(() -> window.find(Ids.Auctions.AMOUNT, javafx.scene.control.TextField.class).getText())).isEqualTo("60");
    }

    @Test
    void shouldOfferOneButtonOnAnEmptyBoard() {
        open(false);
        TestWindow.await("the empty board's button", () -> isThere(Ids.Auctions.EMPTY_START));
        assertThat(isThere(Ids.Auctions.NEW)).as("a second one that does the same").isFalse();
        robot.clickOn("#" + Ids.Auctions.EMPTY_START);
        TestWindow.await("the form", () -> isThere(Ids.Auctions.START_FORM));
    }

    @Test
    void shouldNotCallBidsThatItHasNotHeardNone() {
        open(false, Auctions.info("lamp-1", "lamp", "running", 9_000, "noa", 12, 60_000));
        TestWindow.await("why the ladder is empty", () -> placeholder().equals("its bids are not heard yet"));
        house.listeners.get("lamp-1").onEvent(Auctions.event("lamp-1", 20, 1_000, "{\"type\":\"snapshot\",\"state\":\"running\",\"priceCents\":9000,\"leader\":\""
            + Auctions.NOA + "\",\"leaderName\":\"noa\",\"minimumCents\":9500,\"bids\":12,\"endsAtMs\":60000,\"timeMs\":1000}"));
        TestWindow.await("that others came before", () -> placeholder().equals("none since this window looks on; 12 before"));
    }

    private String placeholder() {
        return ((Label) ((ListView<?>) window.window().scene().lookup("#" + Ids.Auctions.LADDER)).getPlaceholder()).getText();
    }

    @Test
    void shouldSendOneBidForADoubleClickAndTellItsPlaceInTheOrder() {
        openOnLamp();
        type("60");
        TestWindow.await("the button says what it does", () -> window.find(Ids.Auctions.BID, Button.class).getText().equals("Bid 60.00 on Banker's lamp"));
        robot.doubleClickOn("#" + Ids.Auctions.BID);
        TestWindow.await("it is under way", () -> message().startsWith("Sending"));
        assertThat(house.bids).extracting(FakeHouse.Bid::amountCents).containsExactly(6_000L);
        assertThat(window.find(Ids.Auctions.AMOUNT, TextField.class).isEditable()).isFalse();

        house.bids.get(0).answer().complete(answer(41, "accepted", 6_000, ""));
        TestWindow.await("the answer", () -> message().equals("Ordered #41 · accepted: you lead at 60.00"));
        assertThat(house.bids).hasSize(1);
    }

    @Test
    void shouldLeadIntoTheTicketByAKeyThatLeavesNoLetterThereAndMeansALetterFromThenOn() {
        openOnLamp();
        TestWindow.run(() -> window.find(Ids.Auctions.BOARD, TableView.class).requestFocus());
        robot.type(KeyCode.B);
        TextField amount = window.find(Ids.Auctions.AMOUNT, TextField.class);
        assertThat(TestWindow.call(amount::isFocused)).isTrue();
        assertThat(amount.getText()).isEmpty();
        robot.type(KeyCode.N).type(KeyCode.B);
        assertThat(amount.getText()).isEqualTo("nb");
        assertThat(isThere(Ids.Auctions.START_FORM)).isFalse();
    }

    @Test
    void shouldSpendNothingOnAStrayEnter() {
        openOnLamp();
        type("60");
        robot.type(KeyCode.ENTER).type(KeyCode.ENTER);
        TestWindow.run(() -> window.find(Ids.Auctions.BID, Button.class).requestFocus());
        robot.type(KeyCode.ENTER);
        assertThat(house.bids).isEmpty();
        robot.clickOn("#" + Ids.Auctions.AMOUNT).press(KeyCode.CONTROL, KeyCode.ENTER).release(KeyCode.ENTER, KeyCode.CONTROL);
        TestWindow.await("Ctrl+Enter means it", () -> house.bids.size() == 1);
    }

    @Test
    void shouldLeaveWhatWasTypedWhenThePriceMoves() {
        openOnLamp();
        type("55");
        house.listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 4, 2_000, Auctions.NOA, "noa", 6_000));
        TestWindow.await("told", () -> message().equals("minimum is now 65.00"));
        assertThat(window.find(Ids.Auctions.AMOUNT, TextField.class).getText()).isEqualTo("55");
        assertThat(window.find(Ids.Auctions.BID, Button.class).isDisabled()).isTrue();
    }

    @Test
    void shouldSayWhyABidWasRejectedAndWaitForALeaderMeanwhile() {
        openOnLamp();
        type("60");
        robot.clickOn("#" + Ids.Auctions.BID);
        house.listeners.get("lamp-1").onNotice("reconnecting", "the active has probably ended");
        TestWindow.await("it waits", () -> message().equals("Sending… waiting for a leader"));
        house.listeners.get("lamp-1").onNotice("resumed", "going on");
        house.bids.get(0).answer().complete(answer(9, "rejected", 7_000, "bid at least 75.00"));
        TestWindow.await("the reason", () -> message().equals("Ordered #9 · rejected: bid at least 75.00"));
    }

    @Test
    void shouldStartAnAuctionByKeyboardAlone() {
        open(false);
        robot.type(KeyCode.N);
        TestWindow.await("the form has the focus", () -> isThere(Ids.Auctions.START_FORM));
        TestWindow.run(() -> {
            SearchableComboBox<?> items = window.find(Ids.Auctions.START_ITEM, SearchableComboBox.class);
            items.getSelectionModel().selectFirst();
        });
        TestWindow.run(() -> window.find(Ids.Auctions.START_DURATION, TextField.class).requestFocus());
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL).write("90s");
        TestWindow.run(() -> window.find(Ids.Auctions.START_BUTTON, Button.class).requestFocus());
        robot.type(KeyCode.SPACE);
        TestWindow.await("the request", () -> house.starts.size() == 1);
        assertThat(house.starts.get(0).request()).isEqualTo(new StartRequest("lamp", 90_000, null, null, null, true));

        house.starts.get(0).answer().completeExceptionally(new RefusedException("needs at least 3 idle nodes (1 + 2), 2 are free"));
        TestWindow.await("the refusal", () -> window.find(Ids.Auctions.START_MESSAGE, Label.class).getText().startsWith("needs at least 3 idle nodes"));
        robot.type(KeyCode.SPACE);
        TestWindow.await("asked again", () -> house.starts.size() == 2);
        house.starts.get(1).answer().complete(new StartResult("lamp-1", 4, "127.0.0.1:1", "0b"));
        TestWindow.await("the form is gone", () -> !isThere(Ids.Auctions.START_FORM));
    }

    @Test
    void shouldLeaveWhoeverWentOnFromTheFormWhereTheyAre() {
        openOnLamp();
        for (boolean succeeds : new boolean[] {true, false}) {
            house.starts.clear();
            // Where no letters are typed.
            TestWindow.run(() -> window.find(Ids.Auctions.BOARD, TableView.class).requestFocus());
            robot.type(KeyCode.N);
            TestWindow.await("the form", () -> isThere(Ids.Auctions.START_FORM));
            TestWindow.run(() -> {
                window.find(Ids.Auctions.START_ITEM, SearchableComboBox.class).getSelectionModel().selectFirst();
                window.find(Ids.Auctions.START_BUTTON, Button.class).fire();
            });
            TestWindow.run(() -> window.find(Ids.Auctions.BOARD, TableView.class).requestFocus());
            robot.type(KeyCode.B);
            TestWindow.await("the ticket has the focus", () -> window.find(Ids.Auctions.AMOUNT, TextField.class).isFocused());
            if (succeeds) {
                house.starts.get(0).answer().complete(new StartResult("vase-2", 4, "127.0.0.1:1", "0b"));
            } else {
                house.starts.get(0).answer().completeExceptionally(new RefusedException("the item is sold"));
            }
            String told = succeeds ? "Auction started" : "No auction was started";
            TestWindow.await("a notice tells how it went", () -> robot.lookup(told).tryQuery().isPresent());
            assertThat(window.find(Ids.Auctions.AMOUNT, TextField.class).isFocused()).isTrue();
        }
    }

    @Test
    void shouldNameTheMistakeInEachFieldOfTheForm() {
        open(false);
        robot.clickOn("#" + Ids.Auctions.NEW);
        TestWindow.run(() -> {
            window.find(Ids.Auctions.START_DURATION, TextField.class).setText("soon");
            window.find(Ids.Auctions.START_PRICE, TextField.class).setText("1.234");
            window.find(Ids.Auctions.START_RESERVE, TextField.class).setText("-1");
        });
        assertThat(TestWindow.call(() -> window.find(Ids.Auctions.START_FORM, javafx.scene.Parent.class).lookupAll(".field-message").stream().map(n -> ((Label) n).getText())
            .filter(text -> !text.isEmpty()).toList())).satisfiesExactly(duration -> assertThat(duration).contains("not a duration"),
                price -> assertThat(price).contains("3 decimals"), reserve -> assertThat(reserve).contains("negative"));
        assertThat(window.find(Ids.Auctions.START_BUTTON, Button.class).isDisabled()).isTrue();
    }

    @Test
    void shouldLeadIntoTheFormByAKeyFromAnotherScreen() {
        feed.house(house);
        feed.market(Auctions.market(feed.nowMs()));
        window = TestWindow.open(feed);
        TestWindow.await("the market is known", () -> window.window().view().get().market().list() != null);
        robot.push(KeyCode.N);
        assertThat(TestWindow.call(() -> window.window().scene().getFocusOwner().getId())).isEqualTo(Ids.Auctions.START_ITEM);
    }

    @Test
    void shouldSayThatNothingIsForSaleWhereTheCatalogueIsEmpty() {
        feed.house(house);
        feed.market(new Market(new AuctionList(List.of(), List.of(), null), null, feed.nowMs(), ""));
        window = TestWindow.open(feed);
        TestWindow.await("the market is known", () -> window.window().view().get().market().list() != null);
        robot.type(KeyCode.N);
        TestWindow.await("said so", () -> robot.lookup("nothing is for sale now").tryQuery().filter(Node::isVisible).isPresent());
        assertThat(window.find(Ids.Auctions.START_BUTTON, Button.class).isDisabled()).isTrue();
    }

    @Test
    void shouldShowEachMistakeUnderTheAmount() {
        openOnLamp();
        TextField amount = window.find(Ids.Auctions.AMOUNT, TextField.class);
        for (String[] mistake : new String[][] {{"abc", "not a number"}, {"-5", "negative"}, {"1.234", "3 decimals"}, {"9e3", "exponent"}, {"90000000000000.01", "too large"},
            {"1 250", "space"}, {"1,250", "separators"}, {"54.99", "minimum is 55.00"}}) {
            TestWindow.run(() -> amount.setText(mistake[0]));
            assertThat(TestWindow.call(this::message)).as(mistake[0]).contains(mistake[1]);
            assertThat(window.find(Ids.Auctions.BID, Button.class).isDisabled()).as(mistake[0]).isTrue();
        }
    }

    @Test
    void shouldKeepNamesOfSixtyLettersWithinTheWindow() {
        String sixty = "bidder-with-a-name-of-sixty-letters-because-somebody-wants-it";
        open(false, Auctions.info("lamp-1", "lamp", "running", 4_000, sixty, 0, 60_000));
        TestWindow.await("the auction is followed", () -> house.listeners.containsKey("lamp-1"));
        house.listeners.get("lamp-1").onEvent(Auctions.event("lamp-1", 2, 900, "{\"type\":\"join\",\"result\":\"accepted\",\"by\":\"" + Auctions.NOA + "\",\"name\":\"" + sixty + "\"}"));
        house.listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 3, 1_000, Auctions.NOA, sixty, 5_000));
        TestWindow.await("it is on the ladder", () -> window.find(Ids.Auctions.LADDER, ListView.class).getItems().size() == 1);
        TestWindow.run(() -> {
            javafx.scene.Parent root = window.window().scene().getRoot();
            root.applyCss();
            root.layout();
            assertThat(root.lookupAll(".label").stream().filter(Node::isVisible).filter(label -> label.localToScene(label.getLayoutBounds()).getMaxX() > window.window().scene().getWidth()))
                .as("beyond the right edge").isEmpty();
            for (String id : List.of(Ids.Auctions.TICKET, Ids.Auctions.BID, Ids.Auctions.DETAIL)) {
                Node node = root.lookup("#" + id);
                assertThat(node.localToScene(node.getLayoutBounds()).getMaxX()).as(id).isLessThanOrEqualTo(window.window().scene().getWidth());
            }
        });
    }

    @Test
    void shouldHideWhatCostsMoneyWhenReadOnly() {
        open(true, Auctions.info("lamp-1", "lamp", "running", 4_000, null, 0, 60_000));
        TestWindow.await("a row", () -> !window.find(Ids.Auctions.BOARD, TableView.class).getItems().isEmpty());
        for (String id : new String[] {Ids.Auctions.TICKET, Ids.Auctions.NEW, Ids.Auctions.EMPTY_START}) {
            assertThat(isThere(id)).as(id).isFalse();
        }
        robot.type(KeyCode.N).type(KeyCode.B);
        assertThat(isThere(Ids.Auctions.START_FORM)).isFalse();
    }

    @Test
    void shouldLetTheKeyboardWalkTheBoardAndFilterIt() {
        open(false, Auctions.info("lamp-1", "lamp", "running", 4_000, "noa", 2, 60_000), Auctions.info("vase-2", "vase", "running", 9_000, null, 0, 30_000));
        TestWindow.await("two rows", () -> window.find(Ids.Auctions.BOARD, TableView.class).getItems().size() == 2);
        TestWindow.run(() -> window.find(Ids.Auctions.BOARD, TableView.class).requestFocus());
        robot.type(KeyCode.DOWN);
        TestWindow.await("the second is shown", () -> window.find(Ids.Auctions.DETAIL_ID, Label.class).getText().equals("vase-2"));
        robot.press(KeyCode.CONTROL, KeyCode.F).release(KeyCode.F, KeyCode.CONTROL).write("noa");
        TestWindow.await("one row fits", () -> window.find(Ids.Auctions.BOARD, TableView.class).getItems().size() == 1);
    }

    @Test
    void shouldShowTheLadderWithTheNewestFirst() {
        openOnLamp();
        house.listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 4, 2_000, Auctions.ME, "mika", 6_000));
        TestWindow.await("two lines", () -> window.find(Ids.Auctions.LADDER, ListView.class).getItems().size() == 2);
        assertThat(((BidLine) window.find(Ids.Auctions.LADDER, ListView.class).getItems().get(0)).amountCents()).isEqualTo(6_000);
    }

    @Test
    void shouldOfferToBidAgainWhenOutbid() {
        openOnLamp();
        house.listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 4, 2_000, Auctions.ME, "mika", 6_000));
        TestWindow.await("leading", () -> message().equals("minimum is 65.00"));
        TestWindow.run(() -> window.window().open(ScreenId.TIMELINE));
        house.listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 5, 3_000, Auctions.NOA, "noa", 7_000));
        TestWindow.await("the notice", () -> robot.lookup("Bid again").tryQuery().isPresent());
        robot.type(KeyCode.SPACE).type(KeyCode.ENTER);
        assertThat(window.window().front().id()).as("keys are not the notice's").isEqualTo(ScreenId.TIMELINE);
        robot.clickOn("Bid again");
        TestWindow.await("the ticket holds the minimum", () -> window.window().front().id() == ScreenId.AUCTIONS
            && window.find(Ids.Auctions.AMOUNT, TextField.class).getText().equals("75.00"));
        robot.press(KeyCode.CONTROL, KeyCode.ENTER).release(KeyCode.ENTER, KeyCode.CONTROL);
        TestWindow.await("the keyboard is at the ticket, not at the notice", () -> house.bids.size() == 1);
        assertThat(house.bids.get(0).amountCents()).isEqualTo(7_500);
    }

    @Test
    void shouldGreyTheBoardWhenTheClusterIsLost() {
        openOnLamp();
        for (int i = 0; i < 6; i++) {
            feed.lose(org.gavel.desktop.testing.Statuses.member(i, 6), "its process has ended");
        }
        TestWindow.await("said so", () -> window.find(Ids.Auctions.TROUBLE, Label.class).getText().startsWith("The cluster is not heard any more"));
        assertThat(window.find(Ids.screen(ScreenId.AUCTIONS), javafx.scene.Parent.class).getStyleClass()).contains("stale-screen");
    }
}
