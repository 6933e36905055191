package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/** What an acceptor says, keeps and refuses (protocol.md section 7). */
class AcceptanceTest extends ScenarioLab {
    @Test
    void shouldSayHeldOnlyOnceStored() {
        threeOfFive(15);
        serve(1, 1);
        c.run(50);
        only(n(1), n(2));
        c.run(20);
        n(2).host.storeDelay(300);
        List<Long> held = new ArrayList<>();
        c.tap = (node, m) -> {
            if (m instanceof Message.Held h) {
                held.add(h.index());
                assertThat(n(2).group.status().lastEntries()).allMatch(e -> e.index() > h.index() || e.held());
            }
        };
        for (int i = 1; i <= 6; i++) {
            c.submit(n(1), X, i);
            c.run(40);
        }
        assertThat(n(2).group.lastIndex()).isEqualTo(7);
        c.run(2_000);
        assertThat(held).contains(7L).isSorted();
    }

    @Test
    void shouldPromiseAnEpochOnceToOneCandidate() {
        threeOfFive(16);
        n(4).run(() -> n(4).group.takeOver(1));
        n(5).run(() -> n(5).group.takeOver(1));
        c.run(1_500);
        assertThat(List.of(n(4).group.isServing(), n(5).group.isServing())).isNotEqualTo(List.of(true, true));
    }

