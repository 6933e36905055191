package org.gavel.protocol.host.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.Host.ProcessState;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {
    private final SimulatedNetwork net = new SimulatedNetwork(SimulatedNetwork.seedOr(7));

    /** Notes what a host hears. */
    private static final class Ear implements DatagramReceiver {
        private final List<String> heard = new ArrayList<>();
        private final List<Address> hints = new ArrayList<>();

        @Override
        public void onDatagram(Address from, byte[] bytes, int length) {
            heard.add(new String(bytes, 0, length, UTF_8));
        }

        @Override
        public void onCrashHint(Address peer) {
            hints.add(peer);
        }
    }

    private static void say(SimulatedHost from, SimulatedHost to, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        from.send(to.address(), bytes, bytes.length);
    }

    private final Ear earA = new Ear();
    private final Ear earB = new Ear();
    private final SimulatedHost a = net.newHost("a").start(earA);
    private final SimulatedHost b = net.newHost("b").start(earB);

    @Test
    void shouldDeliverInOrderWithinTheLongestDelay() {
        for (int i = 0; i < 100; i++) {
            say(a, b, "m" + i);
        }
        net.run(1);
        assertThat(earB.heard).hasSize(100).startsWith("m0", "m1", "m2").endsWith("m99");
    }

    @Test
    void shouldRepeatEveryEventWhenTheSeedIsTheSame() {
        assertThat(hashOfChatter(41)).isEqualTo(hashOfChatter(41));
        assertThat(hashOfChatter(41)).isNotEqualTo(hashOfChatter(42));
    }

    private static long hashOfChatter(long seed) {
        SimulatedNetwork net = new SimulatedNetwork(seed);
        net.faults(Faults.NONE.withLoss(10).withDuplicates(5).withReordering(20).withFalseHints(1));
        List<SimulatedHost> hosts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SimulatedHost host = net.newHost("h" + i);
            host.storeDelay(3);
            hosts.add(host);
            host.start(new DatagramReceiver() {
                @Override
                public void onDatagram(Address from, byte[] bytes, int length) {
                    host.store().storeFact("last", Long.toString(host.random()), () -> { });
                    host.schedule(1 + Math.floorMod(host.random(), 5), () -> host.broadcast(new byte[] {(byte) host.random()}, 1));
                    host.trace(new TraceEvent(host.wallClockMs(), Uid.NOBODY, "test", "heard", 0, Uid.NOBODY, "from " + from));
                }

                @Override
                public void onCrashHint(Address peer) {
                    host.unwatch(peer);
                }
            });
            host.watch(hosts.get(0).address());
        }
        hosts.get(0).broadcast(new byte[] {1}, 1);
        net.run(12);
        return net.traceHash();
    }

    @Test
    void shouldLoseDoubleAndOvertakeAboutAsManyAsAskedFor() {
        net.faults(Faults.NONE.withLoss(10));
        sayMany(10_000);
        assertThat(earB.heard.size()).isBetween(8_800, 9_200);
        earB.heard.clear();
        net.faults(Faults.NONE.withDuplicates(10));
        sayMany(10_000);
        assertThat(earB.heard.size()).isBetween(10_800, 11_200);
        earB.heard.clear();
        net.faults(Faults.NONE.withReordering(5));
        sayMany(1_000);
        List<String> sorted = new ArrayList<>(earB.heard);
        sorted.sort(null);
        assertThat(earB.heard).hasSize(1_000).isNotEqualTo(sorted);
    }

    private void sayMany(int count) {
        for (int i = 0; i < count; i++) {
            String text = String.format("%05d", i);
            a.schedule(i / 10, () -> say(a, b, text));
        }
        net.run(count / 10 + 10);
    }

    @Test
    void shouldReachEveryListeningHostByBroadcastTheSenderIncluded() {
        Ear deaf = new Ear();
        net.newHost("client").start(deaf).hearBroadcasts(false);
        a.broadcast("hello".getBytes(UTF_8), 5);
        net.run(1);
        assertThat(earA.heard).containsExactly("hello");
        assertThat(earB.heard).containsExactly("hello");
        assertThat(deaf.heard).isEmpty();
    }

    @Test
    void shouldReachSeedsWhereBroadcastIsBlocked() {
        net.blockBroadcast(true);
        a.seeds(List.of(b.address()));
        a.broadcast("hello".getBytes(UTF_8), 5);
        net.run(1);
        assertThat(earB.heard).containsExactly("hello");
        assertThat(earA.heard).isEmpty();
    }

    @Test
    void shouldKeepSidesApartUntilHealed() {
        say(a, b, "under way");
        net.partition(List.of(a), List.of(b));
        say(a, b, "lost");
        net.run(1);
        assertThat(earB.heard).isEmpty();
        net.heal();
        say(a, b, "again");
        net.run(1);
        assertThat(earB.heard).containsExactly("again");
    }

    @Test
    void shouldHoldDatagramsBackWhileClogged() {
        net.clog(a, b, 500);
        say(a, b, "late");
        net.run(499);
        assertThat(earB.heard).isEmpty();
        net.run(2);
        assertThat(earB.heard).containsExactly("late");
    }

    @Test
    void shouldHearFirstAndRunTimersLateAfterAPause() {
        List<String> order = new ArrayList<>();
        b.schedule(100, () -> order.add("timer late by " + b.lastTimerLatenessMs() + ", heard " + earB.heard));
        b.pause(2_000);
        say(a, b, "while paused");
        net.run(1_999);
        assertThat(order).isEmpty();
        assertThat(earB.heard).isEmpty();
        net.run(2);
        assertThat(order).containsExactly("timer late by 1900, heard [while paused]");
    }

    @Test
    void shouldDropWhatDoesNotFitTheBufferOfAPausedHost() {
        b.pause(10_000);
        byte[] big = new byte[60_000];
        for (int i = 0; i < 50; i++) {
            a.send(b.address(), big, big.length);
        }
        net.run(20_000);
        assertThat(earB.heard).hasSize(SimulatedHost.SOCKET_BUFFER_BYTES_MAX / big.length);
        assertThat(b.socketBufferDrops()).isEqualTo(50 - earB.heard.size());
    }

    @Test
    void shouldDropBothWaysWhileIsolated() {
        b.isolate(1_000);
        say(a, b, "to");
        say(b, a, "from");
        net.run(1_001);
        assertThat(earA.heard).isEmpty();
        assertThat(earB.heard).isEmpty();
        say(a, b, "over");
        net.run(1);
        assertThat(earB.heard).containsExactly("over");
    }

    @Test
    void shouldHintToThoseWhoWatchWhenTheyNextSendToAnEndedProcess() {
        b.crash();
        say(a, b, "unwatched");
        net.run(2);
        assertThat(earA.hints).isEmpty();
        a.watch(b.address());
        net.run(1_000);
        assertThat(earA.hints).isEmpty();
        say(a, b, "watched");
        net.run(2);
        assertThat(earA.hints).containsExactly(b.address());
    }

    @Test
    void shouldGiveNoHintWithoutPowerOrWhereHintsAreOff() {
        a.watch(b.address());
        b.powerOff();
        say(a, b, "x");
        net.run(2);
        assertThat(earA.hints).isEmpty();
        net.faults(Faults.NONE.withCrashHints(false));
        SimulatedHost c = net.newHost("c").start(new Ear());
        a.watch(c.address());
        c.crash();
        say(a, c, "x");
        net.run(2);
        assertThat(earA.hints).isEmpty();
    }

    @Test
    void shouldForgeHintsAboutLivingPeersWhenAsked() {
        a.watch(b.address());
        net.faults(Faults.NONE.withFalseHints(100));
        say(a, b, "x");
        net.run(2);
        assertThat(earA.hints).containsExactly(b.address());
        assertThat(earB.heard).containsExactly("x");
    }

    @Test
    void shouldFindOnlyCompletedWritesAfterARestartWithItsDisk() {
        b.storeDelay(50);
        List<String> stored = new ArrayList<>();
        b.execute(() -> {
            for (int i = 0; i < 20; i++) {
                String key = "k" + i;
                b.store().storeFact(key, "v", () -> stored.add(key));
            }
        });
        net.runUntil(() -> stored.size() >= 5, 1_000);
        int completed = stored.size();
        b.crash();
        SimulatedHost back = net.restart(b, true, true);
        assertThat(completed).isBetween(5, 19);
        assertThat(back.store().fact("k0")).contains("v");
        assertThat(back.store().fact("k" + (completed - 1))).contains("v");
        assertThat(back.store().fact("k" + completed)).isEmpty();
        net.run(1_000);
        assertThat(stored).hasSize(completed);
        back.crash();
        assertThat(net.restart(back, false, false).store().fact("k0")).isEmpty();
    }

    @Test
    void shouldReachTheRestartedProcessAtItsOldAddressOnly() {
        b.crash();
        Ear again = new Ear();
        SimulatedHost back = net.restart(b, true, false).start(again);
        say(a, b, "same port");
        net.run(1);
        assertThat(again.heard).containsExactly("same port");
        back.crash();
        SimulatedHost elsewhere = net.restart(back, false, false);
        assertThat(elsewhere.address()).isNotEqualTo(b.address());
    }

    @Test
    void shouldRunNothingBehindTheFatalSend() {
        List<String> did = new ArrayList<>();
        b.schedule(5, () -> did.add("timer"));
        b.execute(() -> {
            b.atEndOfPass(() -> did.add("end of pass"));
            say(b, a, "first");
            say(b, a, "second");
            did.add("behind");
        });
        net.crashAtSend(b, 2);
        net.run(10);
        assertThat(earA.heard).containsExactly("first");
        assertThat(did).isEmpty();
    }

    @Test
    void shouldCrashWhenATraceSaysSo() {
        List<String> did = new ArrayList<>();
        net.onTrace(event -> event.kind().equals("committed"), event -> b.crash());
        b.execute(() -> {
            b.trace(new TraceEvent(0, Uid.NOBODY, "replication", "committed", 2, Uid.NOBODY, "entry 1"));
            did.add("behind");
        });
        net.run(1);
        assertThat(did).isEmpty();
        assertThat(net.describe()).contains("committed group 2: entry 1", "b crashes");
    }

    @Test
    void shouldEndThePassInRanks() {
        List<String> did = new ArrayList<>();
        a.execute(() -> {
            a.atFlush(() -> did.add("flush"));
            a.atEndOfPass(() -> {
                did.add("end");
                a.store().storeFact("k", "v", () -> {
                    did.add("stored later");
                    a.atEndOfPass(() -> did.add("end of that"));
                });
            });
            a.store().storeFact("k", "v", () -> did.add("stored"));
        });
        a.schedule(0, () -> did.add("second callback of the instant"));
        net.step();
        assertThat(did).containsExactly("second callback of the instant", "stored", "end", "stored later", "end of that", "flush");
    }

    @Test
    void shouldSeeProcessesOfTheSameMachineOnly() {
        SimulatedHost c = net.newHost("c", "shared");
        SimulatedHost d = net.newHost("d", "shared");
        assertThat(c.processState(d.process())).isEqualTo(ProcessState.RUNNING);
        assertThat(a.processState(d.process())).isEqualTo(ProcessState.UNKNOWN);
        d.crash();
        SimulatedHost back = net.restart(d, true, true);
        assertThat(c.processState(d.process())).isEqualTo(ProcessState.ENDED);
        assertThat(c.processState(back.process())).isEqualTo(ProcessState.RUNNING);
    }

    @Test
    void shouldJumpTheWallClockOnly() {
        long wall = a.wallClockMs();
        long monotonic = a.nowMs();
        a.jumpWallClock(-60_000);
        net.run(10);
        assertThat(a.wallClockMs()).isEqualTo(wall - 60_000 + 10);
        assertThat(a.nowMs()).isEqualTo(monotonic + 10);
    }

    @Test
    void shouldNameTheSeedWhenACallbackFails() {
        a.execute(() -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> net.run(1)).hasMessage("broken")
            .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("-Dgavel.seed="));
    }

    @Test
    void shouldGiveUpWhenTimeStandsStill() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> a.schedule(0, again[0]);
        again[0].run();
        assertThatThrownBy(() -> net.run(1)).hasMessageContaining("time stands still");
    }

    @Test
    void shouldCheckInvariantsAfterEveryStep() {
        AtomicInteger checks = new AtomicInteger();
        net.afterStep(checks::incrementAndGet);
        say(a, b, "one");
        net.run(5);
        assertThat((long) checks.get()).isEqualTo(net.steps()).isPositive();
    }
}
