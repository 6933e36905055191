package org.gavel.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gavel.protocol.link.Party.large;
import static org.gavel.protocol.link.Party.number;
import static org.gavel.protocol.link.Party.range;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

class LinkFaultsTest {
    private final SimulatedNetwork network = new SimulatedNetwork(SimulatedNetwork.seedOr(1));
    private final Party a = new Party(network.newHost("a"), 0xA, 100);
    private final Party b = new Party(network.newHost("b"), 0xB, 100);

    @Test
    void shouldDeliverEverythingInOrderAtThirtyPercentLoss() {
        network.faults(Faults.NONE.withLoss(30));
        for (int i = 0; i < 50; i++) {
            a.sendNumbers(b, 1 + 20 * i, 20 + 20 * i);
            network.run(20);
        }
        network.run(5000);

        assertThat(b.numbersFrom(a)).isEqualTo(range(1, 1000));
        assertThat(a.links.room(b.ref)).isEqualTo(1024);
    }

    @Test
    void shouldDeliverOnceInSpiteOfDuplicatesAndReordering() {
        network.faults(Faults.NONE.withDuplicates(50).withReordering(50));
        for (int i = 0; i < 50; i++) {
            a.sendNumbers(b, 1 + 20 * i, 20 + 20 * i);
            network.run(1);
        }
        network.run(2000);

        assertThat(b.numbersFrom(a)).isEqualTo(range(1, 1000));
        assertThat(b.links.counters().duplicates()).isPositive();
    }

    @Test
    void shouldFindALostLastMessageByItsResendTimer() {
        a.send(b, number(1));
        network.run(100);
        network.cut(a.host, b.host);
        a.send(b, number(2));
        network.run(1);
        network.mend(a.host, b.host);
        network.run(110);

        assertThat(b.numbersFrom(a)).isEqualTo(range(1, 2));
        assertThat(a.links.counters().resent()).isEqualTo(1);
    }

    @Test
    void shouldAnnounceItsHighestNumberWhileTheResendTimerHasBackedOff() {
        a.send(b, number(1));
        network.run(100);
        network.cut(a.host, b.host);
        a.send(b, number(2));
        network.run(3000);
        long datagrams = a.host.datagramsSent();
        network.mend(a.host, b.host);

        // Without the announcement after 500 ms of silence it could take the whole second of the backed-off timer.
        boolean arrived = network.runUntil(() -> b.got.size() == 2, 520);
        assertThat(arrived).as(network.describe()).isTrue();
        assertThat(a.host.datagramsSent()).isGreaterThan(datagrams);
    }

    @Test
    void shouldSendAgainAfterThreeHintsWithoutWaitingForTheTimer() {
        a.send(b, number(1));
        network.run(100);
        network.cut(a.host, b.host);
        a.send(b, number(2));
        network.run(2);
        network.mend(a.host, b.host);
        for (int n = 3; n <= 5; n++) {
            a.send(b, number(n));
            network.run(2);
        }

        assertThat(b.numbersFrom(a)).isEqualTo(range(1, 5));
        assertThat(a.links.counters().resent()).isEqualTo(1);
    }

    @Test
    void shouldPushBackWhenTheWindowIsFullAndTellWhenThereIsRoom() {
        network.cut(a.host, b.host);
        List<Boolean> taken = new ArrayList<>();
        a.host.execute(() -> {
            for (int n = 1; n <= 1030; n++) {
                taken.add(a.links.send(b.ref, 5, number(n)));
            }
        });
        network.run(10);
        assertThat(taken.stream().filter(t -> t).count()).isEqualTo(1024);
        assertThat(a.links.room(b.ref)).isZero();
        assertThat(a.rooms).isEmpty();

        network.heal();
        network.run(3000);
        assertThat(a.rooms).containsExactly(b.ref);
        assertThat(b.numbersFrom(a)).isEqualTo(range(1, 1024));
    }

    @Test
    void shouldBoundTheWindowByBytesAndRefuseWhatIsTooLarge() {
        network.cut(a.host, b.host);
        a.host.execute(() -> {
            assertThat(a.links.send(b.ref, 5, large(1, 2 << 20))).isFalse();
            for (int n = 1; n <= 3; n++) {
                assertThat(a.links.send(b.ref, 5, large(n, 1 << 20))).isTrue();
            }
            assertThat(a.links.send(b.ref, 5, large(4, 1 << 20))).isFalse();
        });
        network.run(10);
        assertThat(a.links.counters().tooLarge()).isEqualTo(1);
        assertThat(a.links.counters().windowFull()).isEqualTo(1);
    }

