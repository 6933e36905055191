package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.Set;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;

/** What a watcher is told of a bid's way and of a take-over (protocol.md section 11): each message at both its ends, and of bids a few each second. */
class MessageTraceTest {
    private static final String LAMP = "lamp-1";
    private static final long QUIET_MS = 1_000;

    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(3));
    private final Bidder tove = cluster.bidder("tove");
    private final List<TraceEvent> told = new ArrayList<>();

    private void startLamp() {
        cluster.net.traceMessages();
        cluster.net.traces(told::add);
        cluster.start(7).settle();
        cluster.startAuction(cluster.bidder("sela"), "lamp", 120_000);
        cluster.join(tove, LAMP);
        cluster.await("1 + 3", () -> cluster.isWhole(LAMP), 30_000);
        cluster.run(QUIET_MS);
        told.clear();
    }

    private List<TraceEvent> told(String... kinds) {
        return told.stream().filter(e -> List.of(kinds).contains(e.kind())).toList();
    }

    /** Sender, receiver and number of each message, as the ends of one side tell of them. */
    private Set<String> ends(boolean sendings, String... kinds) {
        Set<String> ends = new TreeSet<>();
        told(kinds).forEach(e -> ends.add((sendings ? e.node() + " to " + e.peer() : e.peer() + " to " + e.node()) + " in " + e.group() + ": " + e.message()));
        return ends;
    }

    @Test
    void shouldTellABidsWholeWayFromItsClientAndBack() {
        startLamp();

        cluster.bid(tove, LAMP, cluster.minimumCents(LAMP));
        cluster.run(QUIET_MS);

        Running active = cluster.active(LAMP);
        assertThat(told("submit-received")).singleElement().satisfies(e -> {
            assertThat(e.node()).isEqualTo(active.uid());
            assertThat(e.peerName()).isEqualTo("tove");
            assertThat(e.isReceipt()).isTrue();
        });
        assertThat(told("append-sent")).hasSize(3).allMatch(TraceEvent::isSending);
        assertThat(ends(false, "append-received")).isEqualTo(ends(true, "append-sent"));
        assertThat(told("held-sent")).hasSize(3);
        assertThat(ends(false, "held-received")).isEqualTo(ends(true, "held-sent"));
        assertThat(told("committed")).extracting(TraceEvent::node).containsExactlyInAnyOrderElementsOf(members());
        assertThat(ends(true, "commit-sent")).hasSize(3).isEqualTo(
            told("committed").stream().filter(TraceEvent::isReceipt).map(e -> e.peer() + " to " + e.node() + " in " + e.group() + ": " + e.message())
                .collect(java.util.stream.Collectors.toSet()));
        assertThat(told("delivered-sent")).singleElement().satisfies(e -> assertThat(e.peer()).isEqualTo(told("submit-received").get(0).peer()));
        assertInOrder(active, "submit-received", "append-sent", "held-received", "committed", "delivered-sent");
        Running follower = cluster.followers(LAMP).get(0);
        assertInOrder(follower, "append-received", "held-sent", "committed");
    }

    private List<Uid> members() {
        List<Uid> members = new ArrayList<>(cluster.followers(LAMP).stream().map(Running::uid).toList());
        members.add(cluster.active(LAMP).uid());
        return members;
    }

    /** The first of each kind at that node. */
    private void assertInOrder(Running node, String... kinds) {
        List<Integer> places = new ArrayList<>();
        for (String kind : kinds) {
            places.add((int) told.stream().takeWhile(e -> !(e.node().equals(node.uid()) && e.kind().equals(kind))).count());
        }
        assertThat(places).as("of " + String.join(", ", kinds)).isSortedAccordingTo(Comparator.naturalOrder()).allMatch(place -> place < told.size());
    }

    @Test
    void shouldTellOfFourBidsASecondHoweverManyThereAre() {
        startLamp();
        double began = cluster.net.nowMs();

        long cents = cluster.minimumCents(LAMP);
        for (int i = 0; i < 200; i++) {
            tove.client.bid(LAMP, cents + i * 1_000L, "");
            cluster.run(10);
        }
        cluster.run(QUIET_MS);

        long quarters = (long) (cluster.net.nowMs() - began) / 250 + 1;
        assertThat(told("submit-received")).hasSizeBetween(7, (int) quarters);
        assertThat(told("append-sent")).hasSizeBetween(3 * 7, 3 * (int) quarters);
        assertThat(ends(false, "append-received")).isEqualTo(ends(true, "append-sent"));
        assertThat(ends(false, "held-received")).isEqualTo(ends(true, "held-sent"));
    }

    @Test
    void shouldTellOfPromisesAtBothEndsWhenAFollowerTakesOver() {
        startLamp();

        cluster.active(LAMP).host.crash();
        cluster.await("a successor", () -> cluster.active(LAMP) != null, 20_000);

        Running successor = cluster.active(LAMP);
        assertThat(told("prepare-sent")).isNotEmpty().allMatch(e -> e.node().equals(successor.uid()));
        assertThat(ends(false, "prepare-received")).isNotEmpty().isSubsetOf(ends(true, "prepare-sent"));
        assertThat(ends(false, "promise-received")).isNotEmpty().isEqualTo(ends(true, "promise-sent"));
        assertInOrder(successor, "nominated", "candidate", "prepare-sent", "promise-received", "promised", "serving");
    }

    @Test
    void shouldTellNobodyOfSingleMessagesUnlessSomebodyWantsADiagram() {
        cluster.net.traces(told::add);
        cluster.start(7).settle();
        cluster.startAuction(cluster.bidder("sela"), "lamp", 120_000);
        cluster.join(tove, LAMP);
        cluster.bid(tove, LAMP, cluster.minimumCents(LAMP));
        cluster.run(QUIET_MS);

        assertThat(told("submit-received", "append-sent", "append-received", "held-sent", "held-received", "prepare-sent", "promise-sent", "delivered-sent")).isEmpty();
    }
}
