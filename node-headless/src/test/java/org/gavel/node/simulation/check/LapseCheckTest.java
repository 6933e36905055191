package org.gavel.node.simulation.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LapseCheckTest {
    private final LapseCheck check = new LapseCheck();

    @Test
    void shouldComplainWhenAReleasedAuctionIsOpened() {
        check.lapsed(1, "lamp-1");
        assertThatThrownBy(() -> check.opened(1, "lamp-1")).isInstanceOf(Violation.class).hasMessageContaining("lamp-1")
            .hasMessageContaining(InvariantNames.RELEASED_UNOPENED);
    }

    @Test
    void shouldComplainWhenAnOpenedAuctionIsReleased() {
        check.opened(1, "lamp-1");
        assertThatThrownBy(() -> check.lapsed(1, "lamp-1")).isInstanceOf(Violation.class).hasMessageContaining("its group has opened it");
    }

    @Test
    void shouldTellAuctionsAndFoundationsApart() {
        check.opened(1, "lamp-1");
        check.lapsed(1, "lamp-2");
        assertThatCode(() -> check.lapsed(2, "lamp-1")).doesNotThrowAnyException();
    }
}
