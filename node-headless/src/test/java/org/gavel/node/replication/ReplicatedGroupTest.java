package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/** One thing at a time, in virtual time. */
class ReplicatedGroupTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();

    @Test
    void shouldServeOnceItsEmptyEntryIsHeldByAMajority() {
        TestCluster c = TestCluster.of(1, SETTINGS, 3, 1, 2, 3);
        assertThat(c.takeOver(c.node(3), 1)).isTrue();
        assertThat(c.node(3).events).contains("serving 1");
        assertThat(c.node(3).group.committedIndex()).isEqualTo(1);
        c.run(100);
        assertThat(c.converged()).isTrue();
        assertThat(c.node(1).events).contains("leader 1 n3");
    }

    @Test
    void shouldLeadWithoutBeingAnAcceptor() {
        TestCluster c = TestCluster.of(2, SETTINGS, 4, 1, 2, 3);
        assertThat(c.takeOver(c.node(4), 1)).isTrue();
        assertThat(c.submit(c.node(4), 100, 1).kind()).isEqualTo(SubmitResult.Kind.APPENDED);
        c.run(100);
        assertThat(c.converged()).isTrue();
        assertThat(c.commandsCommitted()).containsExactly("100.1");
    }

    @Test
    void shouldGoOnLeadingWhenNominatedTwiceForItsEpoch() {
        TestCluster c = TestCluster.of(1, SETTINGS, 3, 1, 2, 3);
        c.node(3).run(() -> c.node(3).group.takeOver(1));
        c.node(3).run(() -> c.node(3).group.takeOver(1));
        c.run(100);
        c.node(3).run(() -> c.node(3).group.takeOver(1));
        c.run(100);
        assertThat(c.node(3).events).contains("serving 1").noneMatch(e -> e.startsWith("failed"));
        assertThat(c.submit(c.node(3), 100, 1).kind()).isEqualTo(SubmitResult.Kind.APPENDED);
    }

    @Test
    void shouldNotCountANonAcceptingLeaderAsHolder() {
        TestCluster c = TestCluster.of(3, SETTINGS, 4, 1, 2, 3);
        c.takeOver(c.node(4), 1);
        c.node(1).host.crash();
        c.node(2).host.crash();
        c.submit(c.node(4), 100, 1);
        c.run(3_000);
        assertThat(c.commandsCommitted()).isEmpty();
    }

    @Test
    void shouldAnswerARepeatedCommandWithItsFirstAnswer() {
        TestCluster c = TestCluster.of(4, SETTINGS, 3, 1, 2, 3);
        c.takeOver(c.node(3), 1);
        assertThat(c.submit(c.node(3), 100, 2).kind()).isEqualTo(SubmitResult.Kind.GAP);
        SubmitResult first = c.submit(c.node(3), 100, 1);
        assertThat(c.submit(c.node(3), 100, 1).kind()).isEqualTo(SubmitResult.Kind.DUPLICATE_PENDING);
        c.run(50);
        SubmitResult again = c.submit(c.node(3), 100, 1);
        assertThat(again.kind()).isEqualTo(SubmitResult.Kind.ANSWERED);
        assertThat(again.index()).isEqualTo(first.index());
        assertThat(again.outcomeText()).isEqualTo("{\"n\":1}");
    }

    /** Its first command is not the first of a new session: it was carried out before two others came. */
    @Test
    void shouldRefuseARetiredSessionsFirstCommandAlsoBehindASnapshotAndATakeOver() {
        TestCluster c = TestCluster.of(20, GroupSettings.small(5, 2), 3, 1, 2, 3);
        c.takeOver(c.node(3), 1);
        for (long client = 100; client <= 110; client++) {
            c.submit(c.node(3), client, 1);
            c.run(30);
        }
        assertThat(c.submit(c.node(3), 100, 1).kind()).isEqualTo(SubmitResult.Kind.REFUSED);
        c.node(2).host.crash();
        TestNode newcomer = c.restart(c.node(2), true);
        c.run(100);
        c.node(3).host.crash();
        assertThat(c.takeOver(newcomer, 2)).isTrue();

        assertThat(c.submit(newcomer, 100, 1).kind()).isEqualTo(SubmitResult.Kind.REFUSED);
        assertThat(c.submit(newcomer, 110, 1).kind()).isEqualTo(SubmitResult.Kind.ANSWERED);
        assertThat(c.submit(newcomer, 111, 1).kind()).isEqualTo(SubmitResult.Kind.APPENDED);
        c.run(50);
        assertThat(c.commandsCommitted()).doesNotHaveDuplicates();
    }

    @Test
    void shouldRememberWhatIsUnderWayAcrossATakeOver() {
        TestCluster c = TestCluster.of(5, SETTINGS, 3, 1, 2, 3);
        c.takeOver(c.node(3), 1);
        c.submit(c.node(3), 100, 1);
        c.run(5);
        c.node(3).host.crash();
        assertThat(c.takeOver(c.node(2), 2)).isTrue();
        assertThat(c.submit(c.node(2), 100, 1).kind()).isIn(SubmitResult.Kind.ANSWERED, SubmitResult.Kind.DUPLICATE_PENDING);
        c.run(50);
        assertThat(c.commandsCommitted()).containsExactly("100.1");
    }

    @Test
    void shouldFenceTheOldLeader() {
        TestCluster c = TestCluster.of(6, SETTINGS, 3, 1, 2, 3);
        c.takeOver(c.node(3), 1);
        c.wires.isolate(c.node(3), c.nodes);
        assertThat(c.takeOver(c.node(2), 2)).isTrue();
        c.submit(c.node(3), 100, 1);
        c.run(100);
        assertThat(c.node(3).group.isServing()).isTrue();
        assertThat(c.commandsCommitted()).isEmpty();
        c.wires.mend();
        c.run(100);
        assertThat(c.node(3).events).contains("deposed 1 by 2");
        assertThat(c.converged()).isTrue();
        assertThat(c.commandsCommitted()).isEmpty();
    }

    @Test
    void shouldFailATakeOverThatFindsNoMajority() {
        TestCluster c = TestCluster.of(7, SETTINGS, 3, 1, 2, 3);
        c.node(1).host.crash();
        c.node(2).host.crash();
        assertThat(c.takeOver(c.node(3), 1)).isFalse();
        assertThat(c.node(3).events.get(0)).startsWith("failed 1: no majority within 1000 ms").contains("1 of 2 promises");
    }

    /** One that was put out and has missed it hears last of the one who promises: nothing is left to wait for. Found by searching small worlds. */
    @Test
    void shouldFailATakeOverAtOnceWhenAPromiseThatIsNotEnoughIsTheLastAnswer() {
        TestCluster c = TestCluster.of(16, SETTINGS, 4, 1, 2, 3);
        TestNode candidate = c.node(3);
        c.wires.isolate(candidate, c.nodes);
        candidate.run(() -> candidate.group.takeOver(1));
        c.run(20);
        Configuration base = candidate.group.committedConfiguration();
        Configuration later = new Configuration(1, 0, List.of(c.acceptor(c.node(1)), c.acceptor(c.node(2)), c.acceptor(c.node(4))), "{}");
        for (TestNode refuser : List.of(c.node(1), c.node(4))) {
            candidate.run(() -> candidate.group.onMessage(refuser.ref.peer(), refuser.ref,
                    new Message.PromiseRefused(1, 0, EntryBytes.ofConfigurations(List.of(later)))));
        }
        c.run(20);
        assertThat(candidate.events).as("one has not answered").isEmpty();
        TestNode promiser = c.node(2);
        candidate.run(() -> candidate.group.onMessage(promiser.ref.peer(), promiser.ref,
                new Message.Promise(1, promiser.group.logId(), 0, 1, 0, 0, EntryBytes.ofConfigurations(List.of(base, later)))));
        c.run(20);
        assertThat(candidate.events).as("without waiting for the time limit").anyMatch(e -> e.startsWith("failed 1"));
    }

    @Test
    void shouldReplaceAnAcceptorByANewcomerThatHoldsAll() {
        TestCluster c = TestCluster.of(8, GroupSettings.small(20, 100), 4, 1, 2, 3);
        TestNode leader = c.node(3);
        c.takeOver(leader, 1);
        for (int i = 1; i <= 55; i++) {
            c.submit(leader, 100, i);
        }
        c.run(50);
        c.node(4).host.crash();
        TestNode newcomer = c.restart(c.node(4), false);
        leader.run(() -> leader.group.addLearner(newcomer.ref, newcomer.group.logId()));
        c.run(100);
        assertThat(leader.caughtUp).contains(newcomer.ref);
        assertThat(newcomer.events).anyMatch(e -> e.startsWith("restored"));
        c.node(1).host.crash();
        List<Acceptor> acceptors = List.of(c.acceptor(c.node(2)), c.acceptor(leader), c.acceptor(newcomer));
        leader.run(() -> assertThat(leader.group.reconfigure(acceptors, "{\"v\":2}")).isTrue());
        assertThat(c.submit(leader, 100, 56).kind()).isEqualTo(SubmitResult.Kind.QUEUED);
        c.run(100);
        assertThat(leader.group.committedConfiguration().payload()).isEqualTo("{\"v\":2}");
        assertThat(c.commandsCommitted()).contains("100.56");
        c.node(2).host.crash();
        c.submit(leader, 100, 57);
        c.run(100);
        assertThat(c.commandsCommitted()).contains("100.57");
    }

    @Test
    void shouldTellThePutOutOnlyAfterTheNewOnesKnow() {
        TestCluster c = TestCluster.of(9, SETTINGS, 4, 1, 2, 3);
        TestNode leader = c.node(4);
        c.takeOver(leader, 1);
        c.nodes.forEach(n -> n.run(() -> n.group.setMembers(List.of(c.node(4).ref, c.node(2).ref, c.node(3).ref))));
        c.run(50);
        leader.run(() -> leader.group.reconfigure(List.of(c.acceptor(c.node(2)), c.acceptor(c.node(3)), c.acceptor(leader)), "{}"));
        c.run(2);
        c.wires.isolate(c.node(2), c.nodes);
        c.wires.isolate(c.node(3), c.nodes);
        c.run(500);
        assertThat(c.node(1).group.committedConfiguration().index()).isZero();
        c.wires.mend();
        c.run(200);
        assertThat(c.node(1).group.committedConfiguration().contains(c.node(1).ref.uid())).isFalse();
    }

    @Test
    void shouldSayWhenItIsPausedAndWhenItGoesOn() {
        TestCluster c = TestCluster.of(10, SETTINGS, 4, 1, 2, 3);
        TestNode leader = c.node(4);
        c.takeOver(leader, 1);
        leader.run(() -> leader.group.peerDown(c.node(1).ref));
        assertThat(leader.paused).isEmpty();
        leader.run(() -> leader.group.peerDown(c.node(2).ref));
        assertThat(leader.paused).isEqualTo("paused: 1 of 3 acceptors");
        c.submit(leader, 100, 1);
        c.run(100);
        assertThat(c.commandsCommitted()).isEmpty();
        leader.run(() -> leader.group.peerUp(c.node(1).ref));
        c.run(50);
        assertThat(leader.paused).isEmpty();
        assertThat(c.commandsCommitted()).containsExactly("100.1");
    }

    @Test
    void shouldGoOnByItselfWhenHalfOfTheRingHasEnded() {
        TestCluster c = TestCluster.of(11, SETTINGS, 4, 1, 2, 3, 4);
        TestNode leader = c.node(4);
        c.takeOver(leader, 1);
        c.node(1).host.crash();
        c.node(2).host.crash();
        c.submit(leader, 100, 1);
        c.run(50);
        assertThat(c.commandsCommitted()).isEmpty();
        leader.run(() -> leader.group.ended(c.node(1).ref));
        leader.run(() -> leader.group.ended(c.node(2).ref));
        c.run(100);
        assertThat(leader.group.isServing()).isTrue();
        assertThat(leader.group.epoch()).isEqualTo(2);
        assertThat(c.commandsCommitted()).containsExactly("100.1");
    }

    @Test
    void shouldGoOnAfterTheOperatorsWord() {
        TestCluster c = TestCluster.of(12, SETTINGS, 3, 1, 2, 3);
        TestNode leader = c.node(3);
        c.takeOver(leader, 1);
        c.run(50);
        c.node(1).host.crash();
        c.node(2).host.crash();
        c.submit(leader, 100, 1);
        leader.run(() -> leader.group.ended(c.node(1).ref));
        leader.run(() -> leader.group.ended(c.node(2).ref));
        c.run(50);
        assertThat(c.commandsCommitted()).isEmpty();
        leader.run(() -> leader.group.forgotten(c.node(1).ref));
        leader.run(() -> leader.group.forgotten(c.node(2).ref));
        c.run(50);
        assertThat(c.commandsCommitted()).containsExactly("100.1");
    }

    /** Who was forgotten, and was only asleep, comes back with a fresh log: that one counts, for whoever leads then. */
    @Test
    void shouldCountAForgottenStartAgainWithItsFreshLog() {
        TestCluster c = TestCluster.of(13, SETTINGS, 5, 1, 2, 3, 4, 5);
        TestNode first = c.node(3);
        c.takeOver(first, 1);
        c.run(50);
        for (long asleep : new long[] {4, 5}) {
            c.node(asleep).host.crash();
            first.run(() -> first.group.forgotten(c.node(asleep).ref));
        }
        assertThat(c.takeOver(c.node(2), 2)).isTrue();
        for (long back : new long[] {4, 5}) {
            TestNode fresh = c.reset(c.node(back));
            c.node(2).run(() -> c.node(2).group.addLearner(fresh.ref, fresh.group.logId()));
        }
        c.run(100);
        List<Acceptor> all = c.nodes.stream().map(c::acceptor).toList();
        c.node(2).run(() -> assertThat(c.node(2).group.reconfigure(all, "{}")).isTrue());
        c.run(100);
        assertThat(first.group.committedConfiguration().contains(c.node(4).ref.uid(), c.node(4).group.logId())).isTrue();
        List.of(c.node(2), c.node(4), c.node(5)).forEach(n -> n.host.crash());

        assertThat(c.takeOver(first, 3)).as("with 2 of 5").isFalse();
    }

    @Test
    void shouldBringAForgottenStartUpToDateOnceItIsHeardAgain() {
        TestCluster c = TestCluster.of(14, SETTINGS, 4, 1, 2, 3, 4);
        TestNode leader = c.node(3);
        c.takeOver(leader, 1);
        c.run(50);
        c.node(4).host.crash();
        leader.run(() -> leader.group.forgotten(c.node(4).ref));
        TestNode fresh = c.reset(c.node(4));
        leader.run(() -> {
            leader.group.peerUp(fresh.ref);
            leader.group.addLearner(fresh.ref, fresh.group.logId());
        });
        c.run(200);

        assertThat(leader.caughtUp).contains(fresh.ref);
    }

    /** Full-size seed 80: a twin came under a member's uid, and was refused and ended. Ever after nobody answered that member, and its ring had no INM. */
    @Test
    void shouldAnswerAnAcceptorThatLivesThoughALaterStartOfItWasHeard() {
        TestCluster c = TestCluster.of(15, SETTINGS, 3, 1, 2, 3);
        NodeRef amber = c.node(3).ref;
        NodeRef twin = new NodeRef(amber.uid(), amber.incarnation() + 1, new Address(0x7f000001, 9), "twin", ProcessIdentity.UNKNOWN);
        c.node(1).run(() -> c.node(1).group.peerUp(twin));
        c.node(2).run(() -> c.node(2).group.peerUp(twin));

        assertThat(c.takeOver(c.node(3), 1)).isTrue();
    }
}
