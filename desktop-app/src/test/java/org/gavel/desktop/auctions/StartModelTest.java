package org.gavel.desktop.auctions;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.StartRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartModelTest {
    private final StartModel form = new StartModel();

    StartModelTest() {
        form.item(new ItemInfo("lamp", "Lamp", null, 4_000, 500, null));
    }

    @Test
    void shouldAskForAnItem() {
        form.item(null);
        assertThat(form.itemComplaint()).isEqualTo("choose an item");
        assertThat(form.isComplete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'', how long", "soon, not a duration", "0s, no time at all", "99999h, longer than 30 days", "5, not a duration"})
    void shouldNameWhatIsWrongWithADuration(String text, String words) {
        form.duration(text);
        assertThat(form.durationComplaint()).contains(words);
        assertThat(form.isComplete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"abc, not a number", "-1, negative", "1.234, 3 decimals"})
    void shouldNameWhatIsWrongWithAPrice(String text, String words) {
        form.startPrice(text);
        assertThat(form.startPriceComplaint()).contains(words);
        form.startPrice("");
        form.reserve(text);
        assertThat(form.reserveComplaint()).contains(words);
        assertThat(form.isComplete()).isFalse();
    }

    @Test
    void shouldRefuseAReserveBelowTheStartPrice() {
        form.reserve("39.99");
        assertThat(form.reserveComplaint()).contains("below the start price of 40.00");
        form.startPrice("20");
        assertThat(form.reserveComplaint()).isEmpty();
    }

    @Test
    void shouldAskForWhatWasTypedAndLeaveTheRestToTheCatalogue() {
        form.duration("2m");
        form.reserve("80");
        assertThat(form.request()).isEqualTo(new StartRequest("lamp", 120_000, null, null, 8_000L, true));
        form.mine(true);
        form.startPrice("50.5");
        assertThat(form.request()).isEqualTo(new StartRequest("lamp", 120_000, null, 5_050L, 8_000L, false));
    }
}
