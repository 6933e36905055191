package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.junit.jupiter.api.Test;

class ReplicaLogTest {
    @Test
    void shouldKeepItsEntriesWhileItGrowsAndIsCut() {
        ReplicaLog log = new ReplicaLog();
        fill(log, 1_000, 1);
        log.compactTo(300);
        log.truncateFrom(901);
        fill(log, 2_000, 2);
        assertThat(log.base()).isEqualTo(300);
        assertThat(log.last()).isEqualTo(2_000);
        for (long i = 301; i <= 2_000; i++) {
            assertThat(log.entry(i).index()).isEqualTo(i);
            assertThat(log.entry(i).epoch()).isEqualTo(i <= 900 ? 1 : 2);
            assertThat(i == 301 || log.entry(i).follows(log.checksumAt(i - 1))).isTrue();
        }
        assertThat(log.entry(301).follows(log.checksumAt(300))).isTrue();
    }

    @Test
    void shouldRefuseAnEntryWithAHoleBeforeIt() {
        ReplicaLog log = new ReplicaLog();
        LogEntry third = LogEntry.create(0, 1, 3, 0, LogEntry.Kind.EMPTY, Uid.NOBODY, 0, 0, 0, new byte[0]);
        assertThatThrownBy(() -> log.append(third)).hasMessageContaining("does not follow");
    }

    private static void fill(ReplicaLog log, long upTo, long epoch) {
        while (log.last() < upTo) {
            log.append(LogEntry.create(log.lastChecksum(), epoch, log.last() + 1, 0, LogEntry.Kind.EMPTY, Uid.NOBODY, 0, 0, 0, new byte[0]));
        }
    }
}
