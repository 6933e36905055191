package org.gavel.node.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gavel.protocol.client.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BidLedgerTest {
    private static final String MIKA = "00000000000000aa";
    private static final String TOVE = "00000000000000bb";

    private final BidLedger ledger = new BidLedger();
    private BidLedger.Watcher first;
    private BidLedger.Watcher second;

    @BeforeEach
    void twoWatch() {
        first = ledger.addWatcher("watcher 1");
        second = ledger.addWatcher("watcher 2");
        both(1, "snapshot", "{\"type\":\"snapshot\"}");
    }

    @Test
    void shouldHoldWhenEveryAnswerStandsAtItsPlace() {
        bid(MIKA, 100, true, 2);
        bid(TOVE, 90, false, 3);
        bid(TOVE, 200, true, 4);
        close(5, TOVE, 200);

        Verdict verdict = ledger.verdict();

        assertThat(verdict.complaints()).isEmpty();
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict).extracting(Verdict::sent, Verdict::accepted, Verdict::rejected, Verdict::lost, Verdict::doubled)
            .containsExactly(3L, 2L, 1L, 0L, 0L);
        assertThat(verdict.winner()).isEqualTo(TOVE);
    }

    @Test
    void shouldCountAnAcceptedBidThatOneWatcherDidNotSeeAsLost() {
        ledger.sent(MIKA, 100);
        ledger.answered(MIKA, 100, true, 2);
        saw(first, 2, MIKA, 100, "accepted");
        close(3, MIKA, 100);

        Verdict verdict = ledger.verdict();

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.holds()).isFalse();
        assertThat(verdict.complaints()).anyMatch(c -> c.contains("different orders"));
    }

    @Test
    void shouldCountABidThatStandsTwiceAsDoubledThoughTheSecondTimeItWasRejected() {
        bid(MIKA, 100, true, 2);
        saw(first, 3, MIKA, 100, "rejected");
        saw(second, 3, MIKA, 100, "rejected");
        close(4, MIKA, 100);

        assertThat(ledger.verdict().doubled()).isEqualTo(1);
        assertThat(ledger.verdict().holds()).isFalse();
    }

    @Test
    void shouldComplainOfAPriceThatDoesNotRise() {
        bid(MIKA, 100, true, 2);
        bid(TOVE, 100, true, 3);
        close(4, MIKA, 100);

        assertThat(ledger.verdict().complaints()).anyMatch(c -> c.contains("after 100"));
    }

    @Test
    void shouldCompareOrdersUpToTheCloseAlone() {
        bid(MIKA, 100, true, 2);
        close(3, MIKA, 100);
        ledger.sent(TOVE, 200);
        ledger.answered(TOVE, 200, false, 4);
        saw(first, 4, TOVE, 200, "rejected");

        assertThat(ledger.verdict().complaints()).isEmpty();
    }

    @Test
    void shouldComplainOfABidAcceptedBehindTheClose() {
        bid(MIKA, 100, true, 2);
        close(3, MIKA, 100);
        ledger.sent(TOVE, 200);
        ledger.answered(TOVE, 200, true, 4);
        saw(first, 4, TOVE, 200, "accepted");

        assertThat(ledger.verdict().complaints()).anyMatch(c -> c.contains("behind the close"));
    }

    @Test
    void shouldComplainOfTheWrongWinner() {
        bid(MIKA, 100, true, 2);
        bid(TOVE, 200, true, 3);
        close(4, MIKA, 100);

        assertThat(ledger.verdict().complaints()).singleElement().asString().contains("the highest bid was 200 cents by " + TOVE);
    }

    @Test
    void shouldComplainOfAnUnansweredBidAndSayWhereItStands() {
        ledger.sent(MIKA, 100);
        saw(first, 2, MIKA, 100, "accepted");
        saw(second, 2, MIKA, 100, "accepted");
        close(3, MIKA, 100);

        Verdict verdict = ledger.verdict();

        assertThat(verdict.unanswered()).isEqualTo(1);
        assertThat(verdict.complaints()).singleElement().asString().contains("number 2, accepted");
    }

    @Test
    void shouldComplainOfASnapshotThatSkipsWhatAWatcherShouldHaveHeard() {
        bid(MIKA, 100, true, 2);
        first.saw(9, "snapshot", Outcome.of("{\"type\":\"snapshot\"}"));
        close(10, MIKA, 100);

        assertThat(ledger.verdict().complaints()).anyMatch(c -> c.contains("heard number 9 (snapshot) after 2"));
    }

    @Test
    void shouldRefuseASecondBidOfTheSameAmountSinceTheyCouldNotBeToldApart() {
        ledger.sent(MIKA, 100);

        assertThatThrownBy(() -> ledger.sent(MIKA, 100)).isInstanceOf(IllegalStateException.class);
    }

    private void bid(String bidder, long amountCents, boolean accepted, long seq) {
        ledger.sent(bidder, amountCents);
        ledger.answered(bidder, amountCents, accepted, seq);
        saw(first, seq, bidder, amountCents, accepted ? "accepted" : "rejected");
        saw(second, seq, bidder, amountCents, accepted ? "accepted" : "rejected");
    }

    private static void saw(BidLedger.Watcher watcher, long seq, String by, long amountCents, String result) {
        watcher.saw(seq, "bid", Outcome.of("{\"type\":\"bid\",\"result\":\"" + result + "\",\"by\":\"" + by + "\",\"amountCents\":" + amountCents + "}"));
    }

    private void close(long seq, String winner, long priceCents) {
        both(seq, "closed", "{\"type\":\"closed\",\"result\":\"accepted\",\"winner\":\"" + winner + "\",\"priceCents\":" + priceCents + ",\"sold\":true}");
    }

    private void both(long seq, String type, String json) {
        first.saw(seq, type, Outcome.of(json));
        second.saw(seq, type, Outcome.of(json));
    }
}
