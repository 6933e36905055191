package org.gavel.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionWindowTest {
    private final SessionWindow window = new SessionWindow();

    @Test
    void shouldNumberFromOneAndAnswerEachOnce() {
        Command<?> first = bid();
        assertThat(window.add(first)).isEqualTo(1);
        assertThat(window.add(bid())).isEqualTo(2);
        assertThat(window.answered(1)).isSameAs(first);
        assertThat(window.answered(1)).isNull();
        assertThat(window.answered(3)).isNull();
        assertThat(window.lowestUnanswered()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheLowestUnansweredWhileALaterOneIsAnswered() {
        window.add(bid());
        window.add(bid());
        window.answered(2);
        assertThat(window.lowestUnanswered()).isEqualTo(1);
        window.answered(1);
        assertThat(window.lowestUnanswered()).isEqualTo(3);
        assertThat(window.isEmpty()).isTrue();
    }

    @Test
    void shouldHoldAtMost1024() {
        for (int i = 0; i < SessionWindow.UNANSWERED_MAX; i++) {
            window.add(bid());
        }
        assertThat(window.isFull()).isTrue();
        assertThatThrownBy(() -> window.add(bid())).isInstanceOf(IllegalStateException.class);
        window.answered(1);
        assertThat(window.add(bid())).isEqualTo(1_025);
    }

    @Test
    void shouldSendInOrderAndAgainFromWhereAsked() {
        window.add(bid());
        window.add(bid());
        window.add(bid());
        window.sent(1);
        window.sent(2);
        window.sent(3);
        assertThat(window.nextToSend()).isZero();
        window.answered(1);
        window.resendFrom(1);
        assertThat(window.nextToSend()).isEqualTo(2);
        window.resendFrom(99);
        assertThat(window.nextToSend()).isZero();
    }

    @Test
    void shouldTellEachOverdueCommandOnce() {
        List<Command<?>> late = new ArrayList<>();
        for (long deadline : new long[] {10, 20, 30}) {
            Command<?> command = bid();
            command.deadlineMs = deadline;
            window.add(command);
        }
        window.overdue(20, late::add);
        assertThat(late).hasSize(2);
        window.overdue(20, late::add);
        assertThat(late).hasSize(2);
        assertThat(window.size()).isEqualTo(3);
    }

    private static Command<?> bid() {
        return Command.bid(new byte[0]);
    }
}
