package org.gavel.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.gavel.desktop.testing.Statuses;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;

class FeedBufferTest {
    private final FeedBuffer buffer = new FeedBuffer();

    private static TraceEvent event(long number) {
        return new TraceEvent(number, new Uid(1), "ring", "view", 1, Uid.NOBODY, "event " + number);
    }

    private static NodeStatus start(NodeStatus s, long incarnation) {
        return new NodeStatus(s.uid(), s.name(), s.address(), incarnation, s.phase(), s.role(), s.auctionId(), s.view(), s.epoch(), s.inm(), s.caretaker(),
            s.successor(), s.predecessor(), s.suspicions(), s.election(), s.ringLog(), s.auction(), s.lastHeardMs(), s.datagramsSent(),
            s.datagramsResent(), s.sentAtMs(), s.details());
    }

    @Test
    void shouldKeepTheNewestEventsAndCountThoseThatGaveWay() {
        buffer.events(LongStream.rangeClosed(1, FeedBuffer.EVENTS_MAX + 10).mapToObj(FeedBufferTest::event).toList(), 5);
        FeedFrame frame = buffer.take(0);
        assertThat(frame.events()).hasSize(FeedBuffer.EVENTS_MAX).startsWith(event(11)).endsWith(event(FeedBuffer.EVENTS_MAX + 10));
        assertThat(frame.eventsDropped()).isEqualTo(15);
        assertThat(frame.eventsTotal()).isEqualTo(FeedBuffer.EVENTS_MAX + 10);
        assertThat(buffer.take(0).events()).isEmpty();
    }

    @Test
    void shouldRememberALostNodeWithItsLastWordsUntilALaterStartSpeaks() {
        NodeStatus first = Statuses.member(1, 3);
        buffer.status(first, 100);
        buffer.lost(first.uid(), first.incarnation(), "its port is gone", 250);
        NodeReport lost = buffer.take(300).nodes().get(0);
        assertThat(lost.isLost()).isTrue();
        assertThat(lost.status()).isEqualTo(first);
        assertThat(lost.lostMs()).isEqualTo(250);
        buffer.status(start(first, 2), 400);
        buffer.lost(first.uid(), first.incarnation(), "late news of the first start", 450);
        assertThat(buffer.take(500).nodes()).singleElement().matches(report -> !report.isLost() && report.status().incarnation() == 2);
    }

    @Test
    void shouldIgnoreALateStatusOfAnEarlierStart() {
        buffer.status(start(Statuses.member(1, 3), 9), 100);
        buffer.status(start(Statuses.member(1, 3), 8), 200);
        assertThat(buffer.take(300).nodes()).singleElement().matches(report -> report.status().incarnation() == 9 && report.heardMs() == 100);
    }

    @Test
    void shouldForgetTheLongestSilentNodeBeyondItsBound() {
        for (int i = 0; i <= FeedBuffer.NODES_MAX; i++) {
            NodeStatus s = Statuses.member(1, 3);
            String uid = new Uid(i + 1).toString();
            buffer.status(new NodeStatus(uid, "n" + i, s.address(), 1, s.phase(), s.role(), "", s.view(), 1, s.inm(), false, "", "", List.of(), "IDLE", null,
                null, List.of(), 0, 0, 0, null), 1_000 + i);
        }
        FeedFrame frame = buffer.take(0);
        assertThat(frame.nodes()).hasSize(FeedBuffer.NODES_MAX);
        assertThat(frame.nodes()).noneMatch(report -> report.status().name().equals("n0"));
    }

    @Test
    void shouldSayOnceThatItWasReset() {
        buffer.status(Statuses.member(0, 3), 1);
        buffer.reset();
        assertThat(buffer.take(2)).matches(frame -> frame.reset() && frame.nodes().isEmpty());
        assertThat(buffer.take(3).reset()).isFalse();
    }
}
