package org.gavel.node.replication.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a search keeps its states in. */
class RowsTest {
    private static final int WIDTH = 37;

    @Test
    void shouldGiveRowsBackInOrderWhileOthersAreAdded() {
        SplittableRandom random = new SplittableRandom(5);
        Rows rows = new Rows(WIDTH);
        ArrayDeque<int[]> expected = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            int[] row = new int[WIDTH];
            for (int at = 0; at < WIDTH; at++) {
                row[at] = random.nextInt(3) == 0 ? random.nextInt() >>> random.nextInt(32) : 0;
            }
            rows.add(row);
            expected.add(row);
            for (int taken = 0; taken < 2 && i % 3 == 0 && !expected.isEmpty(); taken++) {
                assertThat(rows.take()).containsExactly(expected.poll());
            }
        }
        while (!expected.isEmpty()) {
            assertThat(rows.take()).containsExactly(expected.poll());
        }
        assertThat(rows.size()).isZero();
    }

    @Test
    void shouldKnowEachFingerprintFromTheSecondTimeOn() {
        Prints prints = new Prints();
        for (int round = 0; round < 2; round++) {
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < 100_000; i++) {
                assertThat(prints.add(random.nextLong())).isEqualTo(round == 0);
            }
        }
        assertThat(prints.size()).isEqualTo(100_000);
    }

    @Test
    void shouldTellTheWayToAStateAlsoFromTheFile() {
        try (Trail trail = new Trail()) {
            for (int i = 0; i < 2_500_000; i++) {
                trail.add(i - 1, -i);
            }
            for (int i = 0; i < 2_500_000; i += 99_999) {
                assertThat(trail.get(i)).isEqualTo((long) (i - 1) << 32 | -i & 0xffffffffL);
            }
        }
    }
}
