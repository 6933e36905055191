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
        roundTrip.sample(40_000_000, 0);
        assertThat(roundTrip.smoothedMicros()).isEqualTo(40_000);
        assertThat(roundTrip.timerMs()).as("SRTT + 4 * RTTVAR").isEqualTo(40 + 4 * 20);
    }

    @Test
    void shouldStayBetweenFloorAndCeiling() {
        roundTrip.sample(100_000, 0);
        assertThat(roundTrip.timerMs()).isEqualTo(30);
        roundTrip.sample(60_000_000_000L, 0);
        assertThat(roundTrip.timerMs()).isEqualTo(1000);
    }

    @Test
    void shouldDoubleOnExpiryAndReturnWithTheNextSample() {
        roundTrip.sample(100_000, 0);
        roundTrip.expired();
        roundTrip.expired();
        assertThat(roundTrip.timerMs()).isEqualTo(120);
        for (int i = 0; i < 100; i++) {
            roundTrip.expired();
        }
        assertThat(roundTrip.timerMs()).isEqualTo(1000);
        roundTrip.sample(100_000, 0);
        assertThat(roundTrip.timerMs()).isEqualTo(30);
    }

    @Test
    void shouldNotBeLessPatientThanAtFirstWhereTheSampleIsOld() {
        roundTrip.sample(100_000, 1_000);
        assertThat(roundTrip.patienceMs(11_000)).isEqualTo(30);
        assertThat(roundTrip.patienceMs(11_001)).isEqualTo(100);
        roundTrip.sample(900_000_000, 12_000);
        assertThat(roundTrip.patienceMs(60_000)).as("nor than it knows").isEqualTo(roundTrip.timerMs()).isGreaterThan(100);
    }
}
