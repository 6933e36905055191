package org.gavel.node.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gavel.node.history.AuctionVerdict.Verdict;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search by itself: right histories pass, whatever the overlap; long ones in seconds; what cannot be decided is no 'ok'. */
class LinearizabilityTest {
    private static final Uid A = new Uid(0xA);
    private static final Uid B = new Uid(0xB);
    private final HistoryChecker checker = new HistoryChecker(HistoryChecker.BUDGET);

    private static Operation bid(Uid client, long cents, Answer answer, int from, int to) {
        return new Operation("p" + from, Op.BID, client, cents, answer, from, to);
    }

    private static Answer accepted(long price) {
        return new Answer(true, 0, price, Answer.ABSENT, Answer.ABSENT, null, false, false);
    }

    private static Answer rejected(long price) {
        return new Answer(false, 0, price, Answer.ABSENT, Answer.ABSENT, null, false, false);
    }

    private AuctionVerdict check(Operation... operations) {
        return checker.check(new AuctionHistory("lamp-1", Terms.of(4_000, 500), List.of(operations)));
    }

    @ParameterizedTest
    @CsvSource({"2,0", "3,10", "8,0", "8,3", "25,2", "60,1"})
    void shouldFindAnOrderForRightHistories(int processes, int lostPercent) {
        for (long seed = 1; seed <= 60; seed++) {
            AuctionHistory history = new RandomHistory(seed, 200, processes, lostPercent).make();
            assertThat(checker.check(history)).as("seed " + seed).matches(AuctionVerdict::isOk);
            assertThat(checker.check(bare(history))).as("seed " + seed + ", without numbers").matches(AuctionVerdict::isOk);
        }
    }

    /** Answers without number, count and leader: the search has to find the order by the prices alone. */
    static AuctionHistory bare(AuctionHistory history) {
        return new AuctionHistory(history.auction(), history.terms(), history.operations().stream().map(o -> !o.isAnswered() ? o
            : new Operation(o.process(), o.op(), o.client(), o.amountCents(), new Answer(o.answer().accepted(), Answer.ABSENT, o.answer().priceCents(), Answer.ABSENT,
                Answer.ABSENT, null, o.answer().sold(), o.answer().cancelled()), o.invokedAt(), o.returnedAt())).toList());
    }

