package org.gavel.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.Outcome;
import org.gavel.protocol.client.RefusedException;
import org.junit.jupiter.api.Test;

/** The shell's script mode. */
class ShellTest {
    private final Program program = new Program();

    @Test
    void shouldRunEachLineAsACommandOverOneConnection() {
        program.input = "# a remark\n\nlist\nstart lamp --duration 60s\nbid lamp-3 125\nleave lamp-3\nquit\nkill amber\n";
        assertThat(program.run("client", "--as", "mika")).isZero();
        assertThat(program.house.asked).containsExactly("list",
                "start StartRequest[itemId=lamp, durationMs=60000, sellerName=mika, startPriceCents=null, reserveCents=null, houseSells=false]",
                "bid lamp-3 12500 null", "leave lamp-3");
        assertThat(program.house.closed).isTrue();
    }

    @Test
    void shouldGoOnAfterAFailureAndEndWithTheFirstOne() {
        program.input = "bid lamp-3 abc\nfrobnicate\nlist\n";
        assertThat(program.run("client")).isEqualTo(2);
        assertThat(program.house.asked).containsExactly("list");
        assertThat(program.err).hasSize(2);
    }

    @Test
    void shouldEndWithTheFirstFailuresOwnCode() {
        program.house.failure = new RefusedException("no");
        program.input = "join lamp-9\nbid lamp-9 x\n";
        assertThat(program.run("client")).isEqualTo(4);
    }

    @Test
    void shouldPrintEventsInTheBackgroundAndWaitForTheClose() {
        program.house.events = List.of(event(6, "{\"type\":\"closed\",\"result\":\"accepted\",\"sold\":false,\"reason\":\"nobody bid\"}"));
        program.input = "join lamp-3\nwait lamp-3\n";
        assertThat(program.run("client")).isZero();
        assertThat(program.out).containsExactly("    6  closed, not sold: nobody bid");
    }

    @Test
    void shouldNotFollowOneAuctionTwice() {
        program.house.endsAtOnce = false;
        program.input = "join lamp-3\njoin lamp-3\n";
        assertThat(program.run("client")).isEqualTo(2);
        assertThat(program.err).contains("you follow lamp-3 already");
    }

    @Test
    void shouldWaitOnlyForWhatIsFollowed() {
        program.input = "wait lamp-3\n";
        assertThat(program.run("client")).isEqualTo(2);
    }

    @Test
    void shouldInheritJson() {
        program.input = "bid lamp-3 125\n";
        assertThat(program.run("client", "--json")).isZero();
        assertThat(program.out).singleElement().asString().startsWith("{\"result\":\"accepted\"");
    }

    @Test
    void shouldRefuseToChangeTheConnectionWithinTheShell() {
        program.input = "list --cluster other\nlist --as ada\n";
        assertThat(program.run("client")).isEqualTo(2);
        assertThat(program.err).hasSize(2).allSatisfy(line -> assertThat(line).contains("is fixed"));
    }

    @Test
    void shouldSayWhichQuoteIsOpen() {
        program.input = "bid lamp-3 5 --note \"open\n";
        assertThat(program.run("client")).isEqualTo(2);
        assertThat(program.err).singleElement().asString().contains("quote");
    }

    @Test
    void shouldShowHelpForItsWords() {
        program.input = "help\n";
        assertThat(program.run("client")).isZero();
        assertThat(String.join("\n", program.out)).contains("quit").contains("wait").contains("isolate").doesNotContain("gavel-node node");
    }

    @Test
    void shouldNeedAYesInAScript() {
        program.input = "forget amber\nforget amber --yes\n";
        assertThat(program.run("client")).isEqualTo(2);
        assertThat(program.house.asked).containsExactly("forget amber");
    }

    private static AuctionEvent event(long seq, String outcome) {
        return AuctionEvent.of("lamp-3", seq, 0, Outcome.of(outcome), false);
    }
}
