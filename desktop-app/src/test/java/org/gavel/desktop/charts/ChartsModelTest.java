package org.gavel.desktop.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChartsModelTest {
    @Test
    void shouldKeepEightHoursInBoundedMemoryAndTheLastMinutesSecondBySecond() {
        TimeSeries series = new TimeSeries();
        for (int second = 0; second < 8 * 3_600; second++) {
            series.add(second * 1_000L, second < 1_000 ? 7 : 1);
            assertThat(series.size()).isLessThanOrEqualTo(TimeSeries.FINE_MAX + TimeSeries.COARSE_MAX);
        }
        long end = (8 * 3_600 - 1) * 1_000L;
        assertThat(series.since(end - 60_000)).hasSize(61);
        assertThat(series.since(Long.MIN_VALUE).get(0).value()).as("the oldest are still there, as means").isEqualTo(7);
        assertThat(series.since(Long.MIN_VALUE)).isSortedAccordingTo((a, b) -> Long.compare(a.atMs(), b.atMs()));
    }
}
