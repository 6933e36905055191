package org.gavel.protocol.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({"125,12500", "125.00,12500", "125.5,12550", "125.05,12505", "0,0", "0.01,1", "007,700", "90000000000000,9000000000000000",
        "90000000000000.00,9000000000000000"})
    void shouldReadWhatPeopleType(String text, long cents) {
        assertThat(Money.parse(text)).isEqualTo(cents);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-1|negative", "-0.01|negative", "1.234|3 decimals", "0.000|3 decimals", "abc|not a number", "1x|not a number", "+5|not a number",
        "NaN|not a number", "1e3|exponent", "1E3|exponent", "1,000|separators", "125,50|separators", "1'000|separators", "1_000|separators",
        "1 000|space", "5.|not an amount", ".5|not an amount", ".|not an amount", "1.2.3|not an amount", "0x10|not a number", "$5|not a number",
        "90000000000000.01|too large", "99999999999999999999999999|too large", "9223372036854775808|too large"})
    void shouldRefuseWithASentenceThatNamesTheMistakeAndTheWayOut(String text, String mistake) {
        assertThatThrownBy(() -> Money.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(mistake)
                .hasMessageContaining("'" + text + "'").message().matches("(?s).*(write|leave|an amount is at most).*");
    }

    @ParameterizedTest
    @ValueSource(strings = {" 5", "5 ", "1\u00a0000", "1\t0"})
    void shouldRefuseEveryKindOfSpace(String text) {
        assertThatThrownBy(() -> Money.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("space");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void shouldRefuseNothingAtAll(String text) {
        assertThatThrownBy(() -> Money.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("empty");
    }

    @Test
    void shouldNotReadDigitsOfOtherScripts() {
        assertThatThrownBy(() -> Money.parse("\u0661\u0662")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not a number");
    }

    @Test
    void shouldShortenAndCleanWhatItQuotes() {
        assertThatThrownBy(() -> Money.parse("x\u001b[2J" + "9".repeat(500))).hasMessageStartingWith("'x?[2J").message().hasSizeLessThan(120);
    }

    @ParameterizedTest
    @CsvSource({"12500,125.00", "1,0.01", "10,0.10", "0,0.00", "-1,-0.01", "-150,-1.50", "9000000000000000,90000000000000.00"})
    void shouldFormatWithTwoDecimals(long cents, String text) {
        assertThat(Money.format(cents)).isEqualTo(text);
    }
}
