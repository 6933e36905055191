package org.gavel.protocol.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.junit.jupiter.api.Test;

class BroadcastScheduleTest {
    private final SimulatedNetwork net = new SimulatedNetwork(7);
    private final SimulatedHost host = net.newHost("amber").start(new DatagramReceiver() {
        @Override
        public void onDatagram(Address from, byte[] bytes, int length) { }

        @Override
        public void onCrashHint(Address peer) { }
    });
    private final List<Long> sentAtMs = new ArrayList<>();
    private final BroadcastSchedule schedule = new BroadcastSchedule(host, () -> sentAtMs.add(host.nowMs()));
    private long startMs;

    @Test
    void shouldRepeatQuicklyAtFirstThenAboutEverySecond() {
        startAndRun(3_000);

        assertThat(sentAtMs.subList(0, 4).stream().map(at -> at - startMs).toList()).containsExactly(0L, 100L, 200L, 400L);
        assertThat(sentAtMs.get(4) - sentAtMs.get(3)).isBetween(900L, 1_100L);
        assertThat(sentAtMs.get(5) - sentAtMs.get(4)).isBetween(900L, 1_100L);
    }

    @Test
    void shouldBeSilentOnceStopped() {
        startAndRun(150);
        host.execute(schedule::stop);
        net.run(5_000);

        assertThat(sentAtMs).hasSize(2);
    }

    private void startAndRun(long ms) {
        host.execute(() -> {
            startMs = host.nowMs();
            schedule.start();
        });
        net.run(ms);
    }
}
