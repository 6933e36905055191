package org.gavel.desktop.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.protocol.monitor.NodeStatus;

/**
 * The places on the circle: ring order as the nodes' own words on their successors give it. Whoever has a place keeps it while the order
 * allows, dead nodes too, so that the picture stands still while people look at it.
 */
final class RingOrder {
    private List<String> order = new ArrayList<>();

    /**
     * @param known  every node with a place, dead ones included
     * @param living those whose word on their successor counts
     * @return uids in ring order
     */
    List<String> update(Map<String, NodeStatus> known, Map<String, NodeStatus> living) {
        List<String> chain = chain(known, living);
        List<String> kept = order.stream().filter(known::containsKey).toList();
        List<String> keptOfChain = kept.stream().filter(chain::contains).toList();
        List<String> next = keptOfChain.equals(chain) ? new ArrayList<>(kept) : merged(chain, kept);
        for (String uid : known.keySet()) {
            if (!next.contains(uid)) {
                next.add(uid);
            }
        }
        order = next;
        return List.copyOf(order);
    }

    void clear() {
        order = new ArrayList<>();
    }

    /**
     * Follows the successors from the first place (at first: the INM), through dead nodes only where a living one still names them. What is not
     * reached that way (two sides) starts chains of its own.
     */
    private List<String> chain(Map<String, NodeStatus> known, Map<String, NodeStatus> living) {
        Set<String> chain = new LinkedHashSet<>();
        List<String> starts = new ArrayList<>(order);
        if (order.isEmpty()) {
            living.values().stream().filter(s -> s.role().equals("inm")).forEach(s -> starts.add(s.uid()));
        }
        starts.addAll(living.keySet());
        for (String start : starts) {
            String at = living.containsKey(start) ? start : null;
            while (at != null && known.containsKey(at) && chain.add(at)) {
                at = known.get(at).successor();
            }
        }
        return new ArrayList<>(chain);
    }

    /** The new chain, and each dead node behind the one it stood behind before. */
    private static List<String> merged(List<String> chain, List<String> before) {
        List<String> merged = new ArrayList<>(chain);
        for (int i = 0; i < before.size(); i++) {
            String uid = before.get(i);
            if (!merged.contains(uid)) {
                int at = i == 0 ? 0 : merged.indexOf(before.get(i - 1)) + 1;
                merged.add(at, uid);
            }
        }
        return merged;
    }
}