    @Test
    void shouldReportAPeerThatAcknowledgesNothingEveryFiveSeconds() {
        network.cut(b.host, a.host);
        a.send(b, number(1));
        network.run(4990);
        assertThat(a.unacknowledged).isEmpty();
        network.run(5200);

        assertThat(a.unacknowledged).containsExactly(b.ref.peer(), b.ref.peer());
        assertThat(b.numbersFrom(a)).containsExactly(1L);
    }

    @Test
    void shouldReportUndeliveredAndTalkAgainAfterAGivenUpPeerWakes() {
        a.sendNumbers(b, 1, 3);
        network.run(100);
        b.host.pause(2000);
        a.sendNumbers(b, 4, 6);
        network.run(500);
        a.host.execute(() -> a.links.close(b.ref));
        network.run(500);
        assertThat(a.undelivered).hasSize(3);
        a.sendNumbers(b, 7, 9);
        network.run(3000);
        b.sendNumbers(a, 1, 2);
        network.run(100);

        assertThat(b.numbersFrom(a)).as("4 to 6 had arrived in its buffer").isEqualTo(range(1, 9));
        assertThat(a.numbersFrom(b)).isEqualTo(range(1, 2));
    }

    @Test
    void shouldDropTheOldNumberAfterClosingAndReopeningWithDataInFlight() {
        a.host.execute(() -> a.links.send(b.ref, 5, large(1, 50_000)));
        network.clog(a.host, b.host, 200);
        network.run(50);
        a.host.execute(() -> {
            a.links.close(b.ref);
            a.links.send(b.ref, 5, number(2));
        });
        network.run(1000);

        List<Long> got = b.numbersFrom(a);
        assertThat(got).isIn(List.of(2L), List.of(1L, 2L));
        assertThat(a.undelivered).hasSize(1);
        assertThat(a.links.room(b.ref)).isEqualTo(1024);
    }

    @Test
    void shouldReportWhatArrivedBehindAHoleAsUndeliveredWhenItCloses() {
        // a sends 1 (lost), 2 (arrives early, acknowledged in the bitmap), then gives b up: b never delivers 2.
        a.send(b, number(0));
        network.run(50);
        network.cut(a.host, b.host);
        a.send(b, number(1));
        network.run(1);
        network.mend(a.host, b.host);
        a.send(b, number(2));
        network.run(2);
        network.cut(a.host, b.host);
        network.run(50);
        a.host.execute(() -> {
            a.links.close(b.ref);
            a.links.send(b.ref, 5, number(3));
        });
        network.heal();
        network.run(1000);

        assertThat(b.numbersFrom(a)).containsExactly(0L, 3L);
        assertThat(a.undelivered).containsExactly(number(1), number(2));
    }

    @Test
    void shouldStartAfreshWithARestartedPeerAndDropWhatWasMeantForItsFormerStart() {
        a.sendNumbers(b, 1, 3);
        network.run(100);
        b.host.crash();
        SimulatedHost again = network.restart(b.host, true, true);
        Party b2 = new Party(again, 0xB, 200);
        a.sendNumbers(b, 4, 5);
        network.run(100);
        assertThat(b2.got).isEmpty();
        assertThat(b2.links.counters().otherReceiver()).isPositive();

        b2.sendNumbers(a, 1, 2);
        a.sendNumbers(b2, 6, 7);
        a.host.execute(() -> a.links.close(b.ref));
        network.run(200);
        assertThat(a.numbersFrom(b2)).isEqualTo(range(1, 2));
        assertThat(b2.numbersFrom(a)).isEqualTo(range(6, 7));
        assertThat(a.undelivered).containsExactly(number(4), number(5));
    }

    @Test
    void shouldRenewALinkThatThePeerHasForgotten() {
        Party small = new Party(network.newHost("small"), 0xC, 100, LinkSettings.DEFAULTS.withLinksMax(1));
        a.sendNumbers(small, 1, 2);
        network.run(61_000);
        b.sendNumbers(small, 1, 2);
        network.run(100);
        assertThat(small.links.counters().linksEvicted()).isEqualTo(1);
        network.run(61_000);
        a.sendNumbers(small, 3, 4);
        network.run(200);
        assertThat(a.undelivered).containsExactly(number(3), number(4));
        a.sendNumbers(small, 5, 6);
        network.run(200);

        assertThat(small.numbersFrom(a)).containsExactly(1L, 2L, 5L, 6L);
    }

