package org.gavel.node.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.NoAnswerException;
import org.gavel.protocol.client.Outcome;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

/** The lines of docs/HISTORIES.md: what is written, and what is read back. */
class HistoryRecorderTest {
    private static final Uid MIKA = new Uid(0xA);
    private final StringWriter out = new StringWriter();
    private final HistoryRecorder recorder = new HistoryRecorder(out, () -> 7, "t", true);

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private static BidResult accepted(long seq, long cents) {
        return new BidResult(seq, Outcome.of("{\"type\":\"bid\",\"result\":\"accepted\",\"priceCents\":" + cents
            + ",\"minimumCents\":" + (cents + 500) + ",\"leader\":\"000000000000000a\",\"bids\":1}"));
    }

    private static List<AuctionHistory> read(String text) throws IOException, HistoryFormatException {
        return HistoryReader.read(new BufferedReader(new StringReader(text)));
    }

    @Test
    void shouldWriteTheCallBeforeItIsMadeAndTheAnswerBehindIt() {
        recorder.bid("lamp-1", MIKA, 4_000, () -> {
            assertThat(lines()).containsExactly("{\"time\":7,\"process\":\"t.1\",\"type\":\"invoke\",\"op\":\"bid\",\"client\":\"000000000000000a\","
                + "\"auction\":\"lamp-1\",\"value\":{\"amountCents\":4000}}");
            return CompletableFuture.completedFuture(accepted(9, 4_000));
        });
        assertThat(lines().get(1)).isEqualTo("{\"time\":7,\"process\":\"t.1\",\"type\":\"ok\",\"op\":\"bid\",\"client\":\"000000000000000a\","
            + "\"auction\":\"lamp-1\",\"value\":{\"result\":\"accepted\",\"seq\":9,\"priceCents\":4000,\"minimumCents\":4500,\"bids\":1,\"leader\":\"000000000000000a\"}}");
    }

    @Test
    void shouldReadBackWhatItWrote() throws IOException, HistoryFormatException {
        recorder.terms("lamp-1", RandomHistory.TERMS);
        recorder.terms("lamp-1", RandomHistory.TERMS);
        recorder.bid("lamp-1", MIKA, 4_000, () -> CompletableFuture.completedFuture(accepted(9, 4_000)));
        recorder.join("lamp-1", MIKA, () -> CompletableFuture.completedFuture(new JoinResult("lamp-1", 3, false)));
        recorder.bid("lamp-1", MIKA, 4_400, CompletableFuture::new);
        AuctionHistory history = read(out.toString()).get(0);
        assertThat(history.terms()).isEqualTo(RandomHistory.TERMS);
        assertThat(history.operations()).extracting(Operation::op).containsExactly(Op.BID, Op.JOIN, Op.BID);
        assertThat(history.operations().get(0).answer()).isEqualTo(new Answer(true, 9, 4_000, 4_500, 1, MIKA, false, false));
        assertThat(history.operations().get(1)).isEqualTo(new Operation("t.1", Op.JOIN, MIKA, 0, Answer.done(3), 4, 5));
        assertThat(history.operations().get(2).isAnswered()).as("the last one is still under way").isFalse();
    }

    @Test
    void shouldTellApartWhatCertainlyFailedAndWhatNobodyKnows() throws IOException, HistoryFormatException {
        CompletableFuture<BidResult> late = new CompletableFuture<>();
        recorder.bid("lamp-1", MIKA, 1, () -> CompletableFuture.failedFuture(new RefusedException("too many")));
        recorder.bid("lamp-1", MIKA, 2, () -> late);
        recorder.bid("lamp-1", MIKA, 3, () -> CompletableFuture.completedFuture(new BidResult(0, Outcome.of("{\"type\":\"bid\",\"result\":\"rejected\"}"))));
        late.completeExceptionally(new NoAnswerException("in time"));
        recorder.bid("lamp-1", MIKA, 4, () -> CompletableFuture.failedFuture(new NoAnswerException("at once")));
        assertThat(lines()).filteredOn(l -> !l.contains("invoke")).satisfiesExactly(l -> assertThat(l).contains("\"t.1\",\"type\":\"fail\""),
            l -> assertThat(l).contains("\"t.2\",\"type\":\"fail\"").contains("the auction is over"),
            l -> assertThat(l).contains("\"t.1\",\"type\":\"info\"").contains("in time"), l -> assertThat(l).contains("\"type\":\"info\""));
        assertThat(read(out.toString()).get(0).operations()).as("2 and 4 may have taken effect").extracting(Operation::amountCents).containsExactly(2L, 4L);
    }

