package org.gavel.desktop.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;

class TokenTheatreTest {
    private static final Uid A = new Uid(0xA000_0000_0000_0000L);
    private static final Uid B = new Uid(0xB000_0000_0000_0000L);
    private static final Uid C = new Uid(0xC000_0000_0000_0000L);

    private final TokenTheatre theatre = new TokenTheatre();

    private static TraceEvent sent(long atMs, Uid from, Uid to, Uid candidate, long number) {
        return new TraceEvent(atMs, from, "election", "token-sent", 1, candidate, "", to, number);
    }

    private static TraceEvent got(long atMs, String kind, Uid at, Uid from, Uid candidate, long number) {
        return new TraceEvent(atMs, at, "election", kind, 1, candidate, "", from, number);
    }

    @Test
    void shouldCarryATokenFromSenderToReceiver() {
        theatre.absorb(sent(1, A, B, A, 7), 1_000);
        assertThat(theatre.at(1_000)).isEmpty();
        long start = 1_000 + TokenTheatre.SETTLE_MS;
        assertThat(theatre.at(start)).singleElement().matches(token -> token.from().equals(A) && token.to().equals(B) && token.progress() == 0);
        assertThat(theatre.at(start + TokenTheatre.HOP_MS / 2)).singleElement().matches(token -> token.progress() == 0.5);
        assertThat(theatre.at(start + TokenTheatre.HOP_MS)).isEmpty();
    }

    @Test
    void shouldLeaveACrossWhereATokenIsSwallowedThoughTheReceiptWasHeardFirst() {
        theatre.absorb(got(2, "token-swallowed", B, A, A, 7), 1_000);
        theatre.absorb(sent(1, A, B, A, 7), 1_010);
        long start = 1_010 + TokenTheatre.SETTLE_MS;
        // Heard in one settling: played in the order of the nodes' clocks.
        List<TokenView> tokens = theatre.at(start);
        assertThat(tokens).hasSize(1);
        assertThat(theatre.at(start + TokenTheatre.HOP_MS + 1)).singleElement()
            .matches(token -> token.fate() == TokenView.Fate.SWALLOWED && token.progress() == 1);
        assertThat(theatre.at(start + TokenTheatre.HOP_MS + TokenTheatre.LINGER_MS)).isEmpty();
    }

    @Test
    void shouldBeginAHopOnlyWhenTheOneBeforeHasArrivedOnTheScreen() {
        theatre.absorb(sent(1, A, B, A, 7), 1_000);
        theatre.absorb(got(2, "token-passed", B, A, A, 7), 1_000);
        theatre.absorb(sent(2, B, C, A, 9), 1_000);
        theatre.absorb(got(3, "nominated", C, B, A, 9), 1_000);
        long start = 1_000 + TokenTheatre.SETTLE_MS;
        assertThat(theatre.at(start + 1)).singleElement().matches(token -> token.to().equals(B));
        assertThat(theatre.at(start + TokenTheatre.HOP_MS + 1)).singleElement().matches(token -> token.from().equals(B) && token.fate() == TokenView.Fate.HOME);
    }

    @Test
    void shouldKeepWithinItsBound() {
        for (int i = 1; i <= 2 * TokenTheatre.HOPS_MAX; i++) {
            theatre.absorb(sent(i, A, B, A, i), 1_000);
        }
        long shown = theatre.at(1_000 + TokenTheatre.SETTLE_MS).size();
        assertThat(shown).isBetween(1L, (long) TokenTheatre.HOPS_MAX);
    }
}
