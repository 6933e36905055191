package org.gavel.protocol.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Message counts up to 64 members, over the real link layer on the simulated host: Chang and Roberts 1979, theorem and analysis; protocol.md section 6. */
class ChangRobertsTableTest {
    private static final int SAMPLES = 30;

    @Test
    void shouldSendExactlyTwoNMinusOneTokensAtBestAndNTimesNPlusOneHalvesAtWorst() {
        for (int n = 2; n <= 64; n++) {
            int size = n;
            MessageCounts.Run best = MessageCounts.electOn(LongStream.rangeClosed(1, n).toArray());
            MessageCounts.Run worst = MessageCounts.electOn(LongStream.rangeClosed(1, n).map(i -> size + 1 - i).toArray());
            assertThat(best).as("n=%d, ascending", n).isEqualTo(new MessageCounts.Run(2L * n - 1, n, 0, new Uid(n)));
            assertThat(worst).as("n=%d, descending", n).isEqualTo(new MessageCounts.Run(n * (n + 1L) / 2, n, 0, new Uid(n)));
        }
    }

    /** Four standard errors of the sample's own spread: a run of chance leaves that band once in 16,000, and the seed is fixed. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12, 24, 48, 64})
    void shouldSendNTimesHarmonicNTokensOnAverage(int n) {
        MessageCounts.Row row = MessageCounts.measure(n, SAMPLES, new Random(1979 + n));
        assertThat(row.average()).as("n=%d, seed %d, %d arrangements, spread %.2f", n, 1979 + n, SAMPLES, row.stdDev())
                .isCloseTo(row.expectedAverage(), within(4 * row.stdDev() / Math.sqrt(SAMPLES)));
        assertThat(row.stdDev()).as("the band is narrow enough to tell from best and worst").isLessThan(row.expectedAverage() / 3);
    }

    /** Prints the table: {@code -Dgavel.table=SAMPLES}. */
    @Test
    @EnabledIfSystemProperty(named = "gavel.table", matches = "[0-9]+", disabledReason = "prints a table, proves nothing of its own")
    void shouldPrintTheTable() {
        System.out.println(MessageCounts.table(Integer.getInteger("gavel.table")));
    }
}
