package org.gavel.protocol.host.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gavel.protocol.host.Store;
import org.junit.jupiter.api.Test;

class SimulatedStoreTest {
    private static final long GROUP = 7;

    private SimulatedStore.Disk disk = new SimulatedStore.Disk();
    private SimulatedStore store = new SimulatedStore(disk, Runnable::run);

    private void append(long first, String... entries) {
        store.storeEntries(GROUP, first, Stream.of(entries).map(e -> e.getBytes(UTF_8)).collect(Collectors.toList()), () -> { });
    }

    private String log() {
        Store.Recovered recovered = store.recover(GROUP).orElseThrow();
        return recovered.firstIndex() + ":" + recovered.entries().stream().map(e -> new String(e, UTF_8)).collect(Collectors.joining(","));
    }

    @Test
    void shouldLeaveAPartOfTheEntriesWhoseProcessEndedWithinTheWrite() {
        assertThat(logTornBy(0)).isEqualTo("1:aaaa,bbbb,cc");
        assertThat(logTornBy(1)).isEqualTo("1:aaaa,bbbb,cc\0\0");
        assertThat(logTornBy(2)).as("the first of the write is whole, and replaces what stood there").isEqualTo("1:aaaa,cccc,dd");
    }

    @Test
    void shouldForgetATornEntryWithTheNextWrite() {
        logTornBy(2);
        append(3, "e");
        assertThat(log()).isEqualTo("1:aaaa,cccc,e");
    }

    @Test
    void shouldForgetATornEntryWithASnapshotUnlessAnOlderOneIsKept() {
        logTornBy(0);
        store.storeSnapshot(GROUP, 2, new byte[] {2}, () -> { });
        assertThat(log()).isEqualTo("3:");
        tearNext("cccc");
        store.storeSnapshot(GROUP, 1, new byte[] {1}, () -> { });
        assertThat(log()).isEqualTo("3:cc");
        store.drop(GROUP, () -> { });
        assertThat(store.recover(GROUP)).isEmpty();
    }

    @Test
    void shouldFindATornEntryInAGroupThatHeldNothingYet() {
        tearNext("aaaa");
        assertThat(log()).isEqualTo("1:aa");
    }

    /** Of three writes the last two were under way. */
    private String logTornBy(long lot) {
        disk = new SimulatedStore.Disk();
        store = new SimulatedStore(disk, Runnable::run);
        append(1, "aaaa", "bbbb");
        store = new SimulatedStore(disk, never -> { });
        append(2, "cccc", "dddd");
        append(4, "eeee");
        endWithinTheOldest(lot);
        return log();
    }

    private void tearNext(String entry) {
        int held = store.recover(GROUP).map(r -> (int) r.firstIndex() + r.entries().size()).orElse(1);
        store = new SimulatedStore(disk, never -> { });
        append(held, entry);
        endWithinTheOldest(0);
    }

    private void endWithinTheOldest(long lot) {
        store.tearOldestWrite(() -> lot);
        store = new SimulatedStore(disk, Runnable::run);
    }
}
