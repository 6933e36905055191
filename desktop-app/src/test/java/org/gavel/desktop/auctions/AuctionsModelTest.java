package org.gavel.desktop.auctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gavel.desktop.auctions.AuctionRow.Mine;
import org.gavel.desktop.feed.Market;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.RefusedException;
import org.junit.jupiter.api.Test;

class AuctionsModelTest {
    private final Map<String, AuctionListener> listeners = new LinkedHashMap<>();
    private final AuctionsModel model = new AuctionsModel(Auctions.ME, listeners::put);

    private AuctionRow row() {
        return model.rows().get(0);
    }

    private void tick(long nowMs) {
        model.tick(Auctions.view(nowMs, Auctions.market(1_000, Auctions.info("lamp-1", "lamp", "running", 4_000, null, 0, 60_000))));
    }

    @Test
    void shouldShowTheManagersWordUntilTheAuctionSpeaksForItself() {
        tick(1_000);
        assertThat(row().title()).isEqualTo("Banker's lamp");
        assertThat(row().priceCents()).isEqualTo(4_000);
        assertThat(row().mine()).isEqualTo(Mine.NOTHING);

        listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 3, 5_000, Auctions.NOA, "noa", 5_000));
        tick(6_000);
        assertThat(row().priceCents()).isEqualTo(5_000);
        assertThat(row().leader()).isEqualTo("noa");
        assertThat(row().minimumCents()).isEqualTo(5_500);
    }

    @Test
    void shouldCountDownByItsOwnClockBetweenTwoWords() {
        tick(1_000);
        assertThat(row().leftMs()).isEqualTo(60_000);
        tick(3_500);
        assertThat(row().leftMs()).isEqualTo(57_500);
        listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 3, 10_000, Auctions.NOA, "noa", 5_000));
        tick(4_000);
        assertThat(row().leftMs()).as("the auction's own time").isEqualTo(50_000);
    }

    @Test
    void shouldNotTakeANewManagersIgnoranceForAnAuctionWithoutBidsTimeOrPrice() {
        AuctionInfo unreported = Auctions.info("lamp-1", "lamp", "running", 0, null, 0, 0);
        model.tick(Auctions.view(1_000, Auctions.market(1_000, unreported)));
        assertThat(row().priceCents()).as("nobody has said it").isEqualTo(-1);
        assertThat(row().leftMs()).isEqualTo(-1);
        assertThat(BoardTable.remaining(row())).isEqualTo("–");
        assertThat(model.lines(false).get(0).highBid() + model.lines(false).get(0).bids()).isEqualTo("–");

        listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 3, 10_000, Auctions.NOA, "noa", 5_000));
        model.tick(Auctions.view(2_000, Auctions.market(1_000, unreported)));
        model.tick(Auctions.view(4_000, Auctions.market(3_500, unreported)));
        assertThat(row().leftMs()).as("what the auction said last goes on").isEqualTo(48_000);
        assertThat(model.lines(false).get(0).highBid() + ", " + model.lines(false).get(0).bids()).isEqualTo("50.00, 3 bids");
    }

    @Test
    void shouldCallTheTimeLeftEstimatedWhileNoActiveIsKnown() {
        tick(1_000);
        assertThat(row().estimated()).isFalse();
        model.tick(Auctions.view(2_000, Auctions.market(1_000, Auctions.info("lamp-1", "lamp", "electing", 4_000, null, 0, 60_000))));
        assertThat(row().estimated()).isTrue();
        assertThat(row().leftMs()).as("auction time stands still").isEqualTo(60_000);
    }

    @Test
    void shouldTellThatThePersonWasOutbidAndHowItEnded() {
        tick(1_000);
        listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 3, 1_000, Auctions.ME, "mika", 5_000));
        tick(2_000);
        assertThat(row().mine()).isEqualTo(Mine.LEADING);
        assertThat(row().leader()).isEqualTo("you");
        assertThat(model.happenings()).isEmpty();

        listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 4, 2_000, Auctions.NOA, "noa", 6_000));
        tick(3_000);
        assertThat(row().mine()).isEqualTo(Mine.OUTBID);
        assertThat(model.happenings()).containsExactly(new Happening("lamp-1", "Outbid on Banker's lamp", "noa bids 60.00; minimum is now 65.00", true));

        listeners.get("lamp-1").onEvent(Auctions.closed("lamp-1", 5, Auctions.NOA, "noa", 6_000));
        tick(4_000);
        assertThat(row().mine()).isEqualTo(Mine.LOST);
        assertThat(row().result()).isEqualTo("sold to noa for 60.00");
        assertThat(model.happenings()).extracting(Happening::bidAgain).containsExactly(false);
        assertThat(model.happenings()).as("told once").isEmpty();
    }

    @Test
    void shouldSayWhoHasTheItemInTheEndAndThatNobodyHasIt() {
        assertThat(ended("{\"type\":\"closed\",\"result\":\"accepted\",\"sold\":true,\"winner\":\"" + Auctions.ME + "\",\"winnerName\":\"mika\",\"priceCents\":5000}"))
            .isEqualTo("won, sold to you for 50.00");
        assertThat(ended("{\"type\":\"closed\",\"result\":\"accepted\",\"sold\":false,\"reason\":\"the reserve of 80.00 was not reached\",\"priceCents\":5000}"))
            .isEqualTo("not sold, not sold: the reserve of 80.00 was not reached");
        assertThat(ended("{\"type\":\"cancelled\",\"result\":\"accepted\",\"sold\":false,\"reason\":\"copies were lost\",\"priceCents\":5000}"))
            .isEqualTo("cancelled, cancelled: copies were lost");
    }

    /** Somebody has bid, and then this came: 'won, sold to you'. */
    private String ended(String outcome) {
        AuctionsModel fresh = new AuctionsModel(Auctions.ME, listeners::put);
        Market market = Auctions.market(1_000, Auctions.info("lamp-1", "lamp", "running", 4_000, null, 0, 60_000));
        fresh.tick(Auctions.view(1_000, market));
        listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 3, 1_000, Auctions.ME, "mika", 5_000));
        fresh.tick(Auctions.view(2_000, market));
        listeners.get("lamp-1").onEvent(Auctions.event("lamp-1", 4, 60_000, outcome));
        fresh.tick(Auctions.view(3_000, market));
        return fresh.rows().get(0).mine().words() + ", " + fresh.rows().get(0).result();
    }

    @Test
    void shouldKeepTheLadderTheStepsAndTheNames() {
        tick(1_000);
        AuctionListener lamp = listeners.get("lamp-1");
        lamp.onEvent(Auctions.event("lamp-1", 2, 100, "{\"type\":\"join\",\"result\":\"accepted\",\"by\":\"" + Auctions.NOA + "\",\"name\":\"noa\"}"));
        lamp.onEvent(Auctions.bid("lamp-1", 3, 1_000, Auctions.NOA, "noa", 5_000));
        lamp.onEvent(Auctions.event("lamp-1", 4, 1_100, "{\"type\":\"bid\",\"result\":\"rejected\",\"by\":\"" + Auctions.ME
            + "\",\"name\":\"mika\",\"amountCents\":5000,\"priceCents\":5000,\"leader\":\"" + Auctions.NOA + "\",\"leaderName\":\"noa\",\"minimumCents\":5500,\"bids\":1,"
            + "\"endsAtMs\":60000,\"reason\":\"bid at least 55.00\"}"));
        tick(2_000);
        AuctionBook book = model.book("lamp-1");
        assertThat(book.ladder()).containsExactly(new BidLine(4, 1_100, "mika", true, 5_000, false, "bid at least 55.00"),
            new BidLine(3, 1_000, "noa", false, 5_000, true, ""));
        assertThat(book.steps()).containsExactly(new PriceStep(1_000, 5_000));
        assertThat(book.participants()).containsExactly(Map.entry(Auctions.NOA, "noa"));
        assertThat(BidsCsv.of("lamp-1", book.ladder())).isEqualTo("auction,number,auction time ms,bidder,own,amount,accepted,reason\r\n"
            + "\"lamp-1\",3,1000,\"noa\",false,50.00,true,\"\"\r\n\"lamp-1\",4,1100,\"mika\",true,50.00,false,\"bid at least 55.00\"\r\n");
    }

    @Test
    void shouldDrawNoStepForAPriceThatStoodForNoTime() {
        tick(1_000);
        AuctionListener lamp = listeners.get("lamp-1");
        lamp.onEvent(Auctions.bid("lamp-1", 1, 0, "", "", 0));
        lamp.onEvent(Auctions.bid("lamp-1", 2, 0, "", "", 4_000));
        lamp.onEvent(Auctions.bid("lamp-1", 3, 900, Auctions.NOA, "noa", 5_000));
        tick(2_000);
        assertThat(model.book("lamp-1").steps()).containsExactly(new PriceStep(0, 4_000), new PriceStep(900, 5_000));
    }

    @Test
    void shouldDisarmNamesThatASpreadsheetWouldRun() {
        assertThat(BidsCsv.of("lamp-1", List.of(new BidLine(1, 2, "=1+1", false, 300, true, "")))).contains("\"'=1+1\"");
    }

    @Test
    void shouldTakeASnapshotForAllBeforeIt() {
        tick(1_000);
        listeners.get("lamp-1").onEvent(Auctions.event("lamp-1", 9, 20_000, "{\"type\":\"snapshot\",\"state\":\"running\",\"item\":{\"id\":\"lamp\",\"title\":\"A lamp\","
            + "\"incrementCents\":700},\"seller\":\"" + Auctions.ME + "\",\"priceCents\":5000,\"leader\":\"" + Auctions.NOA
            + "\",\"leaderName\":\"noa\",\"minimumCents\":5700,\"bids\":4,\"endsAtMs\":60000,\"timeMs\":20000,\"participants\":[{\"uid\":\"" + Auctions.NOA
            + "\",\"name\":\"noa\",\"bids\":4}]}"));
        tick(2_000);
        assertThat(row().title()).isEqualTo("A lamp");
        assertThat(row().mine()).isEqualTo(Mine.SELLING);
        assertThat(row().leftMs()).isEqualTo(40_000);
        assertThat(model.incrementCents("lamp-1", "lamp")).isEqualTo(700);
        assertThat(model.book("lamp-1").participants()).containsEntry(Auctions.NOA, "noa");
    }

    @Test
    void shouldFollowAgainWithTheManagersNextWordWhenItsFollowingBrokeOff() {
        tick(1_000);
        AuctionListener first = listeners.remove("lamp-1");
        first.onEnd(new RefusedException("there is no auction 'lamp-1'"));
        tick(1_050);
        tick(1_100);
        assertThat(listeners).as("not with every tick").isEmpty();
        model.tick(Auctions.view(2_000, Auctions.market(2_000, Auctions.info("lamp-1", "lamp", "running", 4_000, null, 0, 60_000))));
        listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", 3, 5_000, Auctions.NOA, "noa", 5_000));
        tick(2_100);
        assertThat(row().leader()).isEqualTo("noa");
    }

    @Test
    void shouldFollowNoMoreAuctionsThanItsBound() {
        AuctionInfo[] infos = IntStream.range(0, 50).mapToObj(i -> Auctions.info("lamp-" + (100 + i), "lamp", "running", 4_000, null, 0, 60_000))
            .toArray(AuctionInfo[]::new);
        model.tick(Auctions.view(1_000, Auctions.market(1_000, infos)));
        assertThat(listeners).hasSize(AuctionsModel.FOLLOWED_MAX);
        assertThat(model.rows()).hasSize(50);
    }

    @Test
    void shouldKeepThePriceRightWhenEventsGaveWay() {
        tick(1_000);
        for (int i = 1; i <= AuctionInbox.EVENTS_MAX + 10; i++) {
            listeners.get("lamp-1").onEvent(Auctions.bid("lamp-1", i, i, Auctions.NOA, "noa", 5_000 + i));
        }
        tick(2_000);
        assertThat(row().priceCents()).isEqualTo(5_000 + AuctionInbox.EVENTS_MAX + 10);
        assertThat(model.book("lamp-1").ladder()).hasSize(AuctionBook.LINES_MAX);
    }
}
