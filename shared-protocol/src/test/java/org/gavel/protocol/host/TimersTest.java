package org.gavel.protocol.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.junit.jupiter.api.Test;

class TimersTest {
    private enum Timer { RESEND, HEARTBEAT }

    private final SimulatedNetwork net = new SimulatedNetwork(1);
    private final SimulatedHost host = net.newHost("a");
    private final List<Timer> fired = new ArrayList<>();
    private final Timers<Timer> timers = new Timers<>(host, fired::add);

    @Test
    void shouldFireOnceAtTheDeadline() {
        timers.set(Timer.RESEND, 30);
        net.run(29);
        assertThat(fired).isEmpty();
        assertThat(timers.isRunning(Timer.RESEND)).isTrue();
        net.run(100);
        assertThat(fired).containsExactly(Timer.RESEND);
        assertThat(timers.isRunning(Timer.RESEND)).isFalse();
    }

    @Test
    void shouldMoveTheDeadlineWhenSetAgain() {
        timers.set(Timer.RESEND, 30);
        net.run(20);
        timers.set(Timer.RESEND, 30);
        net.run(29);
        assertThat(fired).isEmpty();
        net.run(1);
        assertThat(fired).containsExactly(Timer.RESEND);
    }

    @Test
    void shouldKeepTheDeadlineOfARunningTimerWhenSetIfIdle() {
        timers.setIfIdle(Timer.RESEND, 30);
        timers.setIfIdle(Timer.RESEND, 300);
        net.run(30);
        assertThat(fired).containsExactly(Timer.RESEND);
    }

    @Test
    void shouldNotFireWhenCancelled() {
        timers.set(Timer.RESEND, 30);
        timers.set(Timer.HEARTBEAT, 40);
        timers.cancel(Timer.RESEND);
        net.run(40);
        assertThat(fired).containsExactly(Timer.HEARTBEAT);
        timers.set(Timer.RESEND, 1);
        timers.set(Timer.HEARTBEAT, 1);
        timers.cancelAll();
        net.run(10);
        assertThat(fired).hasSize(1);
    }
}
