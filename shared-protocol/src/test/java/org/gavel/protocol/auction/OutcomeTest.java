package org.gavel.protocol.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {
    private static final Uid ANA = new Uid(0xA);

    private static Outcome bid(String name, String reason) {
        return new Outcome("bid", reason.isEmpty() ? Outcome.Result.ACCEPTED : Outcome.Result.REJECTED, ANA, name, 125_00,
                new Standing(125_00, ANA, name, 130_00, 7, 60_000), false, reason);
    }

    private static JsonObject json(Outcome outcome) {
        return JsonParser.parseString(new String(outcome.toJson(), StandardCharsets.UTF_8)).getAsJsonObject();
    }

    @Test
    void shouldWriteTheFieldsOfTheContract() {
        JsonObject json = json(bid("mika", ""));
        assertThat(json.keySet()).containsExactly("type", "result", "by", "name", "amountCents", "priceCents", "leader", "leaderName",
                "minimumCents", "bids", "endsAtMs");
        assertThat(json.get("by").getAsString()).isEqualTo("000000000000000a");
        assertThat(json(bid("mika", "too low")).get("reason").getAsString()).isEqualTo("too low");
    }

    @Test
    void shouldNameTheWinnerOfAClose() {
        Outcome closed = new Outcome("closed", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, new Standing(10, ANA, "Ana", 15, 1, 5), true, "");
        assertThat(json(closed).get("winner").getAsString()).isEqualTo(ANA.toString());
        assertThat(json(closed).get("sold").getAsBoolean()).isTrue();
        Outcome unsold = new Outcome("closed", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, new Standing(10, ANA, "Ana", 15, 1, 5), false, "reserve");
        assertThat(json(unsold).get("winner").getAsString()).isEmpty();
    }

    @Test
    void shouldSayNothingButTheTypeOfAConfiguration() {
        assertThat(new String(Outcome.config().toJson(), StandardCharsets.UTF_8)).isEqualTo("{\"type\":\"config\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mika", "J\u00fcrgen \ud83d\udd28", "a\"b\\c\n\u0001/", "", "\u2028<>&'"})
    void shouldComeBackFromJsonWhateverTheName(String name) throws MalformedException {
        for (Outcome outcome : new Outcome[] {bid(name, ""), bid(name, "'" + name + "' is too low")}) {
            assertThat(Outcome.fromJson(outcome.toJson())).isEqualTo(outcome);
            assertThat(json(outcome).get("name").getAsString()).as("any JSON reader agrees").isEqualTo(name);
        }
    }

    @Test
    void shouldReadWhatAnotherProgramWrote() throws MalformedException {
        Outcome read = Outcome.fromJson("{ \"type\" : \"closed\", \"sold\": true, \"leader\":\"a\", \"new\":[{}], \"priceCents\":5 }");
        assertThat(read.winner()).isEqualTo(ANA);
        assertThat(read.standing().priceCents()).isEqualTo(5);
        assertThat(Outcome.fromJson("{\"type\":\"join\",\"other\":7}").type()).isEqualTo("join");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"type\":\"bid\",\"result\":\"perhaps\"}", "{\"type\":\"bid\",\"by\":\"xyz\"}",
        "{\"type\":\"bid\",\"bids\":\"7\"}", "{\"type\":\"bid\"", "{\"type\":\"bid\"}}"})
    void shouldRefuseWhatIsNoOutcome(String json) {
        assertThatThrownBy(() -> Outcome.fromJson(json)).isInstanceOf(MalformedException.class);
    }
}
