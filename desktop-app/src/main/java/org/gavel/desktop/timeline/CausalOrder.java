package org.gavel.desktop.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * Puts events in the order of their clocks, and no receipt before its sending: on one machine a bid's whole way takes less than the ms that clocks tell.
 */
final class CausalOrder {
    /** With more at once their clocks must do. */
    static final int EVENTS_MAX = 4_000;

    private CausalOrder() { }

    /** @param events each node's own in its own order */
    static List<TraceEvent> of(List<TraceEvent> events) {
        List<TraceEvent> byClock = new ArrayList<>(events);
        byClock.sort(Comparator.comparingLong(TraceEvent::atMs));
        return events.size() > EVENTS_MAX ? byClock : causal(byClock);
    }

    private static List<TraceEvent> causal(List<TraceEvent> byClock) {
        Set<MessageKey> unsent = new HashSet<>();
        Map<Uid, Deque<Integer>> queues = new HashMap<>();
        TreeMap<Integer, Uid> heads = new TreeMap<>();
        for (int i = 0; i < byClock.size(); i++) {
            TraceEvent event = byClock.get(i);
            if (event.isSending()) {
                unsent.add(MessageKey.of(event));
            }
            Deque<Integer> queue = queues.computeIfAbsent(event.node(), node -> new ArrayDeque<>());
            if (queue.isEmpty()) {
                heads.put(i, event.node());
            }
            queue.add(i);
        }
        List<TraceEvent> ordered = new ArrayList<>(byClock.size());
        while (!heads.isEmpty()) {
            int next = heads.keySet().stream().filter(i -> !waits(byClock.get(i), unsent)).findFirst().orElse(heads.firstKey());
            TraceEvent event = byClock.get(next);
            ordered.add(event);
            if (event.isSending()) {
                unsent.remove(MessageKey.of(event));
            }
            Deque<Integer> queue = queues.get(heads.remove(next));
            queue.poll();
            if (!queue.isEmpty()) {
                heads.put(queue.peek(), event.node());
            }
        }
        return ordered;
    }

    private static boolean waits(TraceEvent event, Set<MessageKey> unsent) {
        return event.isReceipt() && unsent.contains(MessageKey.of(event));
    }
}
