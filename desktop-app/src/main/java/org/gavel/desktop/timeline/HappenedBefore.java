package org.gavel.desktop.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * Lamport's relation (Lamport 1978) over recorded events: what one node did earlier, and what was sent before it was received. Nothing rides on
 * datagrams for this: sender, receiver, group and the sender's number join a sending to its receipt.
 */
final class HappenedBefore {
    /** One message: from its sending to its receipt. */
    record Arrow(TimelineEntry sent, TimelineEntry received) { }

    private final List<TimelineEntry> entries;
    private final Map<Long, TimelineEntry> before = new HashMap<>();
    private final Map<Long, TimelineEntry> cause = new HashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();

    /** @param entries in the order of arrival, which for each node is its own order */
    HappenedBefore(List<TimelineEntry> entries) {
        this.entries = entries;
        Map<Uid, TimelineEntry> latest = new HashMap<>();
        Map<MessageKey, TimelineEntry> sendings = new HashMap<>();
        for (TimelineEntry entry : entries) {
            TraceEvent event = entry.event();
            TimelineEntry earlier = latest.put(event.node(), entry);
            if (earlier != null) {
                before.put(entry.number(), earlier);
            }
            if (event.isSending()) {
                sendings.putIfAbsent(MessageKey.of(event), entry);
            }
        }
        for (TimelineEntry entry : entries) {
            TraceEvent event = entry.event();
            TimelineEntry sent = event.isReceipt() ? sendings.get(MessageKey.of(event)) : null;
            if (sent != null) {
                cause.put(entry.number(), sent);
                arrows.add(new Arrow(sent, entry));
            }
        }
    }

    List<Arrow> arrows() {
        return List.copyOf(arrows);
    }

    /** Numbers of the event itself and of everything that happened before it. */
    Set<Long> past(long number) {
        Set<Long> past = new LinkedHashSet<>();
        Deque<Long> open = new ArrayDeque<>(List.of(number));
        while (!open.isEmpty()) {
            long next = open.poll();
            if (past.add(next)) {
                for (Map<Long, TimelineEntry> relation : List.of(before, cause)) {
                    TimelineEntry earlier = relation.get(next);
                    if (earlier != null) {
                        open.add(earlier.number());
                    }
                }
            }
        }
        return past;
    }

    /**
     * The vector clock of each event (Fidge 1988, Mattern 1989), and an order in which every sending stands before its receipt.
     *
     * @return event to the count of events of each node that happened before it, itself included; nodes by uid
     */
    Map<TimelineEntry, Map<Uid, Long>> vectorClocks() {
        Map<Uid, Deque<TimelineEntry>> queues = new LinkedHashMap<>();
        entries.forEach(entry -> queues.computeIfAbsent(entry.event().node(), node -> new ArrayDeque<>()).add(entry));
        Map<TimelineEntry, Map<Uid, Long>> clocks = new LinkedHashMap<>();
        Map<Long, Map<Uid, Long>> byNumber = new HashMap<>();
        Map<Uid, Map<Uid, Long>> present = new HashMap<>();
        int left = entries.size();
        boolean forced = false;
        while (left > 0) {
            int done = 0;
            for (Map.Entry<Uid, Deque<TimelineEntry>> node : queues.entrySet()) {
                while (!node.getValue().isEmpty()) {
                    TimelineEntry entry = node.getValue().peek();
                    TimelineEntry sent = cause.get(entry.number());
                    if (sent != null && !byNumber.containsKey(sent.number()) && !forced) {
                        break;
                    }
                    forced = false;
                    node.getValue().poll();
                    Map<Uid, Long> clock = new LinkedHashMap<>(present.getOrDefault(node.getKey(), Map.of()));
                    if (sent != null && byNumber.containsKey(sent.number())) {
                        byNumber.get(sent.number()).forEach((uid, count) -> clock.merge(uid, count, Math::max));
                    }
                    clock.merge(node.getKey(), 1L, Long::sum);
                    present.put(node.getKey(), clock);
                    byNumber.put(entry.number(), clock);
                    clocks.put(entry, clock);
                    done++;
                    left--;
                }
            }
            // Two recordings of a node that came back under its uid may contradict each other: one receipt then stands without its sending.
            forced = done == 0;
        }
        return clocks;
    }

    /** Nodes in the order of their first event. */
    Set<Uid> nodes() {
        Set<Uid> nodes = new LinkedHashSet<>();
        entries.forEach(entry -> nodes.add(entry.event().node()));
        return nodes;
    }
}