    @Test
    void shouldOrderOverlappingBidsByTheirAnswersAndNotByTheirCalls() {
        assertThat(check(bid(A, 5_000, accepted(5_000), 1, 4), bid(B, 4_000, accepted(4_000), 2, 3)).verdict()).isEqualTo(Verdict.OK);
        assertThat(check(bid(A, 5_000, accepted(5_000), 1, 2), bid(B, 4_000, accepted(4_000), 3, 4)).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    /** Seed 39 of the campaign (3 minutes, 14 nodes): one client heard that it was sold, another that it was cancelled. */
    @Test
    void shouldNotLetAnAuctionBeSoldForOneAndCancelledForAnother() {
        Operation bid = bid(A, 4_000, accepted(4_000), 1, 2);
        Operation sold = new Operation("r", Op.RESULT, A, 0, new Answer(true, 9, 4_000, Answer.ABSENT, 1, A, true, false), 3, 5);
        Operation cancelled = new Operation("s", Op.RESULT, B, 0, new Answer(true, 0, Answer.ABSENT, Answer.ABSENT, Answer.ABSENT, null, false, true), 4, 6);
        assertThat(check(bid, sold).verdict()).isEqualTo(Verdict.OK);
        assertThat(check(bid, cancelled).verdict()).isEqualTo(Verdict.OK);
        assertThat(check(bid, sold, cancelled).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void shouldLetAnUnansweredBidHaveHappenedOrNot() {
        Operation unanswered = bid(A, 4_000, null, 1, Operation.NEVER);
        assertThat(check(unanswered, bid(B, 4_000, rejected(4_000), 2, 3)).verdict()).as("it happened").isEqualTo(Verdict.OK);
        assertThat(check(unanswered, bid(B, 4_000, accepted(4_000), 2, 3)).verdict()).as("it did not").isEqualTo(Verdict.OK);
        assertThat(check(unanswered, bid(B, 4_000, accepted(4_000), 2, 3), bid(B, 4_500, rejected(4_500), 4, 5)).verdict())
            .as("4,500 was never offered").isEqualTo(Verdict.VIOLATION);
        assertThat(check(bid(B, 4_200, rejected(4_200), 1, 2), bid(A, 4_200, null, 3, Operation.NEVER)).verdict())
            .as("it was called too late").isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void shouldTellTheShortestPrefixThatFailsAndWhatHasNoPlace() {
        AuctionVerdict verdict = check(bid(A, 4_000, accepted(4_000), 1, 2), bid(B, 4_500, accepted(4_500), 3, 6), bid(A, 4_300, accepted(4_300), 4, 5),
            bid(A, 9_000, accepted(9_000), 7, 8));
        assertThat(verdict.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(verdict.shortestPrefix()).as("the line of the answer to 43.00").isEqualTo(5);
        assertThat(verdict.stuck()).anyMatch(s -> s.contains("lines 4 and 5: bid 43.00 by 0000 (process p4), answered {\"result\":\"accepted\""));
    }

    @Test
    void shouldNotTrustTheNumbersButJudgeThem() {
        Answer first = new Answer(true, 7, 4_000, Answer.ABSENT, Answer.ABSENT, null, false, false);
        Answer second = new Answer(true, 6, 4_500, Answer.ABSENT, Answer.ABSENT, null, false, false);
        AuctionVerdict verdict = check(bid(A, 4_000, first, 1, 3), bid(B, 4_500, second, 2, 4));
        assertThat(verdict.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(verdict.sentence()).contains("but not the one that their numbers claim");
        assertThat(verdict.shortestPrefix()).isEqualTo(4);
    }

    @Test
    void shouldCallUnknownWhatItCannotDecide() {
        AuctionHistory nameless = new AuctionHistory("lamp-1", null, List.of(bid(A, 4_000, accepted(4_000), 1, 2)));
        assertThat(checker.check(nameless).verdict()).isEqualTo(Verdict.UNKNOWN);
        // Which of many unanswered bids add up to a price that none of them can reach is a search without end.
        List<Operation> hard = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            hard.add(bid(A, 4_000 + 500L * i, null, i + 1, Operation.NEVER));
        }
        hard.add(bid(B, 4_000, rejected(99_999), 41, 42));
        AuctionHistory endless = new AuctionHistory("lamp-1", Terms.of(4_000, 500), hard);
        assertThat(new HistoryChecker(1_000).check(endless).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"4,0", "64,0", "16,1"})
    void shouldJudgeAHundredThousandOperations(int processes, int lostPerMille) {
        AuctionHistory history = new RandomHistory(1, 110_000, processes, 0).make();
        assertThat(checker.check(lose(history, lostPerMille)).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void shouldJudgeAHundredThousandOperationsByTheirPricesAlone() {
        assertThat(checker.check(bare(new RandomHistory(1, 110_000, 16, 0).make())).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void shouldFindOneWrongAnswerAmongFiftyThousand() {
        AuctionHistory history = new RandomHistory(2, 50_000, 16, 0).withFault(RandomHistory.Fault.LOST, 30_000).make();
        AuctionVerdict verdict = checker.check(history);
        assertThat(verdict.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(verdict.shortestPrefix()).as("soon after the loss, in lines").isBetween(50_000, 70_000);
    }

    /** Takes the answers of some operations away. */
    private static AuctionHistory lose(AuctionHistory history, int perMille) {
        SplittableRandom random = new SplittableRandom(3);
        return new AuctionHistory(history.auction(), history.terms(), history.operations().stream().map(o -> o.op() == Op.RESULT || random.nextInt(1_000) >= perMille ? o
            : new Operation(o.process(), o.op(), o.client(), o.amountCents(), null, o.invokedAt(), Operation.NEVER)).toList());
    }
}