    @Test
    void shouldLearnTheTermsAndTheResultFromTheStream() throws IOException, HistoryFormatException {
        AuctionListener listener = recorder.listener("lamp-1", MIKA, event -> { });
        listener.onEvent(AuctionEvent.of("lamp-1", 2, 0, Outcome.of("{\"type\":\"snapshot\",\"state\":\"running\",\"item\":{\"id\":\"lamp\",\"title\":\"L\","
            + "\"startPriceCents\":4000,\"incrementCents\":500,\"reserveCents\":6000},\"seller\":\"0000000000005e11\"}"), false));
        Outcome closed = Outcome.of("{\"type\":\"closed\",\"result\":\"accepted\",\"sold\":true,\"winner\":\"000000000000000a\",\"priceCents\":7000,\"bids\":3}");
        listener.onEvent(AuctionEvent.of("lamp-1", 9, 0, closed, false));
        listener.onEvent(AuctionEvent.of("lamp-1", 9, 0, closed, false));
        AuctionHistory history = read(out.toString()).get(0);
        assertThat(history.terms()).isEqualTo(RandomHistory.TERMS);
        assertThat(history.operations()).singleElement()
            .isEqualTo(new Operation("t.1", Op.RESULT, MIKA, 0, new Answer(true, 9, 7_000, Answer.ABSENT, 3, MIKA, true, false), 1, 3));
    }

    /** The INM cancels an auction whose nodes are all gone: it knows no standing, and says 'price 0 after 0 bids'. */
    @Test
    void shouldNotTakeTheZerosOfACancellationWithoutAStandingForAPrice() throws IOException, HistoryFormatException {
        String cancelled = "{\"type\":\"cancelled\",\"result\":\"accepted\",\"sold\":false,\"winner\":\"\",\"priceCents\":%d,\"bids\":%d,\"endsAtMs\":%d}";
        recorder.listener("lamp-1", MIKA, event -> { }).onEvent(AuctionEvent.of("lamp-1", 0, 0, Outcome.of(cancelled.formatted(0, 0, 0)), false));
        recorder.listener("lamp-1", MIKA, event -> { }).onEvent(AuctionEvent.of("lamp-1", 9, 0, Outcome.of(cancelled.formatted(7_000, 3, 5_000)), false));
        assertThat(read(out.toString()).get(0).operations()).extracting(Operation::answer).containsExactly(
            new Answer(true, 0, Answer.ABSENT, Answer.ABSENT, Answer.ABSENT, Uid.NOBODY, false, true),
            new Answer(true, 9, 7_000, Answer.ABSENT, 3, Uid.NOBODY, false, true));
    }

    @Test
    void shouldRefuseWhatIsNoHistoryNamingTheLine() {
        String invoke = "{\"process\":\"p\",\"type\":\"invoke\",\"op\":\"bid\",\"auction\":\"a\",\"value\":{\"amountCents\":1}}\n";
        String ok = "{\"process\":\"p\",\"type\":\"ok\",\"op\":\"bid\",\"auction\":\"a\",\"value\":{\"result\":\"accepted\"}}\n";
        assertThatThrownBy(() -> read("\nrubbish\n")).isInstanceOf(HistoryFormatException.class).hasMessageStartingWith("line 2: ");
        assertThatThrownBy(() -> read(invoke + invoke)).hasMessageContaining("line 2: process p calls again");
        assertThatThrownBy(() -> read(ok)).hasMessageContaining("line 1: process p is answered, but called nothing");
        assertThatThrownBy(() -> read(invoke + ok.replace("accepted", "perhaps"))).hasMessageContaining("line 2: an answer is accepted or rejected");
        assertThatThrownBy(() -> read(invoke.replace("bid", "end"))).hasMessageContaining("the operation end is not known");
        assertThatThrownBy(() -> read(invoke.replace("1}", "1e3}"))).hasMessageContaining("amountCents is not a whole number");
        String terms = "{\"type\":\"terms\",\"auction\":\"a\",\"value\":{\"startPriceCents\":1,\"incrementCents\":%d}}\n";
        assertThatThrownBy(() -> read(terms.formatted(1) + terms.formatted(2))).hasMessageContaining("line 2: the terms of a were named before");
    }

    @Test
    void shouldSayAtTheEndThatTheHistoryIsIncomplete() {
        Writer full = new Writer() {
            @Override
            public void write(char[] chars, int offset, int length) throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        };
        HistoryRecorder failing = new HistoryRecorder(full, () -> 0, "t", true);
        failing.bid("lamp-1", MIKA, 1, CompletableFuture::new);
        assertThatThrownBy(failing::close).isInstanceOf(IOException.class).hasMessage("no space left on device");
    }
}
