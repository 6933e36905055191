package org.gavel.node.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingOutcome;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.junit.jupiter.api.Test;

/** The catalogue's rules a second time, fed with what no ring may commit. */
class CatalogueModelTest {
    private static final String SOLD = "{\"type\":\"closed\",\"result\":\"accepted\",\"sold\":true,\"leader\":\"0000000000000002\",\"priceCents\":1000}";
    private static final String UNSOLD = "{\"type\":\"closed\",\"result\":\"accepted\",\"sold\":false,\"priceCents\":1000}";

    private final Map<String, String> soldIn = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final LapseCheck lapses = new LapseCheck();
    private final CatalogueModel model = new CatalogueModel(GroupKey.ring(7), soldIn, counts, lapses);
    private long index;

    private Committed committed(RingCommand command, String auctionId, boolean repeat) {
        LogEntry entry = LogEntry.create(0, 1, ++index, 1_000, LogEntry.Kind.COMMAND, Uid.NOBODY, 0, 0, 0, command.toBytes());
        return new Committed(entry, new RingOutcome(command.type(), true, auctionId, 12, "", repeat, "").toJson());
    }

    private static RingCommand claim(String itemId) {
        return new RingCommand.Claim(new RingCommand.Start(itemId, "r", new Uid(9), "sela", 10_000, null, null), List.of(), List.of());
    }

    private void apply(RingCommand command, String auctionId) {
        model.apply(committed(command, auctionId, false));
    }

    private void assertWrong(String invariant, RingCommand command, String auctionId) {
        assertThatThrownBy(() -> apply(command, auctionId)).isInstanceOfSatisfying(Violation.class, v -> assertThat(v.invariant()).as(v.getMessage()).isEqualTo(invariant));
    }

    @Test
    void shouldTakeWhatTheRulesAllow() {
        apply(claim("lamp"), "lamp-1");
        apply(new RingCommand.Settle("lamp-1", UNSOLD), "lamp-1");
        apply(claim("lamp"), "lamp-2");
        apply(new RingCommand.Lapse("lamp-2", "nobody came"), "lamp-2");
        apply(claim("lamp"), "lamp-3");
        apply(new RingCommand.Settle("lamp-3", SOLD), "lamp-3");
        model.apply(committed(new RingCommand.Settle("lamp-3", SOLD), "lamp-3", true));
        assertThat(soldIn).containsExactly(Map.entry("lamp", "lamp-3"));
        assertThat(counts).containsEntry("ring claim", 3).containsEntry("ring settle", 2).containsEntry("ring lapse", 1);
    }

    @Test
    void shouldComplainOfAnItemClaimedTwice() {
        apply(claim("lamp"), "lamp-1");
        assertWrong(InvariantNames.SOLD_ONCE, claim("lamp"), "lamp-2");
    }

    @Test
    void shouldComplainOfAClaimOfASoldItem() {
        apply(claim("lamp"), "lamp-1");
        apply(new RingCommand.Settle("lamp-1", SOLD), "lamp-1");
        apply(new RingCommand.Release("lamp"), "");
        assertWrong(InvariantNames.SOLD_ONCE, claim("lamp"), "lamp-2");
    }

    @Test
    void shouldComplainOfAnAuctionNamedTwice() {
        apply(claim("lamp"), "lamp-1");
        assertWrong(InvariantNames.SOLD_ONCE, claim("vase"), "lamp-1");
    }

    @Test
    void shouldComplainOfAnItemSoldByTwoFoundations() {
        apply(claim("lamp"), "lamp-1");
        soldIn.put("lamp", "lamp-8");
        assertWrong(InvariantNames.SOLD_ONCE, new RingCommand.Settle("lamp-1", SOLD), "lamp-1");
    }

    @Test
    void shouldComplainOfAReleasedClaimWhoseAuctionIsOpen() {
        apply(claim("lamp"), "lamp-1");
        lapses.opened(7, "lamp-1");
        assertWrong(InvariantNames.RELEASED_UNOPENED, new RingCommand.Lapse("lamp-1", "nobody came"), "lamp-1");
    }

    @Test
    void shouldComplainOfAnOutcomeThatNobodyCanRead() {
        Committed right = committed(claim("lamp"), "lamp-1", false);
        assertThatThrownBy(() -> model.apply(new Committed(right.entry(), "7".getBytes(StandardCharsets.UTF_8))))
            .isInstanceOfSatisfying(Violation.class, v -> assertThat(v.invariant()).isEqualTo(InvariantNames.NO_EXCEPTION));
    }
}