    @Test
    void shouldRepeatTheSamePromiseToTheSameCandidate() {
        threeOfFive(17);
        List<Message> answers = new ArrayList<>();
        c.tap = (node, m) -> answers.add(m);
        n(3).run(() -> n(3).group.onMessage(n(5).ref.peer(), n(5).ref, new Message.Prepare(5, 1, 0)));
        n(3).run(() -> n(3).group.onMessage(n(5).ref.peer(), n(5).ref, new Message.Prepare(5, 1, 0)));
        c.run(20);
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).usingRecursiveComparison().isEqualTo(answers.get(1));
    }

    @Test
    void shouldTellACandidateThatWasPutOutTheNewestConfigurationAndPromiseNothing() throws MalformedException {
        threeOfFive(22);
        serve(1, 1);
        c.submit(n(1), X, 1);
        c.run(50);
        configure(1, 1, 2, 4);
        c.run(200);
        long newest = n(2).group.committedConfiguration().index();
        List<Message> answers = new ArrayList<>();
        c.tap = (node, m) -> answers.add(m);
        n(2).run(() -> n(2).group.onMessage(n(3).ref.peer(), n(3).ref, new Message.Prepare(9, 1, newest - 1)));
        c.run(20);

        assertThat(answers).hasSize(1);
        assertThat(EntryBytes.configurations(((Message.PromiseRefused) answers.get(0)).bytes())).extracting(Configuration::index).containsExactly(newest);
        assertThat(n(2).group.promisedEpoch()).isEqualTo(1);
        n(2).run(() -> n(2).group.onMessage(n(5).ref.peer(), n(5).ref, new Message.Prepare(9, 1, newest)));
        assertThat(n(2).group.promisedEpoch()).as("one who knows as much, as a leader that is no acceptor, is promised").isEqualTo(9);
    }

    @Test
    void shouldNotCutItsTailOnAMereRepeat() {
        threeOfFive(18);
        serve(1, 1);
        List<Message.Append> appends = new ArrayList<>();
        c.tap = (node, m) -> {
            if (node == n(2) && m instanceof Message.Append a && a.count() > 0) {
                appends.add(a);
            }
        };
        c.submit(n(1), X, 1);
        c.submit(n(1), X, 2);
        c.submit(n(1), X, 3);
        c.run(50);
        long last = n(2).group.lastIndex();
        for (Message.Append again : List.copyOf(appends)) {
            n(2).run(() -> n(2).group.onMessage(n(1).ref.peer(), n(1).ref, again));
            assertThat(n(2).group.lastIndex()).isEqualTo(last);
        }
    }

    @Test
    void shouldThrowByNameWhereACommittedEntryWereToBeReplaced() {
        threeOfFive(19);
        serve(1, 1);
        c.submit(n(1), X, 1);
        c.run(50);
        LogEntry first = n(2).group.entry(1);
        LogEntry other = LogEntry.create(first.checksum(), 3, 2, 0, LogEntry.Kind.EMPTY, Uid.NOBODY, 0, 0, 0, new byte[0]);
        ReplicatedGroup follower = n(2).group;
        assertThatThrownBy(() -> follower.onMessage(n(4).ref.peer(), n(4).ref, new Message.Append(3, 1, first.checksum(), 0, 1, other.bytes())))
                .isInstanceOf(InvariantViolation.class).hasMessageStartingWith("committed-logs-agree");
        ReplicatedGroup third = n(3).group;
        assertThatThrownBy(() -> third.onMessage(n(4).ref.peer(), n(4).ref, new Message.Append(1, 1, first.checksum(), 0, 0, new byte[0])))
                .isInstanceOf(InvariantViolation.class).hasMessageStartingWith("one-leader-per-epoch");
    }

    @Test
    void shouldNotListenToAStrangerThatSpeaksOfAnotherLog() {
        threeOfFive(21);
        serve(1, 1);
        c.submit(n(1), X, 1);
        c.run(50);
        n(2).run(() -> n(2).group.setMembers(List.of()));
        ReplicatedGroup follower = n(2).group;
        n(2).run(() -> follower.onMessage(n(5).ref.peer(), n(5).ref, new Message.Append(9, 2, 4711, 2, 0, new byte[0])));
        n(2).run(() -> follower.onMessage(n(5).ref.peer(), n(5).ref, new Message.Append(1, 2, follower.entry(2).checksum(), 2, 0, new byte[0])));
        assertThat(follower.leader()).isEqualTo(n(1).ref.uid());
        assertThat(follower.promisedEpoch()).isEqualTo(1);
    }

    @Test
    void shouldNotBeEndedByAStrangerThatWouldReplaceWhatIsCommitted() {
        threeOfFive(22);
        serve(1, 1);
        c.submit(n(1), X, 1);
        c.run(50);
        n(2).run(() -> n(2).group.setMembers(List.of()));
        ReplicatedGroup follower = n(2).group;
        LogEntry first = follower.entry(1);
        LogEntry second = follower.entry(2);
        LogEntry other = LogEntry.create(first.checksum(), 3, 2, 0, LogEntry.Kind.EMPTY, Uid.NOBODY, 0, 0, 0, new byte[0]);
        n(2).run(() -> follower.onMessage(n(5).ref.peer(), n(5).ref, new Message.Append(3, 1, first.checksum(), 0, 1, other.bytes())));
        assertThat(follower.entry(2).checksum()).isEqualTo(second.checksum());
    }

    @Test
    void shouldNotPromiseAnEpochBehindWhichThereIsNone() {
        threeOfFive(23);
        serve(1, 1);
        ReplicatedGroup follower = n(2).group;
        for (long epoch : new long[] {Long.MAX_VALUE, ReplicatedGroup.EPOCH_LEAP_MAX + 2, -1, Long.MIN_VALUE}) {
            n(2).run(() -> follower.onMessage(n(4).ref.peer(), n(4).ref, new Message.Prepare(epoch, 1, 0)));
            n(2).run(() -> follower.onMessage(n(4).ref.peer(), n(4).ref, new Message.Append(epoch, 0, 0, 0, 0, new byte[0])));
            n(1).run(() -> n(1).group.onMessage(n(4).ref.peer(), n(4).ref, new Message.Fenced(1, epoch)));
            n(1).run(() -> n(1).group.onMessage(n(4).ref.peer(), n(4).ref, new Message.PromiseRefused(1, epoch, new byte[0])));
        }
        c.run(50);
        assertThat(follower.promisedEpoch()).isEqualTo(1);
        assertThat(n(1).group.highestEpoch()).isEqualTo(1);
        assertThat(n(1).group.isServing()).isTrue();
    }

    @Test
    void shouldNotUseTheSnapshotOfSomethingElse() {
        threeOfFive(24);
        serve(1, 1);
        c.submit(n(1), X, 1);
        c.run(50);
        ReplicatedGroup follower = n(2).group;
        Configuration configuration = follower.committedConfiguration();
        SnapshotImage other = new SnapshotImage(9, 1, 4711, 0, configuration, "{}".getBytes(StandardCharsets.UTF_8), new SessionTable(GroupSettings.defaults()).encode());
        byte[] bytes = other.encode();
        n(2).host.execute(() -> follower.onMessage(n(1).ref.peer(), n(1).ref, new Message.SnapshotPiece(1, 9, 1, 4711, 9, 0, bytes.length, bytes)));
        c.network.run(20);
        assertThat(n(2).corruption).singleElement().asString().contains("is not used");
        assertThat(follower.lastIndex()).isEqualTo(2);
        assertThat(follower.entry(2).epoch()).isEqualTo(1);
    }

    @Test
    void shouldReportACopyWhoseChecksumIsWrongAndNotHoldIt() {
        threeOfFive(20);
        serve(1, 1);
        c.run(50);
        LogEntry first = n(2).group.entry(1);
        byte[] bytes = LogEntry.create(first.checksum(), 1, 2, 0, LogEntry.Kind.COMMAND, new Uid(X), 5, 1, 1, "{}".getBytes(StandardCharsets.UTF_8))
                .bytes().clone();
        bytes[bytes.length - 1] ^= 1;
        c.wires.only(c.nodes, n(2));
        n(2).host.execute(() -> n(2).group.onMessage(n(1).ref.peer(), n(1).ref, new Message.Append(1, 1, first.checksum(), 2, 1, bytes)));
        c.network.run(20);
        assertThat(n(2).group.lastIndex()).isEqualTo(1);
        assertThat(n(2).corruption).hasSize(1).allMatch(s -> s.contains("does not fit its checksum"));
    }
}
