package org.gavel.node.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.auction.AuctionCommand;
import org.gavel.protocol.auction.AuctionState;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.auction.Standing;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second writing of the rules, fed with the production's own outcomes, and then with wrong ones. */
class AuctionModelTest {
    private static final Uid SELLER = new Uid(1);
    private static final Uid MIKA = new Uid(2);
    private static final Uid NORA = new Uid(3);
    private static final long DURATION_MS = 10_000;

    private final AuctionState production = new AuctionState();
    private final AuctionModel model = new AuctionModel(new GroupKey(7, 12));
    private final List<LogEntry> entries = new ArrayList<>();
    private final long[] sequences = new long[4];

    @BeforeEach
    void open() {
        AuctionTerms terms = new AuctionTerms("lamp-1", new Item("lamp", "Lamp", "", 10_00, 1_00, null), SELLER, "sela", DURATION_MS, 0);
        right(1_000, Uid.NOBODY, AuctionCommand.open(terms));
    }

    private LogEntry entry(long timeMs, Uid client, long sequence, byte[] body) {
        LogEntry entry = LogEntry.create(0, 1, entries.size() + 1, timeMs, LogEntry.Kind.COMMAND, client, client.isNobody() ? 0 : 5, sequence, 1, body);
        entries.add(entry);
        return entry;
    }

    private long next(Uid client) {
        return client.isNobody() ? 0 : ++sequences[(int) client.value()];
    }

    private Outcome right(long timeMs, Uid client, byte[] body) {
        Outcome outcome = production.apply(timeMs, client, body);
        model.apply(new Committed(entry(timeMs, client, next(client), body), outcome.toJson()));
        return outcome;
    }

    private void assertWrong(String invariant, LogEntry entry, byte[] outcome) {
        assertThatThrownBy(() -> model.apply(new Committed(entry, outcome)))
            .isInstanceOfSatisfying(Violation.class, v -> assertThat(v.invariant()).as(v.getMessage()).isEqualTo(invariant));
    }

    private static byte[] bid(long cents, String note) {
        return AuctionCommand.bid(cents, note);
    }

    private static byte[] told(Outcome outcome, Outcome.Result result, Standing standing) {
        return new Outcome(outcome.type(), result, outcome.by(), outcome.name(), outcome.amountCents(), standing, outcome.sold(), "because").toJson();
    }

    @Test
    void shouldAgreeWithTheProductionFromTheOpeningToTheClose() {
        assertThat(right(2_000, MIKA, bid(10_00, "n1")).accepted()).isTrue();
        assertThat(right(2_001, NORA, bid(10_50, "n2")).accepted()).isFalse();
        assertThat(right(2_002, NORA, bid(11_00, "n3")).accepted()).isTrue();
        assertThat(right(2_003, SELLER, bid(99_00, "n4")).accepted()).isFalse();
        assertThat(right(1_000 + DURATION_MS, Uid.NOBODY, AuctionCommand.close()).isEnd()).isTrue();
        assertThat(right(1_001 + DURATION_MS, MIKA, bid(99_00, "n5")).accepted()).isFalse();
        assertThat(model.isOver() && model.isSold()).isTrue();
        assertThat(model.winner()).isEqualTo(NORA);
        assertThat(model.indexOf("n3")).isEqualTo(4);
    }

    @Test
    void shouldComplainOfAnEqualBidAccepted() {
        Outcome first = right(2_000, MIKA, bid(10_00, "n1"));
        assertWrong(InvariantNames.HIGHEST_WINS, entry(2_001, NORA, 1, bid(10_00, "n2")), first.toJson());
    }

    @Test
    void shouldComplainOfAHighBidRejected() {
        Outcome outcome = production.apply(2_000, MIKA, bid(10_00, "n1"));
        assertWrong(InvariantNames.HIGHEST_WINS, entry(2_000, MIKA, 1, bid(10_00, "n1")), told(outcome, Outcome.Result.REJECTED, outcome.standing()));
    }

    @Test
    void shouldComplainOfARejectedBidThatChangesTheEnd() {
        right(2_000, MIKA, bid(10_00, "n1"));
        Outcome low = production.apply(2_001, NORA, bid(10_00, "n2"));
        Standing s = low.standing();
        byte[] later = told(low, Outcome.Result.REJECTED, new Standing(s.priceCents(), s.leader(), s.leaderName(), s.minimumCents(), s.bids(), s.endsAtMs() + 1));
        assertWrong(InvariantNames.HIGHEST_WINS, entry(2_001, NORA, 1, bid(10_00, "n2")), later);
    }

    @Test
    void shouldComplainOfABidAcceptedBehindTheEnd() {
        Outcome first = right(2_000, MIKA, bid(10_00, "n1"));
        assertWrong(InvariantNames.ONE_CLOSE, entry(1_000 + DURATION_MS, NORA, 1, bid(11_00, "n2")), first.toJson());
    }

    @Test
    void shouldComplainOfASecondClose() {
        Outcome end = right(1_000 + DURATION_MS, Uid.NOBODY, AuctionCommand.close());
        assertWrong(InvariantNames.ONE_CLOSE, entry(1_000 + DURATION_MS, Uid.NOBODY, 0, AuctionCommand.close()), end.toJson());
    }

    @Test
    void shouldComplainOfAWrongWinner() throws MalformedException {
        right(2_000, MIKA, bid(10_00, "n1"));
        Outcome end = production.apply(1_000 + DURATION_MS, Uid.NOBODY, AuctionCommand.close());
        byte[] other = new String(end.toJson(), java.nio.charset.StandardCharsets.UTF_8).replace(MIKA.toString(), NORA.toString()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(Outcome.fromJson(other).winner()).isEqualTo(NORA);
        assertWrong(InvariantNames.HIGHEST_WINS, entry(1_000 + DURATION_MS, Uid.NOBODY, 0, AuctionCommand.close()), other);
    }

    @Test
    void shouldComplainOfAuctionTimeThatRunsBack() {
        right(2_000, MIKA, bid(10_00, "n1"));
        Outcome next = production.apply(2_000, NORA, bid(11_00, "n2"));
        assertWrong(InvariantNames.ONE_CLOSE, entry(1_999, NORA, 1, bid(11_00, "n2")), next.toJson());
    }

    @Test
    void shouldComplainOfOneCommandTwice() {
        right(2_000, MIKA, bid(10_00, "n1"));
        Outcome again = production.apply(2_001, MIKA, bid(10_00, "n1"));
        assertWrong(InvariantNames.BID_KEPT, entry(2_001, MIKA, 1, bid(10_00, "n1")), again.toJson());
    }

    @Test
    void shouldComplainOfOneBidUnderTwoNumbers() {
        right(2_000, MIKA, bid(10_00, "n1"));
        Outcome again = production.apply(2_001, MIKA, bid(10_00, "n1"));
        assertWrong(InvariantNames.BID_KEPT, entry(2_001, MIKA, 2, bid(10_00, "n1")), again.toJson());
    }

    @Test
    void shouldComplainOfASessionsCommandsOutOfOrder() {
        right(2_000, MIKA, bid(10_00, "n1"));
        Outcome third = production.apply(2_001, MIKA, bid(12_00, "n3"));
        assertWrong(InvariantNames.FIFO, entry(2_001, MIKA, 3, bid(12_00, "n3")), third.toJson());
    }

    @Test
    void shouldComplainOfAnOutcomeThatNobodyCanRead() {
        assertWrong(InvariantNames.NO_EXCEPTION, entry(2_000, MIKA, 1, bid(10_00, "n1")), "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
