package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.monitor.ClusterWatcher;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.monitor.WatchListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watcher never loses a living node for good: found in the lab, where a node that had been stopped was not seen again for a minute. */
class WatcherTest {
    private static final long SEEN_MS = 6_000;

    private static final int NODES = 7;

    private final SimulatedCluster cluster = new SimulatedCluster(11).start(NODES);
    private final Map<String, NodeStatus> heard = new LinkedHashMap<>();
    private SimulatedHost watching;

    @Test
    void shouldFindEveryMemberOfARingThatWasThereBefore() {
        cluster.settle();
        cluster.run(10_000);

        watch();

        assertThat(heard).hasSize(NODES);
    }

    @ParameterizedTest
    @ValueSource(longs = {4_000, 6_000, 9_000, 10_000, 11_000, 12_500, 15_000, 21_000})
    void shouldHearANodeAgainThatWasPaused(long pauseMs) {
        watch();
        SimulatedCluster.Running paused = cluster.nodes.get(NODES - 2);

        paused.host.pause(pauseMs);
        cluster.run(pauseMs);

        assertHeardSoon(paused);
    }

    @Test
    void shouldHearANodeAgainThatWasCutOff() {
        watch();
        SimulatedCluster.Running cut = cluster.nodes.get(1);

        cut.host.isolate(12_000);
        cluster.run(12_000);

        assertHeardSoon(cut);
    }

    private void assertHeardSoon(SimulatedCluster.Running node) {
        long since = node.host.wallClockMs();
        cluster.await("a status of " + node.node.self() + " again; heard: " + heard.keySet(),
            () -> heard.containsKey(node.uid().toString()) && heard.get(node.uid().toString()).sentAtMs() > since, SEEN_MS);
        assertThat(heard).hasSize(NODES);
    }

    private void watch() {
        cluster.settle();
        watching = cluster.net.newHost("watching");
        ClusterWatcher watcher = new ClusterWatcher(watching, (self, listener) -> {
            LinkLayer links = new LinkLayer(watching, self, SimulatedCluster.NAME, listener);
            watching.start(links);
            return links;
        }, new WatchListener() {
            @Override
            public void onStatus(NodeRef node, NodeStatus status) {
                heard.put(status.uid(), status);
            }

            @Override
            public void onTraces(NodeRef node, List<TraceEvent> events, long dropped) {
                // Statuses are enough here.
            }

            @Override
            public void onLost(NodeRef node, String why) {
                heard.remove(node.uid().toString());
            }
        }, true);
        watching.execute(watcher::start);
        cluster.await("a status of each", () -> heard.size() == NODES, SEEN_MS);
    }
}
