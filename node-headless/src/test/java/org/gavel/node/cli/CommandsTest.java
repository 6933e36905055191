package org.gavel.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.NoAnswerException;
import org.gavel.protocol.client.NoClusterException;
import org.gavel.protocol.client.Outcome;
import org.gavel.protocol.client.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of docs/CLI.md: lines, JSON shapes, exit codes. */
class CommandsTest {
    private final Program program = new Program();

    @ParameterizedTest
    @ValueSource(strings = {"node", "status", "list", "start", "join", "bid", "leave", "client", "kill", "pause", "isolate", "forget", "release", "demo", "bench"})
    void shouldShowHelpWithExamples(String command) {
        assertThat(program.run(command, "--help")).isZero();
        assertThat(String.join("\n", program.out)).contains("Usage: gavel-node " + command).containsPattern("Examples?:\n  gavel-node " + command);
        assertThat(program.err).isEmpty();
    }

    @Test
    void shouldShowAVersion() {
        assertThat(program.run("--version")).isZero();
        assertThat(program.out).singleElement().asString().startsWith("gavel ");
    }

    @Test
    void shouldListItemsAndAuctions() {
        assertThat(program.run("list")).isZero();
        assertThat(program.out).anyMatch(line -> line.startsWith("lamp  Brass lamp  40.00  5.00"));
        assertThat(program.out).anyMatch(line -> line.startsWith("lamp-3") && line.contains("125.00") && line.contains("0:42"));
        assertThat(program.out).contains("lamp-3: no tolerance: 1 + 1");
        assertThat(program.house.closed).isTrue();
    }

    @Test
    void shouldListAsOneObject() {
        assertThat(program.run("list", "--json")).isZero();
        JsonObject json = onlyObject();
        assertThat(json.getAsJsonArray("items").get(0).getAsJsonObject().get("startPriceCents").getAsLong()).isEqualTo(4_000);
        assertThat(json.getAsJsonArray("auctions").get(0).getAsJsonObject().keySet())
                .contains("auctionId", "itemId", "state", "active", "followers", "priceCents", "leader", "bids", "endsInMs");
    }

    @Test
    void shouldShowStatusAsATableInRingOrder() {
        assertThat(program.run("status")).isZero();
        assertThat(program.out.get(0)).isEqualTo("cluster gavel, view 1.3, manager birch (b200)");
        assertThat(program.out).anyMatch(line -> line.startsWith("1     birch  b200  127.0.0.1:4712  inm"));
        assertThat(program.out).anyMatch(line -> line.startsWith("2     amber") && line.contains("lamp-3") && line.endsWith("0.1 s ago"));
    }

    @Test
    void shouldShowStatusAsOneObject() {
        assertThat(program.run("status", "--json")).isZero();
        JsonObject json = onlyObject();
        assertThat(json.keySet()).contains("cluster", "viewId", "inm", "nodes", "auctions");
        assertThat(json.getAsJsonArray("nodes").get(1).getAsJsonObject().keySet())
                .containsExactlyInAnyOrder("uid", "name", "address", "role", "auctionId", "incarnation", "lastHeardMs");
    }

    @Test
    void shouldStartAnAuction() {
        assertThat(program.run("start", "lamp", "--duration", "2m", "--reserve", "80.50", "--as", "mika")).isZero();
        assertThat(program.house.asked).containsExactly(
                "start StartRequest[itemId=lamp, durationMs=120000, sellerName=mika, startPriceCents=null, reserveCents=8050, houseSells=false]");
        assertThat(program.out).singleElement().asString().contains("lamp-3").contains("2:00").contains("127.0.0.1:4711");
    }

    @Test
    void shouldTellTheStartedAuctionAsJson() {
        assertThat(program.run("start", "lamp", "--json")).isZero();
        assertThat(onlyObject().get("auctionId").getAsString()).isEqualTo("lamp-3");
        assertThat(onlyObject().get("active").getAsString()).isEqualTo("127.0.0.1:4711");
    }

    @Test
    void shouldBid() {
        assertThat(program.run("bid", "lamp-3", "125", "--json")).isZero();
        assertThat(program.house.asked).containsExactly("bid lamp-3 12500 null");
        assertThat(program.out).containsExactly("{\"result\":\"accepted\",\"seq\":7,\"priceCents\":12500}");
    }

