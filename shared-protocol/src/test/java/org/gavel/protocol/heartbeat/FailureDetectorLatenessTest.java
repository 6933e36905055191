package org.gavel.protocol.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.protocol.wire.MessageType;
import org.junit.jupiter.api.Test;

/** One slow node must not accuse healthy ones (protocol.md section 14). */
class FailureDetectorLatenessTest {
    @Test
    void shouldAccuseNobodyAfterItWasNotScheduledForALongTime() {
        DetectorPair pair = new DetectorPair(4);
        for (int uid = 2; uid <= 4; uid++) {
            pair.watch(uid);
        }
        pair.network.runFor(5_000);
        pair.member(1).party.pause();
        pair.network.runFor(30_000);
        // The heartbeats of the pause are lost, as from a receive buffer that ran over.
        pair.network.fate((from, to, message) -> java.util.List.of(1L));
        pair.member(1).party.resume();
        pair.network.runFor(30_000);
        assertThat(pair.member(1).told).isEmpty();
    }

    @Test
    void shouldProbeFirstAfterItWasNotScheduledForALongTime() {
        DetectorPair pair = new DetectorPair(3);
        pair.watch(2);
        pair.watch(3);
        pair.network.runFor(5_000);
        long before = pair.count(MessageType.PROBE);
        pair.member(1).party.pause();
        pair.network.runFor(30_000);
        pair.member(1).party.resume();
        pair.network.runFor(100);
        assertThat(pair.count(MessageType.PROBE)).isEqualTo(before + 2);
    }

    @Test
    void shouldWithdrawSuspicionsWhenItsOwnTimerRanLate() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.member(2).party.pause();
        pair.network.runFor(6_300);
        assertThat(pair.member(1).told).containsExactly("suspected 2");
        pair.member(1).party.pause();
        pair.network.runFor(5_000);
        pair.member(1).party.resume();
        pair.network.runFor(1);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "cleared 2");
        pair.network.runFor(10_000);
        assertThat(pair.member(1).told).as("a fresh grace, then the same as ever")
                .containsExactly("suspected 2", "cleared 2", "suspected 2", "dead 2");
    }

    @Test
    void shouldAskAgainInsteadOfAVerdictFromALateTimer() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.member(1).party.pause();
        pair.network.runFor(300);
        // The timer is looked at first; the answers come only with the second round of probes.
        pair.network.fate((from, to, message) -> java.util.List.of(1L));
        pair.member(1).party.resume();
        pair.network.runFor(200);
        assertThat(pair.member(1).told).startsWith("suspected 2").doesNotContain("dead 2");
    }

    @Test
    void shouldDecideInTheEndThoughItsTimersAreAlwaysLate() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.member(2).party.crash();
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        for (int i = 0; i < 20; i++) {
            pair.member(1).party.pause();
            pair.network.runFor(120);
            pair.member(1).party.resume();
            pair.network.runFor(1);
        }
        assertThat(pair.member(1).told).containsExactly("suspected 2", "dead 2");
    }
}