    @Test
    void shouldRefuseLinksBeyondTheTableWhileAllAreInUse() {
        Party small = new Party(network.newHost("small"), 0xC, 100, LinkSettings.DEFAULTS.withLinksMax(1));
        small.send(a, number(1));
        small.send(b, number(1));
        network.run(100);

        assertThat(a.got).hasSize(1);
        assertThat(b.got).isEmpty();
        assertThat(small.links.counters().linksRefused()).isEqualTo(1);
    }

    @Test
    void shouldPassOnCrashHintsOnlyForWatchedPeers() {
        a.host.execute(() -> a.links.watch(b.ref));
        a.send(b, number(1));
        network.run(10);
        b.host.crash();
        a.send(b, number(2));
        network.run(10);
        assertThat(a.hints).isNotEmpty().containsOnly(b.ref.peer());

        int hints = a.hints.size();
        a.host.execute(() -> a.links.unwatch(b.ref));
        network.run(2000);
        assertThat(a.hints).hasSize(hints);
    }

    @Test
    void shouldSendUnnumberedMessagesOnceEvenLargeOnesAndBroadcastThem() {
        Message large = new Message.Status(1, "x".repeat(20_000));
        a.host.execute(() -> {
            a.links.sendUnreliable(b.ref, 3, number(1));
            a.links.sendUnreliable(b.host.address(), PeerId.UNKNOWN, 3, large);
            a.links.broadcast(3, number(2));
            a.links.sendUnreliable(b.ref, 3, new Message.Status(1, "x".repeat(70_000)));
        });
        network.run(100);

        assertThat(b.got).extracting(Party.Got::message).containsExactly(number(1), large, number(2));
        assertThat(a.got).as("own broadcasts are not heard").isEmpty();
        assertThat(a.links.counters().tooLarge()).isEqualTo(1);
        assertThat(a.links.counters().links()).isZero();
    }

    @Test
    void shouldCountAndDropStrangersAndAnswerAnotherVersionJustOnce() {
        byte[] foreign = {1, 2, 3};
        byte[] empty = {};
        byte[] otherVersion = DatagramCodec.refusal(DatagramCodec.clusterId("gavel"), "");
        otherVersion[2] = 9;
        otherVersion[3] = 0;
        DatagramCodec.protect(otherVersion, otherVersion.length);
        byte[] otherCluster = DatagramCodec.refusal(DatagramCodec.clusterId("elsewhere"), "");
        byte[] truncated = DatagramCodec.refusal(DatagramCodec.clusterId("gavel"), "");
        truncated[3] = 0;
        byte[] damaged = truncated.clone();
        DatagramCodec.protect(truncated, truncated.length);
        for (byte[] datagram : List.of(foreign, empty, otherVersion, otherVersion, otherCluster, truncated, damaged)) {
            a.host.execute(() -> a.host.send(b.host.address(), datagram, datagram.length));
        }
        network.run(50);

        LinkCounters counters = b.links.counters();
        assertThat(counters.foreign()).isEqualTo(2);
        assertThat(counters.otherCluster()).isEqualTo(1);
        assertThat(counters.otherVersion()).isEqualTo(2);
        assertThat(counters.malformed()).isEqualTo(2);
        assertThat(counters.refusals()).isEqualTo(1);
        assertThat(b.got).isEmpty();
        assertThat(a.got).hasSize(1);
        assertThat(a.got.get(0).message()).isEqualTo(new Message.Refused("version",
                "this cluster speaks version 2 of the protocol, you speak 9; use the same release of Gavel everywhere"));
        assertThat(a.links.counters().refusals()).as("a refusal is never answered").isZero();
    }

    @Test
    void shouldAskForAnAddressOnlyTheLayerAboveNotThePackets() {
        NodeRef nowhere = new NodeRef(new Uid(0xB), 100, new org.gavel.protocol.identity.Address(1, 1), "b", b.ref.process());
        b.send(a, number(1));
        a.host.execute(() -> a.links.send(nowhere, 5, number(1)));
        network.run(100);
        assertThat(b.got).isEmpty();

        a.send(b, number(2));
        network.run(1000);
        assertThat(b.numbersFrom(a)).isEqualTo(range(1, 2));
    }
}
