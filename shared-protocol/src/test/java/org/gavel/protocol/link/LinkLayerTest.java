package org.gavel.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gavel.protocol.link.Party.large;
import static org.gavel.protocol.link.Party.number;
import static org.gavel.protocol.link.Party.range;

import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

class LinkLayerTest {
    private final SimulatedNetwork network = new SimulatedNetwork(SimulatedNetwork.seedOr(1));
    private final Party a = new Party(network.newHost("a"), 0xA, 100);
    private final Party b = new Party(network.newHost("b"), 0xB, 100);

    @Test
    void shouldDeliverInOrderAndPackOnePassIntoOneDatagram() {
        a.sendNumbers(b, 1, 10);
        network.run(100);

        assertThat(b.numbersFrom(a)).isEqualTo(range(1, 10));
        assertThat(a.links.counters().data()).isEqualTo(1);
        assertThat(b.links.counters().acksAlone()).isEqualTo(1);
        assertThat(b.got.get(0).group()).isEqualTo(5);
        assertThat(a.links.room(b.ref)).isEqualTo(1024);
        assertThat(a.links.counters().resent()).isZero();
    }

    @Test
    void shouldLetAcknowledgementsRideOnAnswers() {
        b.onMessage = () -> b.links.send(a.ref, 5, number(b.got.size()));
        a.onMessage = () -> {
            if (a.got.size() < 50) {
                a.links.send(b.ref, 5, number(a.got.size()));
            }
        };
        a.send(b, number(0));
        network.run(1000);

        assertThat(a.got).hasSize(50);
        assertThat(a.links.counters().acksAlone() + b.links.counters().acksAlone()).isEqualTo(1);
        assertThat(a.links.roundTripMicros(b.ref)).isBetween(100L, 1000L);
        assertThat(a.links.resendTimerMs(b.ref)).isEqualTo(30);
        network.run(10_000);
        assertThat(a.links.resendTimerMs(b.ref)).as("measured long ago").isEqualTo(100);
    }

    @Test
    void shouldJoinFragmentsAndNotAcknowledgeEachOneAlone() {
        a.send(b, large(1, 1 << 20));
        network.run(200);

        assertThat(b.numbersFrom(a)).containsExactly(1L);
        assertThat(((Message.Submit) b.got.get(0).message()).bytes()).isEqualTo(((Message.Submit) large(1, 1 << 20)).bytes());
        assertThat(a.links.counters().data()).isBetween(830L, 840L);
        assertThat(b.links.counters().sent()).isBetween(20L, 110L);
        assertThat(a.links.counters().resent()).isZero();
    }

    @Test
    void shouldDeliverToItselfWithoutNetworkAtTheEndOfThePass() {
        a.host.execute(() -> {
            a.links.send(a.ref, 7, number(1));
            a.links.send(a.ref, 7, number(2));
            assertThat(a.got).isEmpty();
        });
        network.run(1);

        assertThat(a.numbersFrom(a)).isEqualTo(range(1, 2));
        assertThat(a.host.datagramsSent()).isZero();
    }

    @Test
    void shouldOpenFromBothEndsAtOnceWithoutLosingAnything() {
        a.sendNumbers(b, 1, 100);
        b.sendNumbers(a, 1, 100);
        network.run(100);

        assertThat(b.numbersFrom(a)).isEqualTo(range(1, 100));
        assertThat(a.numbersFrom(b)).isEqualTo(range(1, 100));
        assertThat(a.undelivered).isEmpty();
        assertThat(b.undelivered).isEmpty();
    }
}
