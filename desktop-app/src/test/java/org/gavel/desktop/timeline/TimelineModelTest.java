package org.gavel.desktop.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.gavel.desktop.model.Sentences;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;

class TimelineModelTest {
    private final TimelineModel model = new TimelineModel();

    private void add(String protocol, String kind, String sentence, String node) {
        model.add(new TraceEvent(1_000, new Uid(5), protocol, kind, 1, Uid.NOBODY, sentence), Map.of(new Uid(5), node));
    }

    @Test
    void shouldHideRoutineUntilItIsAskedFor() {
        add("link", "dropped", "a datagram of another cluster", "amber");
        add("election", "elected", "f25c was elected", "amber");
        assertThat(model.shown()).hasSize(1);
        model.routine(true);
        assertThat(model.shown()).hasSize(2);
    }

    @Test
    void shouldTellEventsInTheOrderOfTheirClocksThoughTheirBatchesCross() {
        TraceEvent received = new TraceEvent(20, new Uid(5), "election", "token-passed", 1, Uid.NOBODY, "received");
        TraceEvent sent = new TraceEvent(10, new Uid(6), "election", "token-sent", 1, Uid.NOBODY, "sent");
        model.tick(List.of(received), Map.of());
        model.tick(List.of(sent), Map.of());
        for (int i = 0; i < TimelineModel.SETTLE_TICKS - 2; i++) {
            model.tick(List.of(), Map.of());
            assertThat(model.all()).isEmpty();
        }
        model.tick(List.of(), Map.of());
        assertThat(model.all()).extracting(TimelineEntry::sentence).containsExactly("sent", "received");
    }

    @Test
    void shouldSpeakOfNodesByName() {
        Map<Uid, String> names = Map.of(Uid.parseHex("f25c000000000001"), "birch", Uid.parseHex("0300000000000001"), "cedar", Uid.parseHex("aaaa000000000001"), "one",
            Uid.parseHex("aaaa000000000002"), "two");
        assertThat(Sentences.withNames("announced f25c to 0300, not aaaa nor bbbb; birch(f25c) 03001 10f25c", names))
            .isEqualTo("announced birch to cedar, not aaaa nor bbbb; birch(f25c) 03001 10f25c");
    }

    @Test
    void shouldFilterByEveryWordAndByProtocol() {
        add("election", "elected", "f25c was elected for epoch 3", "amber");
        add("heartbeat", "suspected", "suspects f25c", "birch");
        add("heartbeat", "cleared", "f25c answered", "amber");
        model.words("AMBER f25c");
        assertThat(model.shown()).extracting(TimelineEntry::number).containsExactly(1L, 3L);
        model.protocol("heartbeat", false);
        assertThat(model.shown()).extracting(TimelineEntry::number).containsExactly(1L);
        model.words("");
        model.protocol("heartbeat", true);
        assertThat(model.shown()).hasSize(3);
    }

    @Test
    void shouldStayWithinItsBounds() {
        for (int i = 0; i < TimelineModel.ENTRIES_MAX + 100; i++) {
            add("election", "started", "election " + i, "amber");
        }
        assertThat(model.all()).hasSize(TimelineModel.ENTRIES_MAX);
        assertThat(model.shown()).hasSize(TimelineModel.SHOWN_MAX);
        assertThat(model.shown().get(TimelineModel.SHOWN_MAX - 1).number()).isEqualTo(TimelineModel.ENTRIES_MAX + 100);
        assertThat(model.total()).isEqualTo(TimelineModel.ENTRIES_MAX + 100);
    }
}
