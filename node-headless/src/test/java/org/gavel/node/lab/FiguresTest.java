package org.gavel.node.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures figures = new Figures();

    @Test
    void shouldTakePercentilesByNearestRank() {
        List<Long> hundred = LongStream.rangeClosed(1, 100).boxed().toList();

        assertThat(Figures.percentile(hundred, 50)).isEqualTo(50);
        assertThat(Figures.percentile(hundred, 99)).isEqualTo(99);
        assertThat(Figures.percentile(List.of(1L, 2L, 3L), 50)).isEqualTo(2);
        assertThat(Figures.percentile(List.of(7L), 99)).isEqualTo(7);
    }

    @Test
    void shouldCountARoundWithAComplaintAsNotHeld() {
        figures.add(result(List.of()));
        assertThat(figures.allHeld()).isTrue();

        figures.add(result(List.of("a bid was lost")));

        assertThat(figures.allHeld()).isFalse();
        assertThat(figures.table()).last().isEqualTo("| kill | 1 of 2 | 16 + 2 | - | 300, 300, 300 (2) |");
    }

    private static RoundResult result(List<String> complaints) {
        return new RoundResult("kill", 1, List.of(), List.of(300L), 9, 8, 1, List.of(), complaints);
    }
}