    @Test
    void shouldEndWith4AndTheReasonWhenABidIsRejected() {
        program.house.bidOutcome = "{\"type\":\"bid\",\"result\":\"rejected\",\"priceCents\":12500,\"minimumCents\":13000,\"reason\":\"at least 130.00\"}";
        assertThat(program.run("bid", "lamp-3", "125", "--json")).isEqualTo(4);
        assertThat(program.out).containsExactly(
                "{\"result\":\"rejected\",\"seq\":7,\"priceCents\":12500,\"reason\":\"at least 130.00\",\"minimumCents\":13000}");
        assertThat(program.err).containsExactly("at least 130.00");
    }

    @Test
    void shouldPrintEveryEventUntilTheClose() {
        program.house.events = List.of(
                event(4, "{\"type\":\"bid\",\"result\":\"accepted\",\"name\":\"ada\",\"amountCents\":500,\"minimumCents\":600}"),
                event(6, "{\"type\":\"closed\",\"result\":\"accepted\",\"winner\":\"00000000000000aa\",\"winnerName\":\"ada\","
                        + "\"sold\":true,\"priceCents\":500}"));
        assertThat(program.run("join", "lamp-3")).isZero();
        assertThat(program.out).containsExactly("    4  ada bids 5.00 and leads; next at least 6.00", "    6  closed: sold to ada for 5.00");
        assertThat(program.err).containsExactly("amber is silent");
    }

    @Test
    void shouldPrintEventsAsObjectsEndingWithTheClose() {
        program.house.events = List.of(event(6, "{\"type\":\"closed\",\"result\":\"accepted\",\"winner\":\"00000000000000aa\","
                + "\"sold\":true,\"priceCents\":500}"));
        assertThat(program.run("join", "lamp-3", "--json")).isZero();
        JsonObject json = onlyObject();
        assertThat(json.get("seq").getAsLong()).isEqualTo(6);
        assertThat(json.get("type").getAsString()).isEqualTo("closed");
        assertThat(json.get("winner").getAsString()).isEqualTo("00000000000000aa");
        assertThat(json.get("priceCents").getAsLong()).isEqualTo(500);
    }

    @Test
    void shouldLeave() {
        assertThat(program.run("leave", "lamp-3", "--as", "mika")).isZero();
        assertThat(program.out).containsExactly("mika has left lamp-3");
    }

    @Test
    void shouldInflictFaults() {
        assertThat(program.run("kill", "amber")).isZero();
        assertThat(program.run("pause", "amber", "10s")).isZero();
        assertThat(program.run("isolate", "00a1", "500ms")).isZero();
        assertThat(program.house.asked).containsExactly("kill amber 0", "pause amber 10000", "isolate 00a1 500");
    }

    @Test
    void shouldAskBeforeForgettingAndObeyTheAnswer() {
        program.interactive = true;
        program.input = "no\n";
        assertThat(program.run("forget", "amber")).isEqualTo(4);
        assertThat(program.house.asked).isEmpty();
        assertThat(program.err.get(0)).contains("may be lost");
        program.input = "yes\n";
        assertThat(program.run("forget", "amber")).isZero();
        assertThat(program.house.asked).containsExactly("forget amber");
    }

    @Test
    void shouldRefuseToForgetOrReleaseWhenNobodyCanBeAsked() {
        assertThat(program.run("forget", "amber")).isEqualTo(2);
        assertThat(program.run("release", "lamp")).isEqualTo(2);
        assertThat(program.err).allSatisfy(line -> assertThat(line).contains("--yes"));
        assertThat(program.run("forget", "amber", "--yes")).isZero();
        assertThat(program.run("release", "lamp", "--yes")).isZero();
        assertThat(program.house.asked).containsExactly("forget amber", "release lamp");
    }

