package org.gavel.node.simulation.check;

import java.util.HashMap;
import java.util.Map;
import org.gavel.node.simulation.SimulatedNode;

/** At most one serving leader per (group, epoch), over the whole run (invariant 1). */
final class LeaderCheck {
    private record Reign(GroupKey group, long epoch) { }

    private final Map<Reign, SimulatedNode> leaders = new HashMap<>();

    /** True if this is the first time that it is seen to serve in that epoch. */
    boolean serves(GroupKey group, long epoch, SimulatedNode node) {
        SimulatedNode other = leaders.putIfAbsent(new Reign(group, epoch), node);
        if (other != null && other != node) {
            throw new Violation(InvariantNames.ONE_LEADER, group + ", epoch " + epoch + ": " + node + " serves, and " + other + " does or did");
        }
        return other == null;
    }
}
