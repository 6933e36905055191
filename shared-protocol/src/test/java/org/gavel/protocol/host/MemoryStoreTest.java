package org.gavel.protocol.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private static final long GROUP = 7;

    private MemoryStore store = new MemoryStore(new MemoryStore.Disk(), Runnable::run);

    private void append(long first, String... entries) {
        store.storeEntries(GROUP, first, Stream.of(entries).map(e -> e.getBytes(UTF_8)).collect(Collectors.toList()), () -> { });
    }

    private String log() {
        Store.Recovered recovered = store.recover(GROUP).orElseThrow();
        return recovered.firstIndex() + ":" + recovered.entries().stream().map(e -> new String(e, UTF_8)).collect(Collectors.joining(","));
    }

    @Test
    void shouldReplaceTheTailFromTheFirstNewIndexOn() {
        append(1, "a", "b", "c");
        append(2, "x");
        assertThat(log()).isEqualTo("1:a,x");
        append(2);
        assertThat(log()).isEqualTo("1:a");
    }

    @Test
    void shouldRefuseAHole() {
        append(1, "a");
        assertThatThrownBy(() -> append(3, "c")).hasMessageContaining("held without gaps");
    }

    @Test
    void shouldKeepWhatLiesBehindASnapshot() {
        append(1, "a", "b", "c");
        store.storeSnapshot(GROUP, 2, new byte[] {1}, () -> { });
        assertThat(log()).isEqualTo("3:c");
        append(2, "again", "c2", "d");
        assertThat(log()).isEqualTo("3:c2,d");
        store.storeSnapshot(GROUP, 9, new byte[] {2}, () -> { });
        assertThat(log()).isEqualTo("10:");
        store.storeSnapshot(GROUP, 4, new byte[] {3}, () -> { });
        assertThat(store.recover(GROUP).orElseThrow().snapshot()).containsExactly(2);
    }

    @Test
    void shouldRememberThePromiseUntilDropped() {
        store.storePromise(GROUP, 5, 99, () -> { });
        store.storePromise(GROUP, 6, 99, () -> { });
        assertThat(store.recover(GROUP)).hasValueSatisfying(r -> assertThat(List.of(r.promisedEpoch(), r.logId())).containsExactly(6L, 99L));
        store.drop(GROUP, () -> { });
        assertThat(store.recover(GROUP)).isEmpty();
    }
}