    @Test
    void shouldGiveEachFailureItsExitCodeAndOneSentence() {
        program.house.failure = new NoClusterException("no node heard");
        assertThat(program.run("status")).isEqualTo(3);
        program.house.failure = new RefusedException("no such item");
        assertThat(program.run("start", "lmap")).isEqualTo(4);
        assertThat(program.run("join", "lmap-1")).isEqualTo(4);
        program.house.failure = new NoAnswerException("too late");
        assertThat(program.run("bid", "lamp-3", "5")).isEqualTo(5);
        assertThat(program.err).containsExactly("no node heard", "no such item", "no such item", "too late");
        assertThat(program.out).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "frobnicate", "bid", "bid lamp-3", "bid lamp-3 abc", "bid lamp-3 -5", "bid lamp-3 1.234", "bid lamp-3 9000000000000000",
        "bid lamp-3 1e9", "start lamp --duration soon", "start lamp --duration 0s", "start lamp --duration 5", "start lamp --duration 99999h", "start",
        "list --port 0", "list --port 70000", "list --port x", "list --peer nonsense", "list --peer 10.0.0.1:0", "list --timeout 0s", "pause amber",
        "pause amber long", "kill", "node --heartbeat 1ms", "node --heartbeat 2h", "node --founders 0", "node --min-followers 1", "node --min-followers 4",
        "node --uid 0", "node --uid 0x0", "node --uid xyz", "node --uid 0x10000000000000000", "node --extend-window 2h", "list --frob", "node --items",
        "node --bind no-such-card", "node --items /no/such/file.json", "bench --port 4", "bench fast", "bench --kills -1", "bench --seconds 0", "demo --nodes 2"})
    void shouldRefuseWrongUsageWithOneSentence(String line) {
        assertThat(program.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(program.err).singleElement().asString().doesNotContain("Exception").doesNotContain("\tat ").hasSizeGreaterThan(20);
        assertThat(program.house.asked).isEmpty();
    }

    @Test
    void shouldNameTheUnknownOptionAndNotItsValue() {
        assertThat(program.run("bench", "--port", "4")).isEqualTo(2);
        assertThat(program.err).singleElement().asString().contains("--port");
    }

    @Test
    void shouldSayWhichWordIsNoCommandAndWhichIsTooMany() {
        assertThat(program.run("lsit")).isEqualTo(2);
        assertThat(program.run("list", "lamp")).isEqualTo(2);
        assertThat(program.err).satisfiesExactly(
                line -> assertThat(line).startsWith("there is no command 'lsit'"),
                line -> assertThat(line).startsWith("'lamp' is one word too many"));
    }

    @Test
    void shouldRefuseNamesThatNobodyCouldRead() {
        assertThat(program.run("list", "--as", " ")).isEqualTo(2);
        assertThat(program.run("list", "--as", "x".repeat(41))).isEqualTo(2);
        assertThat(program.run("list", "--as", "a\u001b[2J")).isEqualTo(2);
        assertThat(program.run("list", "--cluster", "")).isEqualTo(2);
        assertThat(program.run("node", "--name", "")).isEqualTo(2);
    }

    @Test
    void shouldHandTheCommonOptionsOn() {
        assertThat(program.run("list", "--cluster", "hall", "--port", "5000", "--bind", "lan", "--peer", "10.0.0.1:45454", "--peer", "10.0.0.2:45454",
                "--as", "ada", "--timeout", "2s")).isZero();
        assertThat(program.opened.cluster.cluster()).isEqualTo("hall");
        assertThat(program.opened.cluster.port()).isEqualTo(5_000);
        assertThat(program.opened.cluster.bind).isEqualTo("lan");
        assertThat(program.opened.cluster.peers()).hasSize(2);
        assertThat(program.opened.as()).isEqualTo("ada");
        assertThat(program.opened.timeoutMs).isEqualTo(2_000);
    }

    @Test
    void shouldNotLetAForeignNameMoveTheCursor() {
        assertThat(EventLines.text(event(4, "{\"type\":\"join\",\"name\":\"a\\u001b[2J\"}"))).doesNotContain("\u001b");
    }

    private JsonObject onlyObject() {
        assertThat(program.out).hasSize(1);
        return JsonParser.parseString(program.out.get(0)).getAsJsonObject();
    }

    private static AuctionEvent event(long seq, String outcome) {
        return AuctionEvent.of("lamp-3", seq, 0, Outcome.of(outcome), false);
    }
}
