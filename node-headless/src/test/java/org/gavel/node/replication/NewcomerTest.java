package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/** How a newcomer is brought up to date: by the state where the log is long, else by the log. */
class NewcomerTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();

    /** Full-size seed 53: eleven machines came back at once, and were sent the whole log, 3,900 appends in a second. */
    @Test
    void shouldSendNewcomersTheStateInsteadOfALongLog() {
        TestCluster c = TestCluster.of(17, SETTINGS, 6, 1, 2, 3);
        TestNode leader = c.node(3);
        c.takeOver(leader, 1);
        submitted(c, leader, 1, 1_000);
        int[] appends = {0};
        c.tap = (node, message) -> appends[0] += node.ref.uid().value() > 3 && message instanceof Message.Append append && append.count() > 0 ? 1 : 0;
        int taken = leader.snapshots;
        TestNode four = learner(c, 4, leader);
        TestNode five = learner(c, 5, leader);
        c.run(50);
        submitted(c, leader, 1_001, 1_002);
        TestNode six = learner(c, 6, leader);
        c.run(100);

        assertThat(List.of(four, five, six)).as("the same image, though the log went on a little").allSatisfy(n -> assertThat(n.events).contains("restored 1001"));
        assertThat(leader.snapshots - taken).as("images taken").isEqualTo(1);
        assertThat(appends[0]).as("appends with entries: each one's first, which finds that it lacks much, and the last two entries").isEqualTo(10);
        assertThat(leader.caughtUp).contains(four.ref, five.ref, six.ref);
        assertThat(c.converged()).isTrue();
        leader.run(() -> assertThat(leader.group.reconfigure(List.of(c.acceptor(four), c.acceptor(five), c.acceptor(leader)), "{}")).isTrue());
        c.run(100);
        c.node(1).host.crash();
        c.node(2).host.crash();
        submitted(c, leader, 1_003, 1_003);
        assertThat(c.commandsCommitted()).as("held by newcomers").contains("100.1003");
    }

    @Test
    void shouldTakeANewImageForANewcomerOnceTheLogHasGrownMuch() {
        TestCluster c = TestCluster.of(18, SETTINGS, 5, 1, 2, 3);
        TestNode leader = c.node(3);
        c.takeOver(leader, 1);
        submitted(c, leader, 1, 500);
        learner(c, 4, leader);
        c.run(50);
        submitted(c, leader, 501, 1_000);
        TestNode later = learner(c, 5, leader);
        c.run(50);

        assertThat(later.events).contains("restored 1001");
        assertThat(c.converged()).isTrue();
    }

    @Test
    void shouldSendANewcomerTheLogWhereItIsShort() {
        TestCluster c = TestCluster.of(19, SETTINGS, 4, 1, 2, 3);
        TestNode leader = c.node(3);
        c.takeOver(leader, 1);
        submitted(c, leader, 1, 50);
        int taken = leader.snapshots;
        TestNode newcomer = learner(c, 4, leader);
        c.run(50);

        assertThat(newcomer.events).contains("restored 0");
        assertThat(leader.snapshots).isEqualTo(taken);
        assertThat(c.converged()).isTrue();
    }

    /** A participant may ask a later active for entries from long ago on. */
    @Test
    void shouldSendANewcomerOfAnAuctionTheWholeLog() {
        TestCluster c = TestCluster.of(20, GroupSettings.ofAuctions(), 4, 1, 2, 3);
        TestNode leader = c.node(3);
        c.takeOver(leader, 1);
        submitted(c, leader, 1, 1_000);
        TestNode newcomer = learner(c, 4, leader);
        c.run(200);

        assertThat(newcomer.group.firstIndex()).isEqualTo(1);
        assertThat(c.converged()).isTrue();
    }

    /** A later leader does not know what it holds, and has to ask. */
    @Test
    void shouldServeAnAcceptorThatIsBehindByTheLog() {
        TestCluster c = TestCluster.of(21, SETTINGS, 3, 1, 2, 3);
        c.takeOver(c.node(3), 1);
        c.run(50);
        c.wires.isolate(c.node(1), c.nodes);
        c.node(3).run(() -> c.node(3).group.peerDown(c.node(1).ref));
        submitted(c, c.node(3), 1, 1_000);
        c.takeOver(c.node(2), 2);
        c.wires.mend();
        c.run(3_000);

        assertThat(c.node(1).events).contains("leader 2 n2").noneMatch(e -> e.startsWith("restored"));
        assertThat(c.converged()).isTrue();
    }

    /** What was under way is lost with the link: it is asked for again, once. */
    @Test
    void shouldSendAnImageAgainThatWasLostWithItsLink() {
        TestCluster c = TestCluster.of(22, SETTINGS, 4, 1, 2, 3);
        TestNode leader = c.node(3);
        c.takeOver(leader, 1);
        submitted(c, leader, 1, 1_000);
        int[] pieces = {0};
        c.tap = (node, message) -> pieces[0] += message instanceof Message.SnapshotPiece ? 1 : 0;
        int taken = leader.snapshots;
        c.wires.lost = m -> m instanceof Message.SnapshotPiece;
        TestNode newcomer = learner(c, 4, leader);
        c.run(5_000);
        assertThat(newcomer.events).noneMatch(e -> e.startsWith("restored"));
        c.wires.lost = m -> false;
        c.wires.renew(leader, newcomer);
        c.run(3_000);

        assertThat(newcomer.events).contains("restored 1001");
        assertThat(leader.snapshots - taken).as("images taken").isEqualTo(1);
        assertThat(pieces[0]).as("pieces that came").isEqualTo(1);
        assertThat(c.converged()).isTrue();
    }

    /** The others would need its log, should the leader end before one of the new acceptors knows of the change. */
    @Test
    void shouldNotTellByAnImageThatAnAcceptorIsPutOutBeforeTheNewOnesKnow() {
        GroupSettings small = GroupSettings.small(50, 10);
        GroupSettings fewReplies = new GroupSettings(small.takeOverTimeoutMs(), small.commitDelayMs(), small.stallMs(), small.queueTimeoutMs(), small.nearlyThereEntries(),
            small.appendBytesMax(), small.fetchBytesMax(), small.snapshotPieceBytes(), small.snapshotBytesMax(), small.snapshotEveryEntries(), small.learnerLogBytesMax(),
            small.uncommittedMax(), small.queuedMax(), small.bodyBytesMax(), small.sessionsMax(), 8);
        TestCluster c = TestCluster.of(23, fewReplies, 4, 1, 2, 3);
        TestNode out = c.node(1);
        TestNode leader = c.node(3);
        c.takeOver(leader, 1);
        TestNode spare = learner(c, 4, leader);
        submitted(c, leader, 1, 5);
        c.wires.cut(out, leader);
        for (int first = 6; first < 200; first += 5) {
            submitted(c, leader, first, first + 4);
        }
        leader.run(() -> {
            leader.group.setMembers(List.of(c.node(2).ref, leader.ref, spare.ref));
            assertThat(leader.group.reconfigure(List.of(c.acceptor(c.node(2)), c.acceptor(leader), c.acceptor(spare)), "{}")).isTrue();
        });
        assertThat(c.network.runUntil(() -> leader.group.committedConfiguration().index() > 0, 1_000)).isTrue();
        long change = leader.group.committedConfiguration().index();
        assertThat(leader.group.firstIndex()).as("of the leader's log").isGreaterThan(out.group.lastIndex() + 1);
        c.wires.only(c.nodes, leader, out);
        c.wires.renew(leader, out);
        c.run(5_000);
        assertThat(leader.group.committedIndex()).as("nothing behind the change").isEqualTo(change);
        assertThat(out.group.committedIndex()).isLessThan(change);

        c.wires.mend();
        c.wires.renew(leader, c.node(2));
        c.wires.renew(leader, spare);
        c.run(5_000);
        assertThat(out.group.committedConfiguration()).as("known at last to whom it puts out").isEqualTo(leader.group.committedConfiguration());
    }

    private static void submitted(TestCluster c, TestNode leader, int first, int last) {
        for (int i = first; i <= last; i++) {
            c.submit(leader, 100, i);
        }
        c.run(200);
    }

    /** Without its disk and its log. */
    private static TestNode learner(TestCluster c, long uid, TestNode leader) {
        c.node(uid).host.crash();
        TestNode newcomer = c.restart(c.node(uid), false);
        leader.run(() -> leader.group.addLearner(newcomer.ref, newcomer.group.logId()));
        return newcomer;
    }
}
