package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;

class SessionTableTest {
    private long index;

    @Test
    void shouldKnowARepeatAndItsAnswer() {
        SessionTable table = new SessionTable(GroupSettings.defaults());
        apply(table, 1, 1, 1);
        LogEntry second = apply(table, 1, 2, 1);
        assertThat(table.isRepeat(second)).isTrue();
        assertThat(table.lastSequence(key(1))).isEqualTo(2);
        assertThat(new String(table.answer(key(1), 1).outcome(), StandardCharsets.UTF_8)).isEqualTo("answer 1");
    }

    @Test
    void shouldPruneWhatTheClientHas() {
        SessionTable table = new SessionTable(GroupSettings.defaults());
        apply(table, 1, 1, 1);
        apply(table, 1, 2, 1);
        apply(table, 1, 3, 3);
        assertThat(table.answer(key(1), 1)).isNull();
        assertThat(table.answer(key(1), 2)).isNull();
        assertThat(table.answer(key(1), 3)).isNotNull();
    }

    @Test
    void shouldKeepNoMoreThanTheLastRepliesOfASession() {
        SessionTable table = new SessionTable(GroupSettings.defaults());
        for (int i = 1; i <= 1_030; i++) {
            apply(table, 1, i, 1);
        }
        assertThat(table.answer(key(1), 6)).isNull();
        assertThat(table.answer(key(1), 7)).isNotNull();
    }

    @Test
    void shouldRetireTheIdlestSession() {
        SessionTable table = new SessionTable(GroupSettings.small(10, 2));
        apply(table, 1, 1, 1);
        apply(table, 2, 1, 1);
        apply(table, 1, 2, 1);
        apply(table, 3, 1, 1);
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.knows(key(2))).isFalse();
        assertThat(table.knows(key(1))).isTrue();
    }

    @Test
    void shouldRememberTheLatestRetiredSessions() {
        SessionTable table = new SessionTable(GroupSettings.small(10, 2));
        for (int client = 1; client <= SessionTable.RETIRED_MAX + 3; client++) {
            apply(table, client, 1, 1);
        }
        assertThat(table.isRetired(key(1))).as("%d have been retired since", SessionTable.RETIRED_MAX).isFalse();
        assertThat(table.isRetired(key(2))).isTrue();
        assertThat(table.isRetired(key(SessionTable.RETIRED_MAX + 1))).isTrue();
        assertThat(table.isRetired(key(SessionTable.RETIRED_MAX + 2))).as("it is there").isFalse();
        apply(table, 7, 2, 1);
        assertThat(table.isRetired(key(7))).as("a command of it was still on its way through the log").isFalse();
    }

    @Test
    void shouldDropTheAnswersOfTheIdlestAboveTheBytesThatAllMayHaveAndServeNoneOfThemTwice() throws MalformedException {
        SessionTable table = new SessionTable(GroupSettings.defaults());
        byte[] large = new byte[(int) (SessionTable.ANSWER_BYTES_MAX / 3)];
        LogEntry first = LogEntry.create(0, 1, ++index, 0, LogEntry.Kind.COMMAND, new Uid(1), 5, 1, 1, new byte[0]);
        table.record(first, large);
        for (int client = 2; client <= 3; client++) {
            table.record(LogEntry.create(0, 1, ++index, 0, LogEntry.Kind.COMMAND, new Uid(client), 5, 1, 1, new byte[0]), large);
        }
        SessionTable copy = new SessionTable(GroupSettings.defaults());
        copy.decode(table.encode());
        for (SessionTable one : new SessionTable[] {table, copy}) {
            index = 3;
            assertThat(one.answer(key(1), 1)).as("all have room").isNotNull();
            one.record(LogEntry.create(0, 1, ++index, 0, LogEntry.Kind.COMMAND, new Uid(4), 5, 1, 1, new byte[0]), large);
            assertThat(one.answer(key(1), 1)).isNull();
            assertThat(one.isRepeat(first)).as("it was carried out").isTrue();
            assertThat(one.answer(key(2), 1)).isNotNull();
        }
        assertThat(copy.encode()).isEqualTo(table.encode());
    }

    @Test
    void shouldNotChangeByBeingAsked() {
        SessionTable asked = new SessionTable(GroupSettings.small(10, 2));
        SessionTable notAsked = new SessionTable(GroupSettings.small(10, 2));
        for (SessionTable table : new SessionTable[] {asked, notAsked}) {
            index = 0;
            apply(table, 1, 1, 1);
            apply(table, 2, 1, 1);
        }
        asked.lastSequence(key(1));
        asked.answer(key(1), 1);
        assertThat(asked.encode()).isEqualTo(notAsked.encode());
    }

    @Test
    void shouldComeBackFromASnapshotWithItsOrder() throws MalformedException {
        SessionTable table = new SessionTable(GroupSettings.small(10, 2));
        apply(table, 2, 1, 1);
        apply(table, 1, 1, 1);
        SessionTable copy = new SessionTable(GroupSettings.small(10, 2));
        copy.decode(table.encode());
        assertThat(copy.encode()).isEqualTo(table.encode());
        apply(copy, 3, 1, 1);
        assertThat(copy.knows(key(2))).isFalse();
    }

    private LogEntry apply(SessionTable table, long client, long sequence, long lowestUnanswered) {
        LogEntry entry = LogEntry.create(0, 1, ++index, 0, LogEntry.Kind.COMMAND, new Uid(client), 5, sequence, lowestUnanswered, new byte[0]);
        table.record(entry, ("answer " + sequence).getBytes(StandardCharsets.UTF_8));
        return entry;
    }

    private static SessionTable.Key key(long client) {
        return new SessionTable.Key(new Uid(client), 5);
    }
}
