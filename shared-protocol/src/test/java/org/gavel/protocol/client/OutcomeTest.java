package org.gavel.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import org.gavel.protocol.identity.Address;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void shouldReadEveryFieldOfABid() {
        Outcome outcome = Outcome.of("{\"type\":\"bid\",\"result\":\"rejected\",\"by\":\"00000000000000aa\",\"name\":\"J\\u00f6rg \\\"x\\\"\",\"amountCents\":5,"
                + "\"priceCents\":9000000000000000,\"leaderName\":\"ada\",\"minimumCents\":105,\"bids\":2,\"endsAtMs\":60000,\"reason\":\"too small\"}");
        assertThat(outcome.isBid()).isTrue();
        assertThat(outcome.result()).isEqualTo("rejected");
        assertThat(outcome.name()).isEqualTo("Jörg \"x\"");
        assertThat(outcome.amountCents()).isEqualTo(5);
        assertThat(outcome.priceCents()).isEqualTo(9_000_000_000_000_000L);
        assertThat(outcome.minimumCents()).isEqualTo(105);
        assertThat(outcome.reason()).isEqualTo("too small");
        assertThat(outcome.winner()).isEmpty();
        assertThat(outcome.number("nothing")).isEqualTo(Outcome.ABSENT);
    }

    @Test
    void shouldStepOverNestedValuesWhiteSpaceAndNull() {
        Outcome outcome = Outcome.of(" { \"people\" : [ {\"a\":\"]}\"}, 3 ] ,\n\"leader\":null, \"sold\": true, \"priceCents\" : 7 } ");
        assertThat(outcome.text("people", "")).isEqualTo("[ {\"a\":\"]}\"}, 3 ]");
        assertThat(outcome.leader()).isEmpty();
        assertThat(outcome.sold()).isTrue();
        assertThat(outcome.priceCents()).isEqualTo(7);
    }

    @Test
    void shouldCallAnythingThatIsNoObjectUnreadableAndNeverThrow() {
        for (String broken : new String[] {"", "{", "[]", "{\"a\"}", "{\"a\":}", "{\"a\":1", "{\"a\":\"x", "{\"a\":1}x", "{\"a\":\"\\u12\"}", "{\"a\":[}", "nul"}) {
            Outcome outcome = Outcome.of(broken);
            assertThat(outcome.type()).as(broken).isEqualTo("unreadable");
            assertThat(outcome.priceCents()).isEqualTo(Outcome.ABSENT);
        }
    }

    @Test
    void shouldReadEveryPrefixOfAnObjectWithoutThrowing() {
        String whole = "{\"type\":\"bid\",\"x\":{\"y\":[1,\"\\\\\"]},\"n\":-12,\"t\":\"\\u0041\"}";
        for (int length = 0; length < whole.length(); length++) {
            assertThat(Outcome.of(whole.substring(0, length)).text("t", "-")).isIn("-", "A");
        }
        assertThat(Outcome.of(whole).text("t", "-")).isEqualTo("A");
    }

    @Test
    void shouldWriteCommandsThatAnyReaderUnderstands() {
        for (String note : new String[] {"plain", "a \"quote\"", "back\\slash", "new\nline", "über 🦊", ""}) {
            JsonObject bid = JsonParser.parseString(new String(Commands.bid(12_500, note), StandardCharsets.UTF_8)).getAsJsonObject();
            assertThat(bid.get("type").getAsString()).isEqualTo("bid");
            assertThat(bid.get("amountCents").getAsLong()).isEqualTo(12_500);
            assertThat(bid.get("note").getAsString()).isEqualTo(note);
        }
        assertThat(new String(Commands.bid(1, null), StandardCharsets.UTF_8)).isEqualTo("{\"type\":\"bid\",\"amountCents\":1}");
        JsonObject join = JsonParser.parseString(new String(Commands.join("J \"x\"", Address.parse("127.0.0.1:5")), StandardCharsets.UTF_8)).getAsJsonObject();
        assertThat(join.get("name").getAsString()).isEqualTo("J \"x\"");
        assertThat(join.get("address").getAsString()).isEqualTo("127.0.0.1:5");
    }
}
