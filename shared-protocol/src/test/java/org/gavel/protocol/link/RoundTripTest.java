package org.gavel.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 6298, section 2, with this LAN's floor and ceiling. */
class RoundTripTest {
    private final RoundTrip roundTrip = new RoundTrip(LinkSettings.DEFAULTS);

    @Test
    void shouldStartWithTheInitialTimerAndNoEstimate() {
        assertThat(roundTrip.timerMs()).isEqualTo(100);
        assertThat(roundTrip.smoothedMicros()).isZero();
    }

    @Test
    void shouldTakeTheFirstSampleWithHalfOfItAsVariation() {
        roundTrip.sample(40_000_000);
        assertThat(roundTrip.smoothedMicros()).isEqualTo(40_000);
        assertThat(roundTrip.timerMs()).as("SRTT + 4 * RTTVAR").isEqualTo(40 + 4 * 20);
    }

    @Test
    void shouldStayBetweenFloorAndCeiling() {
        roundTrip.sample(100_000);
        assertThat(roundTrip.timerMs()).isEqualTo(30);
        roundTrip.sample(60_000_000_000L);
        assertThat(roundTrip.timerMs()).isEqualTo(1000);
    }

    @Test
    void shouldDoubleOnExpiryAndReturnOnProgress() {
        roundTrip.sample(100_000);
        roundTrip.expired();
        roundTrip.expired();
        assertThat(roundTrip.timerMs()).isEqualTo(120);
        for (int i = 0; i < 100; i++) {
            roundTrip.expired();
        }
        assertThat(roundTrip.timerMs()).isEqualTo(1000);
        roundTrip.progressed();
        assertThat(roundTrip.timerMs()).isEqualTo(30);
    }
}
