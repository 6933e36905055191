package org.gavel.desktop.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;

/** A bid's way as the nodes trace it: client, active, follower, held, committed, delivered. All within one ms, as on one machine. */
class BidsWayTest {
    private static final Uid ACTIVE = new Uid(0xA000_0000_0000_0000L);
    private static final Uid FOLLOWER = new Uid(0xB000_0000_0000_0000L);
    private static final Uid TOVE = new Uid(0x7000_0000_0000_0000L);
    private static final Map<Uid, String> NAMES = Map.of(ACTIVE, "amber", FOLLOWER, "birch");
    private static final long AT_MS = 5_000;

    private final TimelineModel model = new TimelineModel();

    private static TraceEvent event(Uid node, String protocol, String kind, Uid peer, long message, String peerName) {
        return new TraceEvent(AT_MS, node, protocol, kind, 2, Uid.NOBODY, kind, peer, message, peerName);
    }

    private static TraceEvent between(Uid node, String kind, Uid peer, long message) {
        return event(node, "replication", kind, peer, message, "");
    }

    private static final List<TraceEvent> AT_THE_ACTIVE = List.of(event(ACTIVE, "replication", "submit-received", TOVE, 3, "tove"),
        between(ACTIVE, "append-sent", FOLLOWER, 41), between(ACTIVE, "held-received", FOLLOWER, 42),
        event(ACTIVE, "replication", "committed", Uid.NOBODY, 0, ""), event(ACTIVE, "multicast", "delivered-sent", TOVE, 44, "tove"),
        between(ACTIVE, "commit-sent", FOLLOWER, 43));
    private static final List<TraceEvent> AT_THE_FOLLOWER = List.of(between(FOLLOWER, "append-received", ACTIVE, 41), between(FOLLOWER, "held-sent", ACTIVE, 42),
        between(FOLLOWER, "committed", ACTIVE, 43));

    /** The follower's batch arrives first. */
    private void tellAll() {
        List<TraceEvent> batches = new ArrayList<>(AT_THE_FOLLOWER);
        batches.addAll(AT_THE_ACTIVE);
        model.tick(batches, NAMES);
        for (int i = 0; i < TimelineModel.SETTLE_TICKS; i++) {
            model.tick(List.of(), NAMES);
        }
    }

    private TimelineEntry entry(String kind, Uid node) {
        return model.all().stream().filter(e -> e.event().kind().equals(kind) && e.event().node().equals(node)).findFirst().orElseThrow();
    }

    @Test
    void shouldDrawEveryMessageDownwardsThoughAllHappenedWithinOneMs() {
        tellAll();
        HappenedBefore relation = new HappenedBefore(model.drawn());
        assertThat(relation.arrows()).hasSize(5).allMatch(arrow -> arrow.sent().number() < arrow.received().number());
        assertThat(relation.arrows()).extracting(arrow -> Way.of(arrow.sent().event())).containsExactlyInAnyOrder(Way.BID, Way.BID, Way.HELD, Way.COMMIT, Way.COMMIT);
    }

    @Test
    void shouldTellTheClientsEndsOnTheWordOfTheActive() {
        tellAll();
        assertThat(model.drawn()).filteredOn(TimelineEntry::client).extracting(e -> e.node() + " " + e.event().kind()).containsExactly("tove submit-sent", "tove delivered-received");
    }

    @Test
    void shouldKnowThatADeliveryHappenedAfterItsEntryWasHeld() {
        tellAll();
        Map<TimelineEntry, Map<Uid, Long>> clocks = new HappenedBefore(model.all()).vectorClocks();
        assertThat(clocks.get(entry("delivered-received", TOVE))).containsEntry(TOVE, 2L).containsEntry(ACTIVE, 5L).containsEntry(FOLLOWER, 2L);
        assertThat(clocks.get(entry("append-received", FOLLOWER))).containsEntry(TOVE, 1L).containsEntry(ACTIVE, 2L).containsEntry(FOLLOWER, 1L);
        assertThat(clocks.get(entry("committed", FOLLOWER))).containsEntry(ACTIVE, 6L).containsEntry(FOLLOWER, 3L);
    }

    @Test
    void shouldExportTheWholeWayToShiVizWithTheClientAsAHost() {
        tellAll();
        String log = ShiVizLog.of(model.all());
        assertThat(log).contains("multicast delivered-received: ").contains("\ntove {\"tove\":1}\n").contains("\ntove {\"tove\":2,\"amber\":5,\"birch\":2}\n");
    }

    @Test
    void shouldKeepTheLogFreeOfSingleMessagesAndTheDiagramFreeOfWhatIsSwitchedOff() {
        tellAll();
        assertThat(model.shown()).extracting(e -> e.event().kind()).as("that it is committed is news").containsExactly("committed");
        assertThat(model.drawn()).hasSize(11);
        model.way(Way.BID, false);
        assertThat(model.drawn()).isEmpty();
        assertThat(model.shown()).isEmpty();
        model.way(Way.BID, true);
        model.routine(true);
        assertThat(model.shown()).hasSize(11);
    }

    @Test
    void shouldNotWaitForASendingThatNeverComes() {
        List<TraceEvent> circle = new ArrayList<>(List.of(between(ACTIVE, "append-received", FOLLOWER, 1), between(ACTIVE, "held-sent", FOLLOWER, 2),
            between(FOLLOWER, "held-received", ACTIVE, 2), between(FOLLOWER, "append-sent", ACTIVE, 1)));
        assertThat(CausalOrder.of(circle)).hasSize(4);
        Collections.reverse(circle);
        assertThat(CausalOrder.of(circle)).hasSize(4);
    }

    @Test
    void shouldDrawPromisesAsAWayOfTheirOwn() {
        model.add(between(ACTIVE, "prepare-sent", FOLLOWER, 5), NAMES);
        model.add(between(FOLLOWER, "prepare-received", ACTIVE, 5), NAMES);
        assertThat(new HappenedBefore(model.drawn()).arrows()).singleElement().satisfies(arrow -> assertThat(Way.of(arrow.sent().event())).isEqualTo(Way.TAKE_OVER));
        model.way(Way.TAKE_OVER, false);
        assertThat(model.drawn()).isEmpty();
    }
}
