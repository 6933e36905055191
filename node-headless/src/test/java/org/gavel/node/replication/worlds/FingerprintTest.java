package org.gavel.node.replication.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.Map;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/** Whatever shares a fingerprint is one to the search: so nothing that behaves differently may. */
class FingerprintTest {
    private static Fingerprint.Key of(Object what) {
        Fingerprint print = new Fingerprint();
        print.any(what);
        return print.key();
    }

    @Test
    void shouldTellMessagesOfEqualNumbersApart() {
        assertThat(of(new Message.Fenced(2, 3))).isNotEqualTo(of(new Message.Fetch(2, 3)));
        Tables tables = new Tables(Set.of());
        int fetch = tables.message(new Message.Fetch(2, 3));
        assertThat(tables.message(tables.message(new Message.Fenced(2, 3)))).isInstanceOf(Message.Fenced.class);
        assertThat(tables.message(new Message.Fetch(2, 3))).isEqualTo(fetch);
    }

    @Test
    void shouldNotDependOnTheOrderOfAMap() {
        assertThat(of(Map.of("a", 1L, "b", 2L, "c", 3L))).isEqualTo(of(Map.of("c", 3L, "b", 2L, "a", 1L)));
        assertThat(of(List.of("a", "b"))).isNotEqualTo(of(List.of("b", "a")));
    }
}
