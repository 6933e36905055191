package org.gavel.node.processes;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.host.udp.UdpHost;
import org.gavel.protocol.host.udp.UdpHostSettings;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.monitor.ClusterWatcher;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.monitor.WatchListener;

/**
 * A {@link ClusterWatcher} with a thread of its own, for programs that wait: it keeps the newest status of every node and the last events,
 * and wakes whoever awaits a condition on them. All methods may be called from any thread.
 */
public final class WatchedCluster implements AutoCloseable {
    /** Events kept; the oldest go first. */
    public static final int EVENTS_MAX = 20_000;

    private final UdpHost host;
    private final ClusterWatcher watcher;
    private final Map<String, NodeStatus> statuses = new TreeMap<>();
    private final Deque<TraceEvent> events = new ArrayDeque<>();

    private WatchedCluster(UdpHost host, String cluster) {
        this.host = host;
        LinkLayer[] links = new LinkLayer[1];
        watcher = new ClusterWatcher(host, (self, listener) -> {
            links[0] = new LinkLayer(host, self, cluster, listener);
            return links[0];
        }, new Listener(), true);
        host.start(links[0]);
        host.execute(watcher::start);
    }

    /** @throws IOException if no port can be had */
    public static WatchedCluster open(BindAddress bind, int discoveryPort, List<Address> peers, String cluster) throws IOException {
        return new WatchedCluster(UdpHost.open(UdpHostSettings.of(bind, discoveryPort).withPeers(peers).withDaemon(true)), cluster);
    }

    /** The newest status of every node that is heard, in the order of their uids. */
    public synchronized List<NodeStatus> statuses() {
        return List.copyOf(statuses.values());
    }

    /** @param uid 16 hex digits */
    public synchronized Optional<NodeStatus> status(String uid) {
        return Optional.ofNullable(statuses.get(uid));
    }

    /** The kept events with a wall-clock time from this one on, in the order of their time. */
    public synchronized List<TraceEvent> eventsSince(long wallClockMs) {
        List<TraceEvent> since = new ArrayList<>(events.stream().filter(event -> event.atMs() >= wallClockMs).toList());
        since.sort((a, b) -> Long.compare(a.atMs(), b.atMs()));
        return since;
    }

    /** Waits until the condition holds; false if it does not within the time. It is looked at whenever something arrived. */
    public synchronized boolean await(Predicate<WatchedCluster> condition, long timeoutMs) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!condition.test(this)) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }

    /** Waits for a node's status to be so, and gives the first one that is; empty if none is within the time. */
    public synchronized Optional<NodeStatus> awaitStatus(Predicate<NodeStatus> wanted, long timeoutMs) throws InterruptedException {
        await(cluster -> statuses.values().stream().anyMatch(wanted), timeoutMs);
        return statuses.values().stream().filter(wanted).findFirst();
    }

    /** True if exactly so many nodes are heard, all members of one view, agreed on one INM that says so itself. */
    public synchronized boolean isSettled(int nodes) {
        List<NodeStatus> all = statuses();
        if (all.size() != nodes) {
            return false;
        }
        NodeStatus first = all.get(0);
        boolean agreed = all.stream().allMatch(s -> "member".equals(s.phase()) && s.view().equals(first.view()) && s.inm().equals(first.inm()));
        return agreed && statuses.containsKey(first.inm()) && "inm".equals(statuses.get(first.inm()).role());
    }

    @Override
    public void close() {
        CompletableFuture<Void> said = new CompletableFuture<>();
        try {
            host.execute(() -> {
                watcher.close();
                host.atFlush(() -> said.complete(null));
            });
            said.orTimeout(1, TimeUnit.SECONDS).exceptionally(late -> null).join();
        } catch (RejectedExecutionException e) {
            // Closed before: nothing is left to be said.
            assert host.isClosed();
        }
        host.close();
    }

    private final class Listener implements WatchListener {
        @Override
        public void onStatus(NodeRef node, NodeStatus status) {
            synchronized (WatchedCluster.this) {
                statuses.put(status.uid(), status);
                WatchedCluster.this.notifyAll();
            }
        }

        @Override
        public void onTraces(NodeRef node, List<TraceEvent> batch, long dropped) {
            synchronized (WatchedCluster.this) {
                for (TraceEvent event : batch) {
                    events.add(event);
                    if (events.size() > EVENTS_MAX) {
                        events.remove();
                    }
                }
                WatchedCluster.this.notifyAll();
            }
        }

        @Override
        public void onLost(NodeRef node, String why) {
            synchronized (WatchedCluster.this) {
                NodeStatus last = statuses.get(node.uid().toString());
                // A later start of the same node may be here already.
                if (last != null && last.incarnation() == node.incarnation()) {
                    statuses.remove(node.uid().toString());
                }
                WatchedCluster.this.notifyAll();
            }
        }
    }
}
