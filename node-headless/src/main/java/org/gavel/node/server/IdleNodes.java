package org.gavel.node.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.node.directory.RingCommand;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.ring.RingView;

/**
 * Which nodes the INM may give to an auction now: idle in the ring's log, not dead, not picked a moment ago by a command that is still on its way through the log,
 * and not one that has just said no. A node's own word on its duty wins (protocol.md section 8).
 */
final class IdleNodes {
    /** A node that refused an assignment is not asked again before this. */
    private static final long REFUSED_MS = 10_000;

    private final NodeContext context;
    private final RingGroup ring;
    /** By what was proposed: a request's claim or an auction's new members. Bounded by the ring's queue, emptied as the entries are applied. */
    private final Map<String, List<NodeRef>> picked = new LinkedHashMap<>();
    /** Until when, in ms of the host's clock. */
    private final Map<PeerId, Long> refusedUntil = new LinkedHashMap<>();

    IdleNodes(NodeContext context, RingGroup ring) {
        this.context = context;
        this.ring = ring;
    }

    void clear() {
        picked.clear();
        refusedUntil.clear();
    }

    /** In ring order. */
    List<NodeRef> free() {
        List<NodeRef> free = new ArrayList<>(ring.state().idleNodes());
        free.removeIf(n -> context.isSelf(n) || ring.isDead(n.uid()) || hasRefused(n) || picked.values().stream().anyMatch(p -> p.contains(n)));
        return free;
    }

    private boolean hasRefused(NodeRef node) {
        return refusedUntil.getOrDefault(node.peer(), Long.MIN_VALUE) > context.host().nowMs();
    }

    void refused(NodeRef node) {
        refusedUntil.remove(node.peer());
        refusedUntil.put(node.peer(), context.host().nowMs() + REFUSED_MS);
        if (refusedUntil.size() > RingView.MEMBERS_MAX) {
            refusedUntil.remove(refusedUntil.keySet().iterator().next());
        }
    }

    /**
     * Proposes a command that makes these nodes busy; until its entry is applied they are nobody else's.
     *
     * @return false, and nothing changes, if the ring takes no more commands now
     */
    boolean propose(String name, List<NodeRef> nodes, RingCommand command) {
        if (ring.group().propose(command.toBytes(), 0) < 0) {
            return false;
        }
        picked.put(name, List.copyOf(nodes));
        return true;
    }

    /** True if a command of that name was proposed and its entry is not applied yet. */
    boolean isUnderWay(String name) {
        return picked.containsKey(name);
    }

    /** The entry of that command was applied: whom it made busy stands in the ring's state. */
    void applied(String name) {
        picked.remove(name);
    }
}
