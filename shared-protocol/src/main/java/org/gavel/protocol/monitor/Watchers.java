package org.gavel.protocol.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/**
 * Whoever watches this node (protocol.md section 11): a subscription lapses without renewal; statuses are the newest, events are dropped, and
 * counted, before anything else suffers.
 */
public final class Watchers {
    public static final int WATCHERS_MAX = 64;
    /** Events waiting for the next batch. */
    public static final int EVENTS_MAX = 512;
    /** A subscription lasts at most this long without renewal. */
    public static final long LEASE_MS_MAX = 30_000;
    private static final long BATCH_MS = 50;
    private static final int BATCH_EVENTS = 40;

    private record Watcher(NodeRef node, long untilMs, boolean traces) { }

    private final Host host;
    private final Links links;
    private final Map<PeerId, Watcher> watchers = new LinkedHashMap<>();
    private final Deque<TraceEvent> events = new ArrayDeque<>();
    private long dropped;
    private long statusNumber;
    private final Consumer<Boolean> onWatched;
    private boolean flushing;
    private boolean watched;

    /** @param onWatched told when the first subscriber to traces has come, and when the last one has gone */
    public Watchers(Host host, Links links, Consumer<Boolean> onWatched) {
        this.onWatched = onWatched;
        this.host = host;
        this.links = links;
    }

    public boolean isEmpty() {
        return watchers.isEmpty();
    }

    public boolean wantTraces() {
        return watchers.values().stream().anyMatch(Watcher::traces);
    }

    /** A new watcher, or one that renews; beyond {@link #WATCHERS_MAX} it is not taken. */
    public void subscribe(NodeRef node, Message.Subscribe subscribe) {
        if (watchers.size() < WATCHERS_MAX || watchers.containsKey(node.peer())) {
            long lease = Math.max(0, Math.min(subscribe.forMs(), LEASE_MS_MAX));
            watchers.put(node.peer(), new Watcher(node, host.nowMs() + lease, subscribe.traces()));
            noteWatched();
        }
    }

    public void remove(PeerId peer) {
        watchers.remove(peer);
        noteWatched();
    }

    private void noteWatched() {
        if (watched != wantTraces()) {
            watched = !watched;
            onWatched.accept(watched);
        }
    }

    /** Sends a status to all; one that could not go is simply replaced by the next. */
    public void publish(NodeStatus status) {
        if (watchers.values().removeIf(w -> w.untilMs() < host.nowMs())) {
            noteWatched();
        }
        if (!watchers.isEmpty()) {
            Message message = new Message.Status(++statusNumber, MonitorJson.write(status));
            watchers.values().forEach(w -> links.send(w.node(), Links.NODE_GROUP, message));
        }
    }

    /** Keeps an event for the next batch; the oldest goes when the queue is full. */
    public void offer(TraceEvent event) {
        if (!wantTraces()) {
            return;
        }
        if (events.size() >= EVENTS_MAX) {
            events.poll();
            dropped++;
        }
        events.add(event);
        if (!flushing) {
            flushing = true;
            host.schedule(BATCH_MS, this::flush);
        }
    }

    private void flush() {
        flushing = false;
        while (!events.isEmpty()) {
            List<TraceEvent> batch = new ArrayList<>();
            while (batch.size() < BATCH_EVENTS && !events.isEmpty()) {
                batch.add(events.poll());
            }
            Message message = new Message.Traces(dropped, MonitorJson.write(batch));
            dropped = 0;
            for (Watcher watcher : watchers.values()) {
                if (watcher.traces() && !links.send(watcher.node(), Links.NODE_GROUP, message)) {
                    dropped += batch.size();
                }
            }
        }
    }
}
