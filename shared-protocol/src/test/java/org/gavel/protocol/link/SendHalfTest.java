package org.gavel.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageCodec;
import org.junit.jupiter.api.Test;

class SendHalfTest {
    private final SendHalf send = new SendHalf(LinkSettings.DEFAULTS);
    private final MessageCodec codec = new MessageCodec();
    private long now = 1000;

    /** One datagram per message: each nearly fills one. */
    private void queue(int messages) {
        for (int i = 0; i < messages; i++) {
            Message message = Party.large(i, 1100);
            send.add(new Outgoing(5, message, codec.encode(5, message)), now);
        }
    }

    private List<Long> flush() {
        List<Long> sequences = new ArrayList<>();
        for (SendUnit unit = send.nextUnit(); unit != null; unit = send.nextUnit()) {
            send.sent(unit, now, now * 1_000_000);
            sequences.add(unit.sequence);
        }
        return sequences;
    }

    private boolean ack(long acked, long bitmap) {
        return send.onAck(acked, bitmap, false, now, now * 1_000_000);
    }

    @Test
    void shouldKeepAtMostSixtyFourConsecutiveNumbersInFlight() {
        queue(100);
        assertThat(flush()).isEqualTo(Party.range(1, 64));
        assertThat(ack(0, -1L << 1)).isTrue();
        flush();
        assertThat(flush()).as("number 1 is missing: no bit is left for 65").isEmpty();
        ack(64, 0);
        assertThat(flush()).startsWith(65L, 66L, 67L);
    }

    @Test
    void shouldTakeThreeLaterArrivalsAsLossAndNotTwo() {
        queue(5);
        flush();
        ack(0, 0b0110);
        assertThat(flush()).isEmpty();
        ack(0, 0b1110);
        assertThat(flush()).containsExactly(1L);
        // The copy left after 2 to 4: their arrival says nothing about it.
        ack(0, 0b1110);
        assertThat(flush()).isEmpty();
    }

    @Test
    void shouldSendTheOldestAgainWhenTheTimerExpiresAndBackOff() {
        queue(10);
        flush();
        assertThat(send.resendAtMs()).isEqualTo(now + 100);
        now = send.resendAtMs();
        send.onResendTimer(now);
        assertThat(flush()).isEqualTo(Party.range(1, 4));
        assertThat(send.resendAtMs()).isEqualTo(now + 200);
    }

    @Test
    void shouldNotMeasureWhatWasSentTwice() {
        queue(1);
        flush();
        now += 100;
        send.onResendTimer(now);
        flush();
        now += 7;
        ack(1, 0);
        assertThat(send.roundTrip.smoothedMicros()).as("Karn's rule").isZero();
        assertThat(send.resendAtMs()).isEqualTo(SendHalf.NEVER);
    }

    /** Else every datagram of a path that has become slow is sent twice and more, for ever, and none of them is measured. */
    @Test
    void shouldFollowARoundTripThatHasGrownBeyondTheTimer() {
        queue(1);
        flush();
        now += 1;
        ack(1, 0);
        int copies = 0;
        for (int i = 2; i <= 20; i++) {
            queue(1);
            flush();
            long arrivesMs = now + 104;
            for (long due = send.resendAtMs(); due < arrivesMs; due = send.resendAtMs()) {
                now = due;
                send.onResendTimer(now);
                copies += flush().size();
            }
            now = arrivesMs;
            ack(i, 0);
        }
        assertThat(copies).as("datagrams sent once more than needed").isLessThanOrEqualTo(3);
        assertThat(send.roundTrip.timerMs()).isGreaterThan(104);
    }

    @Test
    void shouldIgnoreAcknowledgementsOfWhatWasNeverSent() {
        queue(2);
        flush();
        assertThat(ack(3, 0)).isFalse();
        assertThat(ack(Long.MAX_VALUE, -1)).isFalse();
        assertThat(ack(0, -1)).as("bits beyond the highest number mean nothing").isTrue();
        assertThat(send.isIdle()).isTrue();
    }

    @Test
    void shouldHaveFewerInFlightAfterALossAndRecover() {
        queue(1000);
        flush();
        now += 100;
        send.onResendTimer(now);
        flush();
        ack(64, 0);
        int afterLoss = flush().size();
        assertThat(afterLoss).isBetween(32, 48);
        for (long acked = 64 + afterLoss; acked < 600;) {
            ack(acked, 0);
            acked += flush().size();
        }
        assertThat(send.isOpening()).isFalse();
        ack(send.highestSent(), 0);
        assertThat(flush()).hasSize(64);
    }
}
