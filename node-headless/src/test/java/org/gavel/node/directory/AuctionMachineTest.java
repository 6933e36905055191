package org.gavel.node.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.gavel.protocol.auction.AuctionCommand;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;

class AuctionMachineTest {
    private static final Uid ANA = new Uid(0xa);
    private final AuctionMachine machine = new AuctionMachine();

    private static LogEntry entry(LogEntry.Kind kind, long timeMs, Uid client, byte[] body) {
        return LogEntry.create(0, 1, 1, timeMs, kind, client, 1, 1, 1, body);
    }

    private void open() {
        Item item = new Item("lamp", "Lamp", null, 40_00, 5_00, null);
        machine.apply(entry(LogEntry.Kind.COMMAND, 0, Uid.NOBODY, AuctionCommand.open(new AuctionTerms("lamp-1", item, new Uid(1), "s", 1_000, 0))));
    }

    @Test
    void shouldApplyCommandsWithTheirEntrysTimeAndClient() throws MalformedException {
        open();
        byte[] json = machine.apply(entry(LogEntry.Kind.COMMAND, 999, ANA, AuctionCommand.bid(40_00, "hello")));
        assertThat(Outcome.fromJson(json)).isEqualTo(machine.lastOutcome());
        assertThat(machine.lastOutcome().by()).isEqualTo(ANA);
        machine.apply(entry(LogEntry.Kind.COMMAND, 1_000, ANA, AuctionCommand.bid(50_00, "late")));
        assertThat(machine.lastOutcome().accepted()).isFalse();
    }

    @Test
    void shouldLeaveTheAuctionAloneOnConfigurations() {
        open();
        byte[] before = machine.snapshot();
        byte[] json = machine.apply(entry(LogEntry.Kind.CONFIG, 500, Uid.NOBODY, "{\"acceptors\":[]}".getBytes(StandardCharsets.UTF_8)));
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("{\"type\":\"config\"}");
        assertThat(machine.snapshot()).isEqualTo(before);
    }

    @Test
    void shouldGoOnFromASnapshotAsIfNothingHadHappened() throws MalformedException {
        open();
        machine.apply(entry(LogEntry.Kind.COMMAND, 10, ANA, AuctionCommand.bid(40_00, null, "Ana")));
        AuctionMachine other = new AuctionMachine();
        other.restore(machine.snapshot());
        LogEntry next = entry(LogEntry.Kind.COMMAND, 20, ANA, AuctionCommand.bid(44_00, null));
        assertThat(other.apply(next)).isEqualTo(machine.apply(next));
        assertThat(other.snapshot()).isEqualTo(machine.snapshot());
    }

    @Test
    void shouldRestoreAPendingAuction() throws MalformedException {
        AuctionMachine other = new AuctionMachine();
        other.restore(machine.snapshot());
        assertThat(other.snapshot()).isEqualTo(machine.snapshot());
        assertThatThrownBy(() -> other.restore(new byte[0])).isInstanceOf(MalformedException.class);
    }
}
