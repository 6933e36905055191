package org.gavel.node.simulation.check;

import java.util.Set;
import org.gavel.node.replication.GroupSettings;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;

/**
 * Every queue, window, log and table stays within its limit (invariant 9), looked at now and then: what has a limit of its own by that, and every other collection inside
 * nodes and clients by one for all.
 */
final class LimitCheck {
    private static final long EVERY_STEPS = 2_000;
    /** Timers and datagrams under way for each host: far above what a healthy one has. */
    private static final int EVENTS_PER_HOST_MAX = 2_000;
    /**
     * Steps in one simulated second for each host: beyond it, resends, elections or verifications feed each other. What a wrong verdict or a broadcast costs a host grows
     * with the number of the others (everybody verifies everybody, protocol.md section 5), so does this.
     */
    private static final long STEPS_PER_SECOND_MAX = 200;
    private static final long STEPS_PER_SECOND_AND_OTHER_MAX = 25;
    private static final int UNANSWERED_MAX = 1_024;
    private static final int LINKS_MAX = 1_024;
    /** Elements of any collection inside a node or client: the largest named limit of such a table, and the one element by which it is exceeded before the oldest goes. */
    private static final int TABLE_MAX = 1_024 + 1;
    /** May have more: a group's log (its limit stands below), and the numbers of sessions that are over. */
    private static final Set<String> LARGER = Set.of("ReplicaLog.entries", "ReplicaLog.outcomes", "SessionTable.retired");
    private static final long TABLES_EVERY_NS = 50_000_000_000L;

    private final World world;
    private final GroupSettings settings = GroupSettings.defaults();
    private final TableSizes tables = new TableSizes();
    private long nextSteps = EVERY_STEPS;
    private long nextTablesNs = TABLES_EVERY_NS;
    private long secondBeganNs;
    private long secondBeganSteps;

    LimitCheck(World world) {
        this.world = world;
    }

    void look() {
        if (world.nowNs() >= nextTablesNs) {
            nextTablesNs = world.nowNs() + TABLES_EVERY_NS;
            world.nodes().stream().filter(SimulatedNode::isAlive).forEach(node -> lookAtTables(node, node.inside()));
            world.clients().forEach(client -> lookAtTables(client, client.client()));
        }
        long steps = world.network().steps();
        if (steps < nextSteps) {
            return;
        }
        nextSteps = steps + EVERY_STEPS;
        int hosts = world.nodes().size() + world.clients().size();
        limit("timers and datagrams under way", world.network().pendingEvents(), (long) EVENTS_PER_HOST_MAX * hosts);
        if (world.nowNs() - secondBeganNs >= 1_000_000_000L) {
            double seconds = (world.nowNs() - secondBeganNs) / 1e9;
            long living = world.nodes().stream().filter(SimulatedNode::isAlive).count() + world.clients().stream().filter(c -> c.host().isAlive()).count();
            limit("steps in a second", (long) ((steps - secondBeganSteps) / seconds), living * (STEPS_PER_SECOND_MAX + living * STEPS_PER_SECOND_AND_OTHER_MAX));
            secondBeganNs = world.nowNs();
            secondBeganSteps = steps;
        }
        world.nodes().forEach(this::look);
        for (SimulatedClient client : world.clients()) {
            limit("unanswered calls of " + client, client.unanswered(), UNANSWERED_MAX + 1L);
        }
    }

    private void lookAtTables(Object owner, Object inside) {
        tables.of(inside, (name, size) -> {
            if (!LARGER.contains(name)) {
                limit(name + " of " + owner, size, TABLE_MAX);
            }
        });
    }

    private void look(SimulatedNode node) {
        limit("links of " + node, node.inside().linkCounters().links(), LINKS_MAX);
        look(node, node.inside().ringGroup());
        look(node, node.inside().auctionGroup());
    }

    private void look(SimulatedNode node, ReplicatedGroup group) {
        if (group != null) {
            limit("uncommitted entries of " + node, group.lastIndex() - group.committedIndex(), settings.uncommittedMax() + 1L);
            limit("log of " + node, group.lastIndex() - group.firstIndex(), 2L * settings.snapshotEveryEntries() + settings.uncommittedMax());
        }
    }

    private static void limit(String what, long value, long max) {
        if (value > max) {
            throw new Violation(InvariantNames.LIMITS, what + ": " + value + ", the limit is " + max);
        }
    }
}
