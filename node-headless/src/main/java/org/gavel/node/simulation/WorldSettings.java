package org.gavel.node.simulation;

import java.util.List;
import org.gavel.node.catalogue.ItemCatalogue;
import org.gavel.node.server.NodeSettings;
import org.gavel.protocol.auction.Item;

/**
 * What a simulated world is made of.
 *
 * @param cluster        name
 * @param heartbeatMs    period of heartbeats
 * @param founders       members that the ring must have had before auctions start; above half of all nodes, or a partition may found twice
 * @param extendWindowMs soft close, 0 is off
 * @param items          what each node brings along
 * @param recentEvents   traces and faults kept for {@link World#recentEvents}; 0 is fastest
 */
public record WorldSettings(String cluster, long heartbeatMs, int founders, long extendWindowMs, List<Item> items, int recentEvents) {
    /** Production's defaults, the dozen sample items, 400 recent events. */
    public static final WorldSettings DEFAULTS = new WorldSettings("lab", NodeSettings.HEARTBEAT_MS, NodeSettings.FOUNDERS, 0, ItemCatalogue.samples().items(), 400);

    public WorldSettings {
        items = List.copyOf(items);
    }

    public WorldSettings withFounders(int count) {
        return new WorldSettings(cluster, heartbeatMs, count, extendWindowMs, items, recentEvents);
    }

    public WorldSettings withExtendWindowMs(long ms) {
        return new WorldSettings(cluster, heartbeatMs, founders, ms, items, recentEvents);
    }

    public WorldSettings withItems(List<Item> others) {
        return new WorldSettings(cluster, heartbeatMs, founders, extendWindowMs, others, recentEvents);
    }

    public WorldSettings withRecentEvents(int count) {
        return new WorldSettings(cluster, heartbeatMs, founders, extendWindowMs, items, count);
    }
}
