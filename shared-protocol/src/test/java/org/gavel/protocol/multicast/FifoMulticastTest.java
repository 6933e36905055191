package org.gavel.protocol.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.junit.jupiter.api.Test;

class FifoMulticastTest {
    private final SimulatedNetwork network = new SimulatedNetwork(SimulatedNetwork.seedOr(1));
    private final Member a = new Member(network.newHost("a"), 0xA);
    private final Member b = new Member(network.newHost("b"), 0xB);
    private final Member c = new Member(network.newHost("c"), 0xC);
    private final List<Member> all = List.of(a, b, c);

    private void installAll(long number, List<Member> members) {
        members.forEach(m -> m.install(number, members));
        network.run(10);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void shouldDeliverToAllInOrderOnceOneselfIncluded() {
        installAll(1, all);
        for (int i = 0; i < 20; i++) {
            a.say();
            b.say();
        }
        network.run(100);

        for (Member m : all) {
            assertThat(m.gotFrom(a)).isEqualTo(upTo(20));
            assertThat(m.gotFrom(b)).isEqualTo(upTo(20));
        }
    }

    @Test
    void shouldForgetWhatIsEverywhereAndThenFallSilent() {
        installAll(1, all);
        a.say();
        network.run(100);
        assertThat(a.multicast.unstable()).isEqualTo(1);
        network.run(2000);
        long datagrams = all.stream().mapToLong(m -> m.host.datagramsSent()).sum();
        network.run(60_000);

        assertThat(all).allSatisfy(m -> assertThat(m.multicast.unstable()).isZero());
        assertThat(all.stream().mapToLong(m -> m.host.datagramsSent()).sum()).as("no endless talk").isEqualTo(datagrams);
    }

    @Test
    void shouldSendNothingWithoutAView() {
        a.say();
        network.run(100);
        assertThat(a.said()).isZero();
        assertThat(a.got).isEmpty();
    }

    @Test
    void shouldDeliverAtAllOrNoneWhenTheSenderDiesAfterReachingOneMember() {
        installAll(1, all);
        a.say();
        network.run(2000);
        network.cut(a.host, c.host);
        a.say();
        network.run(5);
        a.host.crash();
        assertThat(b.gotFrom(a)).isEqualTo(upTo(2));
        assertThat(c.gotFrom(a)).isEqualTo(upTo(1));

        b.flush(a);
        c.flush(a);
        network.run(10);
        assertThat(c.gotFrom(a)).isEqualTo(upTo(2));
        b.install(2, List.of(b, c));
        c.install(2, List.of(b, c));
        network.run(2000);
        assertThat(b.multicast.unstable() + c.multicast.unstable()).isZero();
    }

    @Test
    void shouldPassOnEvenWhenOnlyTheNextViewTellsOfTheDeath() {
        installAll(1, all);
        network.cut(a.host, c.host);
        a.say();
        network.run(5);
        a.host.crash();
        // c installs the view without a before it ever hears of a's message.
        c.install(2, List.of(b, c));
        network.run(50);
        b.install(2, List.of(b, c));
        network.run(50);

        assertThat(b.gotFrom(a)).isEqualTo(upTo(1));
        assertThat(c.gotFrom(a)).isEqualTo(upTo(1));
    }

    @Test
    void shouldHearOneThatWasPutOutAliveAndCameBack() {
        Member d = new Member(network.newHost("d"), 0xD);
        installAll(1, all);
        a.say();
        a.say();
        network.run(2000);
        installAll(2, List.of(b, c));
        a.forgetAll();
        installAll(3, List.of(b, c, a));
        a.say();
        network.run(2000);
        installAll(4, List.of(b, c, a, d));
        a.say();
        network.run(2000);

        assertThat(b.gotFrom(a)).isEqualTo(upTo(4));
        assertThat(c.gotFrom(a)).isEqualTo(upTo(4));
        assertThat(a.gotFrom(a)).isEqualTo(upTo(4));
        assertThat(d.gotFrom(a)).isEqualTo(List.of(4L));
        assertThat(a.multicast.unstable() + b.multicast.unstable() + c.multicast.unstable() + d.multicast.unstable()).isZero();
    }

    @Test
    void shouldNotTakeTheReportsOfAFormerStayForThoseOfOneThatCameBack() {
        installAll(1, all);
        network.cut(a.host, b.host);
        a.say();
        network.run(1000);
        installAll(2, List.of(a, b));
        c.forgetAll();
        a.install(3, all);
        b.install(3, all);
        network.run(600);
        c.install(3, all);
        a.say();
        network.run(2000);
        assertThat(c.gotFrom(a)).isEqualTo(upTo(2));
    }

    @Test
    void shouldReportNoMoreOnceItHasGivenItsGroupUp() {
        installAll(1, all);
        network.cut(a.host, b.host);
        a.say();
        network.run(10);
        a.host.crash();
        b.host.crash();
        long before = c.host.datagramsSent();
        network.run(5000);
        assertThat(c.host.datagramsSent()).as("it reports as long as b may lack something").isGreaterThan(before);

        c.host.execute(c.multicast::close);
        network.run(10);
        long datagrams = c.host.datagramsSent();
        network.run(5000);
        assertThat(c.host.datagramsSent()).isEqualTo(datagrams);
    }

    @Test
    void shouldDeliverWhatOneLeftUnstableWhenItWasPutOutAlsoAfterItCameBack() {
        installAll(1, all);
        a.say();
        network.run(2000);
        network.cut(a.host, c.host);
        network.cut(b.host, c.host);
        a.say();
        network.run(5);
        b.install(2, List.of(b, c));
        network.run(5);
        a.forgetAll();
        a.host.execute(() -> a.links.close(c.ref)); // as a node does: else the link itself brought it in the end
        c.install(2, List.of(b, c));
        for (Member m : List.of(c, a)) {
            m.install(3, List.of(b, c, a));
        }
        network.mend(a.host, c.host);
        a.say();
        network.run(2000);
        assertThat(c.gotFrom(a)).isEqualTo(List.of(1L, 3L));
        b.install(3, List.of(b, c, a));
        network.mend(b.host, c.host);
        network.run(5000);

        assertThat(b.gotFrom(a)).isEqualTo(upTo(3));
        assertThat(c.gotFrom(a)).as("agreement counts for more than the view").containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(a.multicast.unstable() + b.multicast.unstable() + c.multicast.unstable()).isZero();
    }

    @Test
    void shouldDeliverTheVeryFirstThatOneLeftUnstableAlsoAfterItCameBack() {
        installAll(1, all);
        network.cut(a.host, c.host);
        network.cut(b.host, c.host);
        a.say();
        network.run(5);
        b.install(2, List.of(b, c));
        network.run(5);
        a.forgetAll();
        a.host.execute(() -> a.links.close(c.ref)); // as a node does: else the link itself brought it in the end
        c.install(2, List.of(b, c));
        for (Member m : List.of(c, a)) {
            m.install(3, List.of(b, c, a));
        }
        network.mend(a.host, c.host);
        a.say();
        network.run(2000);
        assertThat(c.gotFrom(a)).isEqualTo(List.of(2L));
        b.install(3, List.of(b, c, a));
        network.mend(b.host, c.host);
        network.run(5000);

        assertThat(b.gotFrom(a)).isEqualTo(upTo(2));
        assertThat(c.gotFrom(a)).as("agreement counts for more than the view").containsExactlyInAnyOrder(1L, 2L);
        assertThat(a.multicast.unstable() + b.multicast.unstable() + c.multicast.unstable()).isZero();
    }

    @Test
    void shouldRepairWhatOneLeftUnstableThoughItSaysNothingSinceItIsBack() {
        installAll(1, all);
        network.cut(a.host, c.host);
        network.cut(b.host, c.host);
        a.say();
        network.run(5);
        b.install(2, List.of(b, c));
        network.run(5);
        a.forgetAll();
        a.host.execute(() -> a.links.close(c.ref));
        b.host.execute(() -> b.links.close(c.ref));
        c.install(2, List.of(b, c));
        for (Member m : List.of(b, c, a)) {
            m.install(3, List.of(b, c, a));
        }
        network.run(5);
        network.mend(a.host, c.host);
        network.mend(b.host, c.host);
        network.run(5000);

        assertThat(c.gotFrom(a)).isEqualTo(upTo(1));
        assertThat(b.multicast.unstable()).isZero();
    }

    @Test
    void shouldPassOnThroughASurvivorWhoDiesOnTheWay() {
        Member d = new Member(network.newHost("d"), 0xD);
        List<Member> four = List.of(a, b, c, d);
        installAll(1, four);
        network.cut(a.host, c.host);
        network.cut(a.host, d.host);
        network.cut(b.host, d.host);
        a.say();
        network.run(5);
        a.host.crash();
        b.flush(a);
        network.run(5);
        b.host.crash();
        c.flush(a);
        d.flush(a);
        c.flush(b);
        network.run(50);

        assertThat(c.gotFrom(a)).isEqualTo(upTo(1));
        assertThat(d.gotFrom(a)).isEqualTo(upTo(1));
    }

    @Test
    void shouldKeepMessagesOfAViewToComeUntilItIsInstalled() {
        a.install(1, all);
        b.install(1, all);
        network.run(5);
        a.say();
        network.run(50);
        assertThat(c.gotFrom(a)).isEmpty();
        c.install(1, all);
        network.run(50);
        assertThat(c.gotFrom(a)).isEqualTo(upTo(1));
    }

    @Test
    void shouldTellANewcomerWhereToStart() {
        List<Member> two = List.of(a, b);
        a.install(1, two);
        b.install(1, two);
        network.run(5);
        for (int i = 0; i < 5; i++) {
            a.say();
        }
        network.run(2000);
        installAll(2, all);
        a.say();
        a.say();
        network.run(2000);

        assertThat(c.gotFrom(a)).containsExactly(6L, 7L);
        assertThat(a.multicast.unstable()).isZero();
    }

    /** Full-size seed 217: after two seconds the lowest that had come was taken for the first, and the two before it came in vain. */
    @Test
    void shouldWaitForTheFirstThatConcernsANewcomerHoweverLongThoughItsSenderIsDead() {
        List<Member> two = List.of(a, b);
        a.install(1, two);
        b.install(1, two);
        network.run(5);
        a.say();
        network.run(2000);
        installAll(2, all);
        network.cut(a.host, c.host);
        a.say();
        a.say();
        network.run(5);
        a.host.execute(() -> a.links.close(c.ref));
        network.mend(a.host, c.host);
        network.cut(b.host, c.host);
        a.say();
        network.run(5);
        a.host.crash();
        b.flush(a);
        c.flush(a);
        network.run(30_000);
        assertThat(c.gotFrom(a)).as("nobody who has the second can be reached").isEmpty();
        network.heal();
        network.run(4_000);

        assertThat(c.gotFrom(a)).containsExactly(2L, 3L, 4L);
        assertThat(b.multicast.unstable() + c.multicast.unstable()).isZero();
    }

    @Test
    void shouldFallSilentWhereWhatIsMissingWentDownWithItsSender() {
        installAll(1, all);
        network.partition(List.of(a.host), List.of(b.host, c.host));
        a.say();
        network.run(5);
        a.host.execute(() -> {
            a.links.close(b.ref);
            a.links.close(c.ref);
        });
        network.heal();
        a.say();
        network.run(5);
        a.host.crash();
        List<Member> rest = List.of(b, c);
        rest.forEach(m -> m.install(2, rest));
        network.run(10_000);
        long before = network.counters().arrived();
        network.run(10_000);

        assertThat(rest).allSatisfy(m -> assertThat(m.gotFrom(a)).isEmpty());
        assertThat(network.counters().arrived()).isEqualTo(before);
    }

    @Test
    void shouldTellANewcomerWhereToStartEvenIfItInstallsTheViewLate() {
        List<Member> two = List.of(a, b);
        a.install(1, two);
        b.install(1, two);
        network.run(5);
        a.say();
        network.run(2000);
        a.install(2, all);
        b.install(2, all);
        network.run(5);
        a.say();
        network.run(100);
        c.install(2, all);
        network.run(100);

        assertThat(c.gotFrom(a)).containsExactly(2L);
    }

    @Test
    void shouldRepairWhatWasLostWithALink() {
        installAll(1, all);
        a.say();
        network.run(100);
        loseOneWithItsLink();
        network.heal();
        network.run(4000);

        assertThat(c.gotFrom(a)).isEqualTo(upTo(2));
        assertThat(a.multicast.unstable()).isZero();
    }

    /** Seen as 13,707 steps in a second of a cluster of 18, most of them such reports, when a partition of 14 s was healed (seed 118, 10 minutes, 8 to 16 nodes). */
    @Test
    void shouldNotSendAllReportsOfAPartitionOnceItIsHealed() {
        installAll(1, all);
        network.partition(List.of(a.host, b.host), List.of(c.host));
        a.say();
        c.say();
        network.run(30_000);
        network.heal();
        long before = network.counters().arrived();
        network.run(1_500); // any resend timer has run out by then

        assertThat(all).allSatisfy(m -> assertThat(List.of(m.gotFrom(a), m.gotFrom(c))).containsOnly(upTo(1)));
        assertThat(network.counters().arrived() - before).as("datagrams after the partition").isLessThan(60);
    }

    /** Seen as 14,347 steps in a second (seed 77, 10 minutes, 8 to 16 nodes): what a member lacked was sent to it twice a second, and its link kept every copy. */
    @Test
    void shouldNotSendAllRepairsOfACutOnceItIsMended() {
        installAll(1, all);
        network.run(100);
        loseOneWithItsLink();
        network.cut(c.host, a.host);
        network.mend(a.host, c.host);
        a.say();
        network.run(5);
        a.host.crash();
        assertThat(c.gotFrom(a)).as("has the second, and waits for the first").isEmpty();
        network.cut(b.host, c.host);
        b.flush(a);
        network.run(30_000);
        network.heal();
        long before = c.links.counters().delivered();
        network.run(3_000);

        assertThat(c.gotFrom(a)).isEqualTo(upTo(2));
        assertThat(c.links.counters().delivered() - before).as("messages after the cut").isLessThan(30);
    }

    /** What a says does not reach c, and no link sends it again. */
    private void loseOneWithItsLink() {
        network.cut(a.host, c.host);
        a.say();
        network.run(100);
        a.host.execute(() -> a.links.close(c.ref));
        network.run(10);
    }

    @Test
    void shouldAgreeThroughRandomTroubleAndCrashes() {
        long first = SimulatedNetwork.seedOr(1);
        long last = System.getProperty("gavel.seed") == null ? 25 : first;
        for (long seed = first; seed <= last; seed++) {
            agree(seed);
        }
    }

    private static void agree(long seed) {
        SimulatedNetwork net = new SimulatedNetwork(seed);
        net.keepTraces(0);
        SplittableRandom random = new SplittableRandom(seed);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            members.add(new Member(net.newHost("m" + i), 1 + i));
        }
        List<Member> everyone = List.copyOf(members);
        everyone.forEach(m -> m.install(1, everyone));
        net.run(5);
        net.faults(Faults.NONE.withLoss(15).withDuplicates(10).withReordering(20));
        long view = 1;
        while (members.size() > 2) {
            for (int i = 0; i < 30; i++) {
                members.get(random.nextInt(members.size())).say();
                net.run(random.nextInt(10));
            }
            Member dead = members.remove(random.nextInt(members.size()));
            dead.say();
            dead.say();
            net.run(random.nextInt(2));
            dead.host.crash();
            view++;
            List<Member> rest = List.copyOf(members);
            for (Member m : rest) {
                net.run(random.nextInt(40));
                if (random.nextBoolean()) {
                    m.flush(dead);
                }
                m.install(view, rest);
            }
        }
        net.faults(Faults.NONE);
        net.run(10_000);
        String what = net.describe() + " mvn test -Dtest=FifoMulticastTest -Dgavel.seed=" + seed;
        for (Member origin : everyone) {
            List<Long> expected = members.get(0).gotFrom(origin);
            assertThat(expected).as(what).isEqualTo(upTo(expected.size()));
            members.forEach(m -> assertThat(m.gotFrom(origin)).as(what).isEqualTo(expected));
        }
        members.forEach(m -> assertThat(m.gotFrom(m)).as(what).isEqualTo(upTo(m.said())));
        members.forEach(m -> assertThat(m.multicast.unstable()).as(what).isZero());
    }
}
