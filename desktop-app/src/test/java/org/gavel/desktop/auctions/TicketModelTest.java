package org.gavel.desktop.auctions;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.desktop.auctions.TicketModel.Phase;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketModelTest {
    private final TicketModel ticket = new TicketModel();

    @BeforeEach
    void choose() {
        ticket.choose("lamp-1", "Lamp");
        ticket.market(12_500, 500, true, "", "");
    }

    private static BidResult result(long seq, String outcome) {
        return new BidResult(seq, Outcome.of(outcome));
    }

    private static BidResult accepted(long seq, long priceCents) {
        return result(seq, "{\"type\":\"bid\",\"result\":\"accepted\",\"priceCents\":" + priceCents + ",\"minimumCents\":" + (priceCents + 500) + "}");
    }

    @Test
    void shouldTakeTheItemsNameWhenItComesAfterTheAuction() {
        ticket.choose("clock-2", "clock");
        assertThat(ticket.choose("clock-2", "Mantel clock")).isTrue();
        assertThat(ticket.title()).isEqualTo("Mantel clock");
    }

    @Test
    void shouldSayOnTheButtonWhatItDoes() {
        assertThat(ticket.buttonText()).isEqualTo("Bid");
        assertThat(ticket.canSubmit()).isFalse();
        ticket.type("125");
        assertThat(ticket.buttonText()).isEqualTo("Bid 125.00 on Lamp");
        assertThat(ticket.canSubmit()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"abc, not a number", "-5, negative", "1.234, 3 decimals", "9e3, exponent", "90000000000000.01, too large", "'1 250', space", "'1,250', separators",
        "124.99, minimum is 125.00"})
    void shouldNameEachMistake(String text, String words) {
        ticket.type(text);
        assertThat(ticket.message()).contains(words);
        assertThat(ticket.isTrouble()).isTrue();
        assertThat(ticket.submit()).isEmpty();
        assertThat(ticket.text()).isEqualTo(text);
    }

    @Test
    void shouldSayThatThePriceMovedAndLeaveWhatWasTyped() {
        ticket.type("125");
        ticket.market(13_000, 500, true, "", "");
        assertThat(ticket.message()).isEqualTo("minimum is now 130.00");
        assertThat(ticket.text()).isEqualTo("125");
        assertThat(ticket.canSubmit()).isFalse();
    }

    @Test
    void shouldBeLockedUntilAnsweredAndSendOnce() {
        ticket.type("125");
        assertThat(ticket.submit()).contains(12_500L);
        assertThat(ticket.submit()).isEmpty();
        ticket.type("999");
        assertThat(ticket.text()).isEqualTo("125");
        assertThat(ticket.message()).isEqualTo("Sending…");
        ticket.market(12_500, 500, true, "", "waiting for a leader");
        assertThat(ticket.message()).isEqualTo("Sending… waiting for a leader");
        assertThat(ticket.choose("vase-2", "Vase")).isFalse();

        ticket.answered(accepted(41, 12_500));
        assertThat(ticket.message()).isEqualTo("Ordered #41 · accepted: you lead at 125.00");
        assertThat(ticket.phase()).isEqualTo(Phase.ACCEPTED);
        assertThat(ticket.submit()).as("the second half of a double click").isEmpty();
    }

    @Test
    void shouldTellARejectionWithItsPlaceAndReason() {
        ticket.type("125");
        ticket.submit();
        ticket.answered(result(42, "{\"type\":\"bid\",\"result\":\"rejected\",\"reason\":\"bid at least 130.00\",\"minimumCents\":13000}"));
        assertThat(ticket.message()).isEqualTo("Ordered #42 · rejected: bid at least 130.00");
        assertThat(ticket.isTrouble()).isTrue();
        assertThat(ticket.canSubmit()).isFalse();
        ticket.type("130");
        assertThat(ticket.canSubmit()).isTrue();
    }

    @Test
    void shouldRaiseByIncrementsFromWhatWasTypedOrFromThePrice() {
        ticket.raise(1);
        assertThat(ticket.text()).isEqualTo("125.00");
        ticket.raise(5);
        assertThat(ticket.text()).isEqualTo("150.00");
        ticket.type("3");
        ticket.raise(10);
        assertThat(ticket.text()).isEqualTo("170.00");
    }

    @Test
    void shouldTakeNoBidWhereNoneIsTakenAndSayWhy() {
        ticket.type("200");
        ticket.market(-1, 500, false, "the auction is over: not sold", "");
        assertThat(ticket.canSubmit()).isFalse();
        assertThat(ticket.message()).isEqualTo("the auction is over: not sold");
    }

    @Test
    void shouldFillTheMinimumOnlyOnThePersonsWord() {
        ticket.type("125");
        ticket.submit();
        ticket.answered(accepted(7, 12_500));
        ticket.market(14_000, 500, true, "", "");
        assertThat(ticket.text()).isEqualTo("125");
        ticket.fillMinimum();
        assertThat(ticket.text()).isEqualTo("140.00");
        assertThat(ticket.canSubmit()).isTrue();
    }

    @Test
    void shouldBeginAFreshTicketForAnotherAuction() {
        ticket.type("125");
        assertThat(ticket.choose("vase-2", "Vase")).isTrue();
        assertThat(ticket.text()).isEmpty();
        assertThat(ticket.auctionId()).isEqualTo("vase-2");
    }
}
