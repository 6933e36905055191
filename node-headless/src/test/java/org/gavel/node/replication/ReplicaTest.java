package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;

/** One copy by itself; the nodes of the cluster lend their host and state machine. */
class ReplicaTest {
    private final TestCluster cluster = TestCluster.of(1, GroupSettings.defaults(), 1, 1);
    private final TestNode node = cluster.node(1);
    private final Set<Long> lasts = new TreeSet<>();
    private int storedCalls;

    private Replica replica(long group) {
        Replica replica = new Replica(group, 5, node.host, node, node, GroupSettings.defaults(), () -> storedCalls++, (entry, outcome) -> { });
        replica.start(cluster.base, true);
        return replica;
    }

    private static void sequence(Replica replica, int count) {
        for (int i = 0; i < count; i++) {
            replica.sequence(1, 0, LogEntry.Kind.EMPTY, Uid.NOBODY, 0, 0, 0, new byte[] {(byte) i});
        }
    }

    private SnapshotImage snapshotOf(Replica replica, long index, long checksum) {
        return new SnapshotImage(index, 1, checksum, 0, cluster.base, node.snapshot(), replica.sessions().encode());
    }

    @Test
    void shouldKeepATailThatHangsOnTheSnapshotsOwnEntry() throws MalformedException {
        Replica replica = replica(20);
        sequence(replica, 10);
        replica.flush();
        cluster.committed.put(5L, new TestCluster.Committed(replica.entry(5), node.stateHash()));
        LogEntry tenth = replica.entry(10);
        replica.install(snapshotOf(replica, 5, replica.entry(5).checksum()));
        cluster.network.run(1);
        assertThat(replica.lastIndex()).isEqualTo(10);
        assertThat(replica.entry(10)).isSameAs(tenth);
        assertThat(replica.committedIndex()).isEqualTo(5);
        assertThat(replica.storedIndex()).isEqualTo(10);
        assertThat(node.host.store().recover(20).orElseThrow().entries()).hasSize(5);
    }

    @Test
    void shouldComeBackWithTheWholeEntriesOfATornWrite() {
        for (int seed = 1; seed <= 40; seed++) {
            TestCluster one = TestCluster.of(seed, GroupSettings.defaults(), 1, 1);
            Replica before = new Replica(22, 5, one.node(1).host, one.node(1), one.node(1), GroupSettings.defaults(), () -> { }, (entry, outcome) -> { });
            before.start(one.base, true);
            sequence(before, 4);
            before.flush();
            one.network.run(1);
            one.node(1).host.storeDelay(1_000);
            sequence(before, 6);
            before.flush();
            one.node(1).host.crash();
            TestNode again = one.restart(one.node(1), true);
            Replica after = new Replica(22, 5, again.host, again, again, GroupSettings.defaults(), () -> { }, (entry, outcome) -> { });
            after.start(null, true);

            assertThat(after.lastIndex()).as("seed %d: all of the first write, less than all of the second", seed).isBetween(4L, 9L);
            lasts.add(after.lastIndex());
            sequence(after, 1);
            after.flush();
            one.network.run(1);
            assertThat(after.storedIndex()).as("it goes on behind them").isEqualTo(after.lastIndex());
            assertThat(again.host.store().recover(22).orElseThrow().entries()).hasSize((int) after.lastIndex());
        }
        assertThat(lasts).as("every cut was met").containsExactlyInAnyOrder(4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void shouldDropATailThatHangsOnAnotherEntry() throws MalformedException {
        Replica replica = replica(21);
        sequence(replica, 10);
        replica.flush();
        cluster.committed.put(5L, new TestCluster.Committed(replica.entry(5), node.stateHash()));
        replica.install(snapshotOf(replica, 5, 4711));
        cluster.network.run(1);
        assertThat(replica.lastIndex()).isEqualTo(5);
        assertThat(replica.storedIndex()).isEqualTo(5);
        assertThat(node.host.store().recover(21).orElseThrow().entries()).isEmpty();
    }

    @Test
    void shouldNotCountAWriteOfWhatWasCutMeanwhile() {
        Replica replica = replica(22);
        sequence(replica, 10);
        replica.flush();
        replica.truncateFrom(4);
        cluster.network.run(1);
        assertThat(replica.storedIndex()).isEqualTo(3);
        sequence(replica, 2);
        replica.flush();
        cluster.network.run(1);
        assertThat(replica.storedIndex()).isEqualTo(5);
        assertThat(storedCalls).isEqualTo(2);
    }

    @Test
    void shouldNeverCutWhatIsKnownCommitted() {
        Replica replica = replica(23);
        cluster.committed.clear();
        sequence(replica, 3);
        replica.commitTo(2);
        assertThatThrownBy(() -> replica.truncateFrom(2)).isInstanceOf(InvariantViolation.class).hasMessageStartingWith("committed-logs-agree");
        replica.truncateFrom(3);
        assertThat(replica.lastIndex()).isEqualTo(2);
    }

    /** Found by simulation, seed 20518. */
    @Test
    void shouldWriteWhatOnePassBringsThoughTheLogKeepsLess() {
        Replica replica = new Replica(25, 5, node.host, node, node, GroupSettings.small(10, 10), () -> storedCalls++, (entry, outcome) -> { });
        replica.start(cluster.base, true);
        sequence(replica, 45);
        replica.commitTo(45);
        replica.flush();
        cluster.network.run(1);
        assertThat(replica.storedIndex()).isEqualTo(45);
        assertThat(replica.firstIndex()).isEqualTo(31);
        assertThat(node.host.store().recover(25).orElseThrow().entries()).hasSize(15);
    }

    @Test
    void shouldComeBackFromItsStore() {
        Replica replica = replica(24);
        sequence(replica, 7);
        replica.promise(9, node.ref.peer(), () -> { });
        cluster.network.run(1);
        Replica again = replica(24);
        assertThat(again.lastIndex()).isEqualTo(7);
        assertThat(again.storedIndex()).isEqualTo(7);
        assertThat(again.promisedEpoch()).isEqualTo(9);
        assertThat(again.logId()).isEqualTo(5);
    }
}
