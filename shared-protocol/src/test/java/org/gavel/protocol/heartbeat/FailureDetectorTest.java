package org.gavel.protocol.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.testing.VirtualNetwork;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageType;
import org.junit.jupiter.api.Test;

/** Suspicion, verification, verdict (protocol.md section 5). */
class FailureDetectorTest {
    private static final long QUIET = 10_000;

    @Test
    void shouldSuspectNobodyWhileHeartbeatsCome() {
        DetectorPair pair = new DetectorPair(3);
        pair.watch(2);
        pair.watch(3);
        pair.network.runFor(600_000);
        assertThat(pair.member(1).told).isEmpty();
        assertThat(pair.count(MessageType.PROBE)).isZero();
        assertThat(pair.member(1).beats).isBetween(299, 301);
    }

    @Test
    void shouldSuspectAfterThreeMissedHeartbeatsAndDecideAfterTheVerification() {
        DetectorPair pair = new DetectorPair(4);
        pair.watch(2);
        pair.network.runFor(QUIET);
        long lastHeardMs = pair.member(1).detector.lastHeardMs(new Uid(2));
        pair.member(2).party.crash();
        pair.network.runUntil(lastHeardMs + 5_999);
        assertThat(pair.member(1).told).isEmpty();
        pair.network.runUntil(lastHeardMs + 6_300);
        assertThat(pair.member(1).told).containsExactly("suspected 2");
        assertThat(pair.member(1).detector.suspicions()).singleElement()
                .satisfies(suspicion -> assertThat(suspicion.why()).startsWith("silent for 6"));
        pair.network.runUntil(lastHeardMs + 7_800);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "dead 2");
        assertThat(pair.count(MessageType.PROBE_REQUEST)).isEqualTo(2);
        assertThat(pair.count(MessageType.PROBE)).isEqualTo(4);
        assertThat(pair.member(1).detector.isDead(pair.member(2).ref().peer())).isTrue();
        pair.network.runFor(60_000);
        assertThat(pair.member(1).told).hasSize(2);
    }

    @Test
    void shouldAskTwoDifferentHelpers() {
        DetectorPair pair = new DetectorPair(4);
        pair.watch(2);
        List<Uid> asked = new ArrayList<>();
        pair.network.fate((from, to, message) -> {
            if (message.type() == MessageType.PROBE && from.uid().value() != 1) {
                asked.add(from.uid());
            }
            return List.of(1L);
        });
        pair.member(2).party.crash();
        pair.network.runFor(QUIET);
        assertThat(asked).containsExactlyInAnyOrder(new Uid(3), new Uid(4));
    }

    @Test
    void shouldDecideWithin50MsOfAHintWhenNobodyAnswers() {
        DetectorPair pair = new DetectorPair(4);
        pair.member(1).party.resendTimerMs(20);
        pair.watch(2);
        pair.network.runFor(100);
        pair.member(2).party.crash();
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        assertThat(pair.member(1).told).containsExactly("suspected 2");
        pair.network.runFor(49);
        assertThat(pair.member(1).told).hasSize(1);
        pair.network.runFor(1);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "dead 2");
        assertThat(pair.count(MessageType.PROBE_REQUEST)).isEqualTo(2);
    }

    @Test
    void shouldWaitTwiceTheResendTimerAfterAHintButNeverLongerThanWithoutOne() {
        for (long[] timerAndVerdict : new long[][] {{60, 120}, {1_000, 1_500}}) {
            DetectorPair pair = new DetectorPair(2);
            pair.member(1).party.resendTimerMs(timerAndVerdict[0]);
            pair.watch(2);
            pair.member(2).party.crash();
            pair.hint(2, HintKind.UNACKNOWLEDGED);
            pair.network.runFor(timerAndVerdict[1] - 1);
            assertThat(pair.member(1).told).containsExactly("suspected 2");
            pair.network.runFor(1);
            assertThat(pair.member(1).told).containsExactly("suspected 2", "dead 2");
        }
    }

    @Test
    void shouldClearAFalseHintByAnAnswer() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.network.runFor(5_000);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "cleared 2");
    }

    @Test
    void shouldNotVerifyForEverWhenFalseHintsKeepComing() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        for (int i = 0; i < 10_000; i++) {
            pair.hint(2, HintKind.PORT_UNREACHABLE);
            pair.network.runFor(1);
        }
        assertThat(pair.member(1).told).doesNotContain("dead 2");
        assertThat(pair.member(1).told).as("after 0, 50, 250, 1,050, 4,250 and 7,450 ms").filteredOn("suspected 2"::equals).hasSize(6);
    }

    @Test
    void shouldVerifyLaterAHintThatCameInTheQuietTime() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.network.runFor(10);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "cleared 2");
        pair.member(2).party.crash();
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        assertThat(pair.member(1).told).hasSize(2);
        pair.network.runFor(500);
        assertThat(pair.member(1).told).endsWith("suspected 2", "dead 2");
    }

    @Test
    void shouldIgnoreUnreachablePortsButNotUnacknowledgedLinksWhenCrashHintsAreOff() {
        DetectorPair pair = new DetectorPair(2, HeartbeatSettings.DEFAULT.withCrashHints(false));
        pair.watch(2);
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        assertThat(pair.member(1).told).isEmpty();
        pair.hint(2, HintKind.UNACKNOWLEDGED);
        assertThat(pair.member(1).told).containsExactly("suspected 2");
    }

    @Test
    void shouldProbeAgainWhenMereTrafficClearedAHint() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.network.runFor(100);
        pair.member(2).party.crash();
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        long before = pair.count(MessageType.PROBE);
        pair.member(1).party.pass(() -> pair.member(1).detector.heard(pair.peer(2)));
        assertThat(pair.member(1).told).containsExactly("suspected 2", "cleared 2");
        assertThat(pair.count(MessageType.PROBE)).isEqualTo(before + 1);
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.network.runFor(120);
        assertThat(pair.member(1).told).endsWith("suspected 2", "dead 2");
    }

    @Test
    void shouldShortenAVerificationUnderWayWhenAHintComes() {
        DetectorPair pair = new DetectorPair(3);
        pair.watch(2);
        pair.member(2).party.crash();
        pair.network.runFor(6_300);
        assertThat(pair.member(1).told).containsExactly("suspected 2");
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.network.runFor(70);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "dead 2");
    }

    @Test
    void shouldClearByOneAnswerOutOfFourProbes() {
        for (int surviving = 0; surviving < 4; surviving++) {
            int keep = surviving;
            DetectorPair pair = new DetectorPair(4);
            pair.watch(2);
            int[] probes = new int[1];
            pair.network.fate((from, to, message) -> switch (message.type()) {
                case HEARTBEAT -> from.uid().value() == 2 ? List.of() : List.of(1L);
                case PROBE -> probes[0]++ == keep ? List.of(1L) : List.of();
                default -> List.of(1L);
            });
            pair.network.runFor(7_900);
            assertThat(pair.member(1).told).as("probe %d survives", keep).containsExactly("suspected 2", "cleared 2");
        }
    }

    @Test
    void shouldBeSavedByIndirectProbesWhenTheDirectWayIsCut() {
        DetectorPair pair = new DetectorPair(3);
        pair.watch(2);
        // Asymmetric: nothing from 2 reaches 1, all else arrives.
        pair.network.fate((from, to, message) -> from.uid().value() == 2 && to.port() == 1_001 ? List.of() : List.of(1L));
        pair.network.runFor(60_000);
        assertThat(pair.member(1).told).contains("suspected 2", "cleared 2").doesNotContain("dead 2");
    }

    @Test
    void shouldBeDeadWithoutHelpersWhenTheDirectWayIsCut() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.network.fate((from, to, message) -> from.uid().value() == 2 ? List.of() : List.of(1L));
        pair.network.runFor(10_000);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "dead 2");
    }

    @Test
    void shouldBeDeadAtOnceWhenAHintFindsItsProcessEnded() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.member(2).party.crash();
        pair.member(1).party.sawEnd(pair.member(2).ref().process());
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        assertThat(pair.member(1).told).containsExactly("ended 2");
        assertThat(pair.count(MessageType.PROBE)).isZero();
    }

    @Test
    void shouldSeeAtTheVerdictThatTheProcessHasEnded() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.member(2).party.crash();
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.member(1).party.sawEnd(pair.member(2).ref().process());
        pair.network.runFor(60);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "ended 2");
    }

    @Test
    void shouldKnowItEndedWhenItSaidGoodbyeAndAnswersNoMore() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.member(2).detector.leave();
        pair.member(2).party.sendUnreliable(pair.member(1).ref(), 0, new Message.Goodbye(pair.peer(2)));
        pair.network.runFor(100);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "ended 2");
    }

    @Test
    void shouldNotBelieveAGoodbyeThatAnotherOneSays() {
        DetectorPair pair = new DetectorPair(3);
        pair.watch(2);
        pair.member(3).party.sendUnreliable(pair.member(1).ref(), 0, new Message.Goodbye(pair.peer(2)));
        pair.network.runFor(3_000);
        assertThat(pair.member(1).told).isEmpty();
    }

    @Test
    void shouldTakeAVerdictBackWhenTheDeadOneSpeaks() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.member(2).party.pause();
        pair.hint(2, HintKind.UNACKNOWLEDGED);
        pair.network.runFor(1_000);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "dead 2");
        pair.member(2).party.resume();
        pair.network.runFor(5_000);
        assertThat(pair.member(1).told).endsWith("dead 2", "cleared 2");
    }

    @Test
    void shouldIgnoreWhatIsStillUnderWayFromAnEndedProcess() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.member(2).party.crash();
        pair.member(1).party.sawEnd(pair.member(2).ref().process());
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.member(1).detector.heard(pair.peer(2));
        assertThat(pair.member(1).told).containsExactly("ended 2");
    }

    @Test
    void shouldNotTakeAnotherIncarnationForTheOneItWatches() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.member(2).party.crash();
        pair.network.runFor(100);
        // The same uid, started anew on the same port.
        NodeRef newer = VirtualNetwork.node(2, 2, 1_002);
        DetectorPair.Member restarted = new DetectorPair.Member(pair.network.party(newer), HeartbeatSettings.DEFAULT);
        restarted.beatsTo.add(pair.member(1).ref());
        pair.network.runFor(6_300);
        assertThat(pair.member(1).told).first().isEqualTo("suspected 2");
        pair.network.runFor(200);
        assertThat(pair.member(1).told).as("its reply is a strong hint: no need to wait 1,500 ms").containsExactly("suspected 2", "dead 2");
        pair.network.runFor(60_000);
        assertThat(pair.member(1).told).hasSize(2);
    }

    @Test
    void shouldNotTakeAStrangerOnARecycledPortForTheOneItWatches() {
        DetectorPair pair = new DetectorPair(3);
        pair.watch(2);
        pair.member(2).party.crash();
        new DetectorPair.Member(pair.network.party(VirtualNetwork.node(77, 1_002)), HeartbeatSettings.DEFAULT);
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.network.runFor(100);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "dead 2");
    }

    @Test
    void shouldGiveNoVerdictOnOneThatWasForgottenMeanwhile() {
        DetectorPair pair = new DetectorPair(3);
        pair.watch(2);
        pair.member(2).party.crash();
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.member(1).detector.forget(pair.member(2).ref());
        pair.network.runFor(60_000);
        assertThat(pair.member(1).told).containsExactly("suspected 2");
        assertThat(pair.member(1).detector.suspicions()).isEmpty();
    }

    @Test
    void shouldGiveNoVerdictOnAnOlderStartOnceTheNewerIsWatched() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.member(2).party.crash();
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        NodeRef newer = VirtualNetwork.node(2, 2, 1_009);
        DetectorPair.Member restarted = new DetectorPair.Member(pair.network.party(newer), HeartbeatSettings.DEFAULT);
        restarted.beatsTo.add(pair.member(1).ref());
        pair.member(1).detector.monitor(newer, "test");
        pair.network.runFor(60_000);
        assertThat(pair.member(1).told).containsExactly("suspected 2");
        assertThat(pair.member(1).detector.monitor(pair.member(2).ref(), "test")).as("the older start").isFalse();
    }

    @Test
    void shouldWatchAsLongAsOneReasonIsLeft() {
        DetectorPair pair = new DetectorPair(2);
        FailureDetector detector = pair.member(1).detector;
        detector.monitor(pair.member(2).ref(), "ring");
        detector.monitor(pair.member(2).ref(), "lamp-3");
        detector.forget(pair.member(2).ref(), "ring");
        assertThat(detector.lastHeardMs(new Uid(2))).isNotNegative();
        detector.forget(pair.member(2).ref(), "lamp-3");
        assertThat(detector.lastHeardMs(new Uid(2))).isEqualTo(-1);
    }

    @Test
    void shouldVerifyOneThatIsAccusedThoughNotWatched() {
        DetectorPair pair = new DetectorPair(3);
        pair.member(2).party.crash();
        pair.member(1).party.pass(() -> pair.member(1).detector.verifyNow(pair.member(2).ref(), "3 says so"));
        pair.member(1).party.pass(() -> pair.member(1).detector.verifyNow(pair.member(3).ref(), "2 said so"));
        pair.network.runFor(100);
        assertThat(pair.member(1).told).containsExactly("suspected 2", "suspected 3", "cleared 3", "dead 2");
        assertThat(pair.member(1).detector.lastHeardMs(new Uid(2))).as("watched only for that").isEqualTo(-1);
        assertThat(pair.member(1).detector.lastHeardMs(new Uid(3))).isEqualTo(-1);
    }

    @Test
    void shouldVerifySeveralPeersAtOnce() {
        DetectorPair pair = new DetectorPair(8);
        for (int uid = 2; uid <= 8; uid++) {
            pair.watch(uid);
        }
        for (int uid = 2; uid <= 5; uid++) {
            pair.member(uid).party.crash();
        }
        pair.network.runFor(8_000);
        assertThat(pair.member(1).told).contains("dead 2", "dead 3", "dead 4", "dead 5").doesNotContain("dead 6", "dead 7", "dead 8");
    }

    @Test
    void shouldAnswerProbesForItselfAndNameItselfToWhoAskedForAnother() {
        DetectorPair pair = new DetectorPair(2);
        PeerId other = new PeerId(new Uid(99), 1);
        pair.member(1).party.sendUnreliable(pair.member(2).ref().address(), PeerId.UNKNOWN, 0, new Message.Probe(5, other));
        pair.network.runFor(10);
        assertThat(pair.network.sent).contains(new Message.ProbeReply(5, pair.peer(2)));
    }

    @Test
    void shouldTellTheStoryInTraces() {
        DetectorPair pair = new DetectorPair(2);
        pair.watch(2);
        pair.hint(2, HintKind.PORT_UNREACHABLE);
        pair.network.runFor(5);
        pair.member(2).party.crash();
        pair.network.runFor(60);
        pair.hint(2, HintKind.UNACKNOWLEDGED);
        pair.network.runFor(100);
        assertThat(pair.network.traces).extracting(event -> event.kind()).containsExactly("suspected", "cleared", "suspected", "dead");
        assertThat(pair.network.traces.get(0).sentence()).endsWith("its port is unreachable");
    }
}
