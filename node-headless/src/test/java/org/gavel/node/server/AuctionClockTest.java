package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.junit.jupiter.api.Test;

/** Auction time as protocol.md section 9 has it: it runs with the active's clock, and stands when that stands. */
class AuctionClockTest {
    private final SimulatedNetwork net = new SimulatedNetwork(1);
    private final AuctionClock clock = new AuctionClock(net.newHost("follower"));

    @Test
    void shouldRunOnFromTheLastValueHeard() {
        clock.follow();
        clock.heardBeat(4_000);
        net.run(1_500);
        assertThat(clock.nowMs()).isEqualTo(5_500);
        clock.heard(5_900);
        net.run(100);
        assertThat(clock.nowMs()).isEqualTo(6_000);
    }

    @Test
    void shouldStandWhileTheActivesClockStands() {
        clock.follow();
        clock.heardBeat(4_000);
        net.run(2_000);
        clock.heardBeat(4_000);
        net.run(60_000);
        assertThat(clock.nowMs()).as("what was heard, and no more").isEqualTo(4_000);
        clock.heardBeat(4_050);
        net.run(1_000);
        assertThat(clock.nowMs()).as("the active goes on").isEqualTo(5_050);
    }

    @Test
    void shouldNotStopForALateHeartbeat() {
        clock.follow();
        clock.heardBeat(4_000);
        clock.heardBeat(6_000);
        clock.heardBeat(4_000);
        net.run(1_000);
        assertThat(clock.nowMs()).isEqualTo(7_000);
    }

    @Test
    void shouldStandWithoutAnActive() {
        clock.follow();
        clock.heardBeat(4_000);
        net.run(500);
        clock.stop();
        net.run(30_000);
        assertThat(clock.nowMs()).isEqualTo(4_500);
        clock.start();
        net.run(500);
        assertThat(clock.nowMs()).isEqualTo(5_000);
    }
}
