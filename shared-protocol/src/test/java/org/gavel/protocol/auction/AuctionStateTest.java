package org.gavel.protocol.auction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.gavel.protocol.auction.Outcome.Result;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of protocol.md section 12, one by one, and the traps of section 14 by name. */
class AuctionStateTest {
    private static final Uid SELLER = new Uid(1);
    private static final Uid ANA = new Uid(0xA);
    private static final Uid BOB = new Uid(0xB);
    private static final long DURATION_MS = 60_000;

    private final AuctionState auction = opened(null, 0);

    private static AuctionState opened(Long reserveCents, long extendWindowMs) {
        AuctionState state = new AuctionState();
        Item item = new Item("lamp", "Lamp", null, 40_00, 5_00, reserveCents);
        Outcome outcome = state.apply(0, Uid.NOBODY,
                AuctionCommand.open(new AuctionTerms("lamp-3", item, SELLER, "Mika", DURATION_MS, extendWindowMs)));
        assertThat(outcome.accepted()).isTrue();
        return state;
    }

    private static Outcome bid(AuctionState auction, long timeMs, Uid by, long cents) {
        return auction.apply(timeMs, by, AuctionCommand.bid(cents, null));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldAcceptTheStartPriceAsFirstBidAndNothingBelow() {
        Outcome low = bid(auction, 1, ANA, 39_99);
        assertThat(low.result()).isEqualTo(Result.REJECTED);
        assertThat(low.reason()).contains("39.99").contains("start price").contains("at least 40.00");
        Outcome first = bid(auction, 2, ANA, 40_00);
        assertThat(first.accepted()).isTrue();
        assertThat(first.standing()).isEqualTo(new Standing(40_00, ANA, ANA.shortForm(), 45_00, 1, DURATION_MS));
    }

    @Test
    void shouldRefuseAnEqualBidAndOneBelowTheIncrement() {
        bid(auction, 1, ANA, 50_00);
        assertThat(bid(auction, 2, BOB, 50_00).result()).isEqualTo(Result.REJECTED);
        Outcome close = bid(auction, 2, BOB, 54_99);
        assertThat(close.result()).isEqualTo(Result.REJECTED);
        assertThat(close.reason()).contains("54.99").contains("the price is 50.00").contains("5.00").contains("at least 55.00");
        assertThat(close.standing().minimumCents()).isEqualTo(55_00);
        assertThat(bid(auction, 3, BOB, 55_00).accepted()).isTrue();
    }

    @Test
    void shouldLetTheOneSequencedFirstWinATie() {
        assertThat(bid(auction, 5, ANA, 50_00).accepted()).isTrue();
        assertThat(bid(auction, 5, BOB, 50_00).accepted()).isFalse();
        assertThat(auction.standing().leader()).isEqualTo(ANA);
    }

    @Test
    void shouldLetABidderRaiseAnOwnBid() {
        bid(auction, 1, ANA, 40_00);
        assertThat(bid(auction, 2, ANA, 45_00).accepted()).isTrue();
        assertThat(auction.participant(ANA).orElseThrow().bids()).isEqualTo(2);
    }

    @Test
    void shouldRefuseTheSellersBid() {
        Outcome own = bid(auction, 1, SELLER, 100_00);
        assertThat(own.result()).isEqualTo(Result.REJECTED);
        assertThat(own.reason()).contains("seller");
        assertThat(auction.standing().bids()).isZero();
    }

    @Test
    void shouldChangeNothingOnARejectedBid() throws MalformedException {
        bid(auction, 10, ANA, 40_00);
        AuctionSnapshot before = auction.snapshot();
        bid(auction, 10, BOB, 44_00);
        bid(auction, 10, BOB, -1);
        bid(auction, 10, BOB, 0);
        bid(auction, 10, BOB, Long.MAX_VALUE);
        bid(auction, 10, BOB, Long.MIN_VALUE);
        assertThat(auction.snapshot()).isEqualTo(before);
    }

    @Test
    void shouldNotOverflowNearTheLargestAmount() {
        assertThat(bid(auction, 1, ANA, Money.AMOUNT_CENTS_MAX).accepted()).isTrue();
        Outcome next = bid(auction, 2, BOB, Money.AMOUNT_CENTS_MAX);
        assertThat(next.result()).isEqualTo(Result.REJECTED);
        assertThat(next.reason()).contains("no higher bid is possible");
        assertThat(bid(auction, 3, BOB, Money.AMOUNT_CENTS_MAX + 500).reason()).contains("9 quadrillion");
        assertThat(bid(auction, 3, BOB, Long.MAX_VALUE).result()).isEqualTo(Result.REJECTED);
    }

    @Test
    void shouldNotMoveTheEndWithoutASoftClose() {
        bid(auction, DURATION_MS - 1, ANA, 40_00);
        assertThat(auction.standing().endsAtMs()).isEqualTo(DURATION_MS);
    }

    @Test
    void shouldMoveTheEndOnlyForAnAcceptedBidWithinTheWindow() {
        AuctionState soft = opened(null, 10_000);
        bid(soft, DURATION_MS - 10_000, ANA, 40_00);
        assertThat(soft.standing().endsAtMs()).as("just outside the window").isEqualTo(DURATION_MS);
        bid(soft, DURATION_MS - 9_999, ANA, 45_00);
        assertThat(soft.standing().endsAtMs()).isEqualTo(DURATION_MS + 1);
    }

    @Test
    void shouldNotExtendTheEndByARejectedBid() {
        AuctionState soft = opened(null, 10_000);
        bid(soft, 1, ANA, 50_00);
        bid(soft, DURATION_MS - 5, BOB, 50_00);
        bid(soft, DURATION_MS - 4, SELLER, 500_00);
        assertThat(soft.standing().endsAtMs()).isEqualTo(DURATION_MS);
    }

    @Test
    void shouldTakeNoBidAtOrAfterTheEndEvenBeforeTheClose() {
        Outcome late = bid(auction, DURATION_MS, ANA, 40_00);
        assertThat(late.result()).isEqualTo(Result.REJECTED);
        assertThat(late.reason()).contains("time is over");
    }

    @Test
    void shouldNotLetTimeGoBack() {
        auction.apply(DURATION_MS, ANA, AuctionCommand.leave());
        assertThat(bid(auction, 5, ANA, 40_00).result()).as("a smaller stamp from a slow clock").isEqualTo(Result.REJECTED);
        assertThat(auction.timeMs()).isEqualTo(DURATION_MS);
    }

    @Test
    void shouldTreatACloseBeforeTheEndAsVoid() {
        AuctionState soft = opened(null, 10_000);
        bid(soft, DURATION_MS - 1, ANA, 40_00);
        Outcome early = soft.apply(DURATION_MS, Uid.NOBODY, AuctionCommand.close());
        assertThat(early.result()).isEqualTo(Result.VOID);
        assertThat(early.type()).as("nobody may take it for the end").isEqualTo("close");
        assertThat(soft.phase()).isEqualTo(AuctionPhase.RUNNING);
        assertThat(soft.apply(DURATION_MS + 9_999, Uid.NOBODY, AuctionCommand.close()).type()).isEqualTo("closed");
    }

    @Test
    void shouldHandleTheEndOnce() {
        bid(auction, 1, ANA, 40_00);
        Outcome first = auction.apply(DURATION_MS, Uid.NOBODY, AuctionCommand.close());
        assertThat(first.accepted() && first.sold()).isTrue();
        assertThat(first.winner()).isEqualTo(ANA);
        AuctionSnapshot after = auction.snapshot();
        assertThat(auction.apply(DURATION_MS, Uid.NOBODY, AuctionCommand.close()).result()).isEqualTo(Result.VOID);
        assertThat(auction.apply(DURATION_MS, Uid.NOBODY, AuctionCommand.cancel("too few copies left")).result()).isEqualTo(Result.VOID);
        assertThat(auction.snapshot()).isEqualTo(after);
        assertThat(auction.result()).hasValueSatisfying(r -> assertThat(r).isEqualTo(first));
    }

    @Test
    void shouldRejectBidsAndJoinsAfterTheClose() {
        bid(auction, 1, ANA, 40_00);
        auction.apply(DURATION_MS, Uid.NOBODY, AuctionCommand.close());
        assertThat(bid(auction, DURATION_MS + 1, BOB, 90_00).reason()).contains("closed").contains("40.00");
        assertThat(auction.apply(DURATION_MS + 1, BOB, AuctionCommand.join("Bob")).result()).isEqualTo(Result.REJECTED);
    }

    @Test
    void shouldNotSellBelowTheReserveOrWithoutABid() {
        AuctionState reserved = opened(100_00L, 0);
        bid(reserved, 1, ANA, 99_99);
        Outcome close = reserved.apply(DURATION_MS, Uid.NOBODY, AuctionCommand.close());
        assertThat(close.sold()).isFalse();
        assertThat(close.winner()).isEqualTo(Uid.NOBODY);
        assertThat(close.reason()).contains("reserve").contains("100.00");

        Outcome empty = auction.apply(DURATION_MS, Uid.NOBODY, AuctionCommand.close());
        assertThat(empty.sold()).isFalse();
        assertThat(empty.reason()).isEqualTo("nobody bid");

        AuctionState met = opened(100_00L, 0);
        bid(met, 1, ANA, 100_00);
        assertThat(met.apply(DURATION_MS, Uid.NOBODY, AuctionCommand.close()).winner()).isEqualTo(ANA);
    }

    @Test
    void shouldCancelWithTheLastPriceAndNoWinner() {
        bid(auction, 1, ANA, 40_00);
        Outcome cancelled = auction.apply(2, Uid.NOBODY, AuctionCommand.cancel("too few copies left"));
        assertThat(cancelled.type()).isEqualTo("cancelled");
        assertThat(cancelled.standing().priceCents()).isEqualTo(40_00);
        assertThat(cancelled.winner()).isEqualTo(Uid.NOBODY);
        assertThat(bid(auction, 3, BOB, 90_00).reason()).contains("cancelled");
    }

    @Test
    void shouldTakeNothingBeforeItIsOpened() {
        AuctionState pending = new AuctionState();
        assertThat(bid(pending, 0, ANA, 100).result()).isEqualTo(Result.REJECTED);
        assertThat(pending.apply(0, ANA, AuctionCommand.join("Ana")).result()).isEqualTo(Result.REJECTED);
        assertThat(pending.apply(0, Uid.NOBODY, AuctionCommand.close()).result()).isEqualTo(Result.VOID);
    }

    @Test
    void shouldOpenOnce() {
        Item other = new Item("globe", "Globe", null, 1, 1, null);
        Outcome again = auction.apply(1, Uid.NOBODY, AuctionCommand.open(new AuctionTerms("globe-4", other, BOB, "Bob", 5, 0)));
        assertThat(again.result()).isEqualTo(Result.VOID);
        assertThat(auction.terms().auctionId()).isEqualTo("lamp-3");
    }

    @Test
    void shouldJoinImplicitlyWithTheFirstBidUnderTheNameItBrings() {
        Outcome named = auction.apply(1, ANA, AuctionCommand.bid(40_00, "mine", "Ana"));
        assertThat(named.name()).isEqualTo("Ana");
        assertThat(auction.standing().leaderName()).isEqualTo("Ana");
        assertThat(auction.participant(ANA)).isPresent();
    }

    @Test
    void shouldNotJoinByARejectedBid() {
        bid(auction, 1, ANA, 1);
        assertThat(auction.participants()).isEmpty();
    }

    @Test
    void shouldLetALeadersBidStandWhenTheLeaderLeaves() {
        auction.apply(1, ANA, AuctionCommand.join("Ana"));
        bid(auction, 2, ANA, 40_00);
        Outcome left = auction.apply(3, ANA, AuctionCommand.leave());
        assertThat(left.accepted()).isTrue();
        assertThat(left.name()).isEqualTo("Ana");
        assertThat(auction.participants()).isEmpty();
        assertThat(auction.apply(4, ANA, AuctionCommand.leave()).result()).isEqualTo(Result.REJECTED);
        assertThat(auction.apply(DURATION_MS, Uid.NOBODY, AuctionCommand.close()).winnerName()).isEqualTo("Ana");
    }

    @Test
    void shouldRenameWhoJoinsAgain() {
        auction.apply(1, ANA, AuctionCommand.join("Ana"));
        bid(auction, 2, ANA, 40_00);
        auction.apply(3, ANA, AuctionCommand.join("Anna"));
        assertThat(auction.standing().leaderName()).isEqualTo("Anna");
        assertThat(auction.participant(ANA).orElseThrow().bids()).isEqualTo(1);
        auction.apply(4, ANA, AuctionCommand.join(""));
        assertThat(auction.participant(ANA).orElseThrow().name()).as("an empty name keeps the old one").isEqualTo("Anna");
    }

    @Test
    void shouldRefuseNamesThatDisturbATerminal() {
        assertThat(auction.apply(1, ANA, AuctionCommand.join("a\u001b[2Jb")).reason()).contains("control");
        assertThat(auction.apply(1, ANA, AuctionCommand.join("a".repeat(41))).reason()).contains("at most 40");
        assertThat(auction.participants()).isEmpty();
    }

    @Test
    void shouldKeepNoMoreParticipantsThanItsLimit() throws MalformedException {
        for (int i = 0; i < AuctionState.PARTICIPANTS_MAX; i++) {
            assertThat(auction.apply(1, new Uid(1000 + i), AuctionCommand.join("\u00fc\"\\".repeat(13))).accepted()).isTrue();
        }
        assertThat(auction.apply(2, ANA, AuctionCommand.join("Ana")).reason()).contains("participants");
        assertThat(bid(auction, 2, ANA, 90_00).result()).isEqualTo(Result.REJECTED);
        assertThat(bid(auction, 2, new Uid(1000), 90_00).accepted()).isTrue();
        assertThat(auction.snapshot().toBytes().length).as("fits a message").isLessThan(1 << 20);
    }

    @Test
    void shouldLetOnlyTheAuctioneerOpenCloseAndCancel() {
        for (byte[] body : new byte[][] {AuctionCommand.close(), AuctionCommand.cancel("x"), AuctionCommand.open(auction.terms())}) {
            assertThat(auction.apply(DURATION_MS, ANA, body).reason()).contains("auctioneer's alone");
        }
        for (byte[] body : new byte[][] {AuctionCommand.bid(50_00, null), AuctionCommand.join("x"), AuctionCommand.leave()}) {
            assertThat(auction.apply(DURATION_MS, Uid.NOBODY, body).reason()).contains("comes from a client");
        }
        assertThat(auction.phase()).isEqualTo(AuctionPhase.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "null", "7", "\"bid\"", "{}", "{\"type\":7}", "{\"type\":\"bid\"}", "{\"type\":\"sell\"}",
        "{\"type\":\"bid\",\"amountCents\":\"5000\"}", "{\"type\":\"bid\",\"amountCents\":5000.5}", "{\"type\":\"bid\",\"amountCents\":5e3}",
        "{\"type\":\"bid\",\"amountCents\":99999999999999999999}", "{\"type\":\"bid\",\"amountCents\":null}", "{\"type\":\"bid\",\"amountCents\":[]}",
        "{\"type\":\"bid\",\"amountCents\":-5000}", "{\"type\":\"bid\",\"amountCents\":5000}x", "{\"type\":\"bid\",\"amountCents\":5000,}",
        "{\"type\":\"bid\",\"amountCents\":05000}", "{\"type\":\"bid\",\"amountCents\":5000,\"note\":7}",
        "{\"type\":\"bid\",\"amountCents\":5000,\"name\":\"\\ud800\"}", "{\"type\":\"join\",\"name\":{}}", "{\"type\":\"open\"}"})
    void shouldRejectMalformedBodiesWithASentenceAndNeverThrow(String body) {
        AuctionSnapshot before = auction.snapshot();
        Outcome outcome = auction.apply(0, ANA, bytes(body));
        assertThat(outcome.result()).isEqualTo(Result.REJECTED);
        assertThat(outcome.reason()).isNotEmpty();
        assertThat(auction.snapshot()).isEqualTo(before);
    }

    @Test
    void shouldSurviveDeepNestingAndBrokenUtf8() {
        assertThat(auction.apply(0, ANA, bytes("[".repeat(100_000))).result()).isEqualTo(Result.REJECTED);
        assertThat(auction.apply(0, ANA, bytes("{\"a\":".repeat(100_000))).result()).isEqualTo(Result.REJECTED);
        assertThat(auction.apply(0, ANA, new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0}).result()).isEqualTo(Result.REJECTED);
    }

    @Test
    void shouldRejectALongNote() {
        assertThat(auction.apply(1, ANA, AuctionCommand.bid(40_00, "x".repeat(500))).accepted()).isTrue();
        assertThat(auction.apply(1, ANA, AuctionCommand.bid(50_00, "x".repeat(501))).reason()).contains("note").contains("500");
    }

    @Test
    void shouldReadABidWithEscapesAndSpacesLikeAPlainOne() {
        Outcome spaced = auction.apply(1, ANA, bytes("{ \"amountCents\" : 4000, \"note\":\"a\\\"b \\u00e4\", \"type\":\"bid\", \"extra\":[1] }"));
        assertThat(spaced.accepted()).isTrue();
    }
}
