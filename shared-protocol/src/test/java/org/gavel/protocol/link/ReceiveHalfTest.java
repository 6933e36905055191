package org.gavel.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.ReceiveHalf.EarlyBytes;
import org.gavel.protocol.link.ReceiveHalf.Judgement;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.DatagramHeader;
import org.junit.jupiter.api.Test;

/** What is kept of datagrams that come early has one bound for all links of a party. */
class ReceiveHalfTest {
    private static final int BYTES = DatagramCodec.DATAGRAM_BYTES_MAX;

    private final EarlyBytes earlyBytes = new EarlyBytes();

    private static Judgement arrive(ReceiveHalf half, int link, long sequence) {
        return half.judge(new DatagramHeader(DatagramHeader.OPEN, 1, new PeerId(new Uid(1), 1), new PeerId(new Uid(2), 1), link, sequence, 0, 0, 0),
                new byte[BYTES], BYTES);
    }

    @Test
    void shouldKeepAtMostSoMuchOfAllLinksTogether() {
        int kept = 0;
        for (int link = 0; link < 1_000; link++) {
            ReceiveHalf half = new ReceiveHalf(earlyBytes);
            for (int sequence = 2; sequence <= ReceiveHalf.EARLY_DATAGRAMS_MAX; sequence++) {
                kept += arrive(half, 1, sequence) == Judgement.KEPT ? 1 : 0;
            }
            assertThat(arrive(half, 1, 1)).as("what comes in order is always taken").isEqualTo(Judgement.DELIVER);
        }
        assertThat(kept).isEqualTo((int) (EarlyBytes.EARLY_BYTES_MAX / BYTES));
        assertThat(earlyBytes.kept()).isLessThanOrEqualTo(EarlyBytes.EARLY_BYTES_MAX);
    }

    @Test
    void shouldGiveTheRoomBackOnceItIsInOrderOrGivenUp() {
        ReceiveHalf half = new ReceiveHalf(earlyBytes);
        arrive(half, 1, 2);
        arrive(half, 1, 3);
        arrive(half, 1, 5);
        assertThat(earlyBytes.kept()).isEqualTo(3L * BYTES);
        arrive(half, 1, 1);
        assertThat(half.takeEarly().header().sequence()).isEqualTo(2);
        assertThat(half.takeEarly().header().sequence()).isEqualTo(3);
        assertThat(half.takeEarly()).isNull();
        assertThat(earlyBytes.kept()).isEqualTo(BYTES);
        arrive(half, 2, 7);
        assertThat(earlyBytes.kept()).as("another link number gives up the former's").isEqualTo(BYTES);
        half.forget();
        assertThat(earlyBytes.kept()).isZero();
    }
}
