package org.gavel.node.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.Outcome;
import org.junit.jupiter.api.Test;

class LabBidderTest {
    private final List<JsonObject> said = new ArrayList<>();
    private final List<CompletableFuture<BidResult>> asked = new ArrayList<>();
    private final LabBidder bidder = new LabBidder((auction, cents) -> {
        asked.add(new CompletableFuture<>());
        return asked.get(asked.size() - 1);
    }, "lot-1", 100, said::add);

    @Test
    void shouldNeverBidOneAmountTwiceAndFollowThePrice() {
        bidder.onPace();
        bidder.onPace();
        bidder.onEvent(event("{\"type\":\"bid\",\"result\":\"accepted\",\"amountCents\":500,\"minimumCents\":501}"));
        bidder.onPace();

        assertThat(said).filteredOn(line -> line.get("kind").getAsString().equals("sent")).extracting(line -> line.get("cents").getAsLong())
            .containsExactly(100L, 101L, 501L);
    }

    @Test
    void shouldWaitWhenTooManyAreUnansweredAndGoOnAfterAnAnswer() {
        for (int i = 0; i < LabBidder.UNDER_WAY_MAX + 5; i++) {
            bidder.onPace();
        }
        assertThat(asked).hasSize(LabBidder.UNDER_WAY_MAX);

        asked.get(0).complete(new BidResult(9, Outcome.of("{\"type\":\"bid\",\"result\":\"accepted\"}")));
        bidder.onPace();

        assertThat(asked).hasSize(LabBidder.UNDER_WAY_MAX + 1);
        assertThat(said).anyMatch(line -> line.toString().equals(
            "{\"kind\":\"answered\",\"auction\":\"lot-1\",\"cents\":100,\"accepted\":true,\"seq\":9}"));
    }

    @Test
    void shouldTellAFailureAndMakeNoBidBehindTheClose() {
        bidder.onPace();
        asked.get(0).completeExceptionally(new IllegalStateException("lost"));
        bidder.onEvent(event("{\"type\":\"closed\",\"result\":\"accepted\"}"));
        bidder.onPace();

        assertThat(asked).hasSize(1);
        assertThat(said).extracting(line -> line.get("kind").getAsString()).containsExactly("sent", "failed", "event");
    }

    private static AuctionEvent event(String outcome) {
        return AuctionEvent.of("lot-1", 7, 0, Outcome.of(outcome), false);
    }
}
