package org.gavel.protocol.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTest {
    private static Item item(String id, long start, long increment, Long reserve) {
        return new Item(id, "A lamp", null, start, increment, reserve);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lamp", "brass-sextant", "7", "a-", "a23456789012345678901234567890123456789x"})
    void shouldTakeIdsThatCanBeSaidAloud(String id) {
        assertThat(item(id, 1, 1, null).complaint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Lamp", "-lamp", "la mp", "l\u00e4mp", "a_b", "lamp\n", "a234567890123456789012345678901234567890x"})
    void shouldRefuseOtherIds(String id) {
        assertThat(item(id, 1, 1, null).complaint()).hasValueSatisfying(s -> assertThat(s).contains("id").contains("lower-case"));
    }

    @Test
    void shouldNameThePriceThatIsWrong() {
        assertThat(item("a", -1, 1, null).complaint()).hasValueSatisfying(s -> assertThat(s).contains("startPriceCents is negative"));
        assertThat(item("a", 0, 0, null).complaint()).hasValueSatisfying(s -> assertThat(s).contains("incrementCents is 0"));
        assertThat(item("a", 0, 1, -5L).complaint()).hasValueSatisfying(s -> assertThat(s).contains("reserveCents is negative"));
        assertThat(item("a", Money.AMOUNT_CENTS_MAX + 1, 1, null).complaint()).isPresent();
        assertThat(item("a", 0, Money.AMOUNT_CENTS_MAX, Money.AMOUNT_CENTS_MAX).complaint()).isEmpty();
    }

    @Test
    void shouldRefuseTextsThatAreBlankLongOrHoldControls() {
        assertThat(new Item("a", " ", null, 0, 1, null).complaint()).isPresent();
        assertThat(new Item("a", "x".repeat(121), null, 0, 1, null).complaint()).isPresent();
        assertThat(new Item("a", "x\u001b[2J", null, 0, 1, null).complaint()).isPresent();
        assertThat(new Item("a", "x", "y".repeat(401), 0, 1, null).complaint()).isPresent();
        assertThat(new Item("a", null, null, 0, 1, null).complaint()).isPresent();
    }

    @Test
    void shouldComeBackFromJson() throws MalformedException {
        for (Item item : new Item[] {item("lamp", 40_00, 5_00, null), new Item("globe", "\"Globe\" \u00e4\ud83c\udf0d", "round", 0, 1, 10L)}) {
            assertThat(Item.fromJson(JsonFields.parse(JsonFields.bytes(item.toJson()), "it"))).isEqualTo(item);
        }
    }

    @Test
    void shouldRefuseAPriceThatIsNoWholeNumber() {
        assertThatThrownBy(() -> Item.fromJson(JsonFields.parse(
                "{\"id\":\"a\",\"title\":\"b\",\"startPriceCents\":1.5,\"incrementCents\":1}".getBytes(), "it")))
                .isInstanceOf(MalformedException.class).hasMessageContaining("startPriceCents").hasMessageContaining("whole number");
    }
}
