package org.gavel.protocol.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.testing.VirtualNetwork;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restart or twin (protocol.md section 1). */
class TwinCheckTest implements TwinListener {
    private final VirtualNetwork network = new VirtualNetwork(3);
    private final NodeRef older = VirtualNetwork.node(5, 10, 1_005);
    private final NodeRef newer = VirtualNetwork.node(5, 11, 1_006);
    private final VirtualNetwork.Party asker = network.party(VirtualNetwork.node(1, 1_001));
    private final VirtualNetwork.Party olderParty = network.party(older);
    private final List<String> told = new ArrayList<>();
    private TwinCheck check;

    @BeforeEach
    void wire() {
        check = new TwinCheck(asker.ref(), asker, asker, this);
        asker.receiver((from, address, group, message) -> check.onReply((Message.ProbeReply) message));
        answerAs(olderParty);
    }

    private void answerAs(VirtualNetwork.Party party) {
        party.receiver((from, address, group, message) ->
                party.sendUnreliable(address, from, 0, new Message.ProbeReply(((Message.Probe) message).nonce(), party.ref().peer())));
    }

    @Override public void onTwin(NodeRef olderStart, NodeRef newerStart) {
        told.add("twin " + olderStart.incarnation() + " " + newerStart.incarnation());
    }

    @Override public void onRestart(NodeRef olderStart, NodeRef newerStart, boolean knownEnded) {
        told.add("restart " + olderStart.incarnation() + " " + newerStart.incarnation() + (knownEnded ? " ended" : ""));
    }

    @Test
    void shouldFindATwinWhenTheOldAddressAnswers() {
        assertThat(check.check(older, newer)).isTrue();
        network.runFor(200);
        assertThat(told).containsExactly("twin 10 11");
        assertThat(check.size()).isZero();
    }

    @Test
    void shouldFindARestartWhenNobodyAnswers() {
        olderParty.crash();
        check.check(older, newer);
        network.runFor(79);
        assertThat(told).isEmpty();
        network.runFor(1);
        assertThat(told).containsExactly("restart 10 11");
    }

    @Test
    void shouldStillFindATwinWhenTwoOfThreeProbesAreLost() {
        for (int lost = 0; lost < 3; lost++) {
            int answered = lost;
            int[] sent = new int[1];
            network.fate((from, to, message) ->
                    message.type() == MessageType.PROBE && sent[0]++ != answered ? List.of() : List.of(1L));
            told.clear();
            check.check(older, newer);
            network.runFor(200);
            assertThat(told).as("probe %d arrives", answered).containsExactly("twin 10 11");
        }
    }

    @Test
    void shouldNotWaitWhenThisMachineSawTheProcessEnd() {
        asker.sawEnd(older.process());
        check.check(older, newer);
        assertThat(told).as("never within the call").isEmpty();
        network.runFor(1);
        assertThat(told).containsExactly("restart 10 11 ended");
        assertThat(network.sent).isEmpty();
    }

    @Test
    void shouldFindARestartWhenTheNewerStartAnswersAtTheOldAddress() {
        NodeRef sameAddress = VirtualNetwork.node(5, 11, 1_005);
        answerAs(network.party(sameAddress));
        check.check(older, sameAddress);
        network.runFor(10);
        assertThat(told).containsExactly("restart 10 11");
    }

    @Test
    void shouldCheckOnceThoughTheNewcomerRepeatsItsHello() {
        olderParty.crash();
        for (int i = 0; i < 5; i++) {
            assertThat(check.check(older, newer)).isTrue();
            network.runFor(10);
        }
        network.runFor(200);
        assertThat(told).containsExactly("restart 10 11");
        assertThat(network.sent).hasSize(3);
    }

    @Test
    void shouldRefuseAStartThatIsNotNewer() {
        assertThat(check.check(newer, older)).isFalse();
        assertThat(check.check(older, VirtualNetwork.node(6, 99, 1_006))).isFalse();
    }

    @Test
    void shouldAskOnceMoreWhenItsOwnTimerWasLate() {
        check.check(older, newer);
        asker.pause();
        network.runFor(500);
        asker.resume();
        network.runFor(300);
        assertThat(told).containsExactly("twin 10 11");
    }

    @Test
    void shouldTakeNoMoreChecksThanItsBound() {
        for (int i = 0; i < TwinCheck.CHECKS_MAX; i++) {
            assertThat(check.check(VirtualNetwork.node(100 + i, 1, 2_000 + i), VirtualNetwork.node(100 + i, 2, 3_000 + i))).isTrue();
        }
        assertThat(check.check(older, newer)).isFalse();
    }
}
