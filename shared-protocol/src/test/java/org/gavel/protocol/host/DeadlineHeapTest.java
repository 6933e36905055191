package org.gavel.protocol.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeadlineHeapTest {
    private static final class Deadline extends DeadlineHeap.Entry { }

    @Test
    void shouldGiveTheSameOrderAsASortUnderRandomRemovals() {
        SplittableRandom random = new SplittableRandom(5);
        DeadlineHeap<Deadline> heap = new DeadlineHeap<>();
        List<Deadline> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (expected.isEmpty() || random.nextInt(3) > 0) {
                Deadline added = new Deadline();
                heap.add(added, random.nextInt(500));
                expected.add(added);
            } else {
                Deadline removed = expected.remove(random.nextInt(expected.size()));
                assertThat(heap.remove(removed)).isTrue();
                assertThat(heap.remove(removed)).isFalse();
            }
        }
        expected.sort(Comparator.comparingLong(Deadline::deadlineNs).thenComparingLong(Deadline::order));
        List<Deadline> polled = new ArrayList<>();
        for (Deadline next = heap.poll(); next != null; next = heap.poll()) {
            polled.add(next);
        }
        assertThat(polled).isEqualTo(expected);
    }
}
