package org.gavel.protocol.client;

import org.gavel.protocol.identity.Uid;

/**
 * What a client is told at its start.
 *
 * @param cluster     name of the cluster, for sentences only (the link layer filters by it)
 * @param bidder      the bidder's lasting identity; several processes may share it, each has sessions of its own
 * @param name        the bidder's name as others see it
 * @param heartbeatMs period of the heartbeats between an active and its participants; three missed mean silence
 * @param timeoutMs   how long a call waits for its answer; 0: for ever
 * @param discoveryMs how long a call waits for the first sign of a cluster
 */
public record ClientSettings(String cluster, Uid bidder, String name, long heartbeatMs, long timeoutMs, long discoveryMs) {
    public static final long HEARTBEAT_MS = 2_000;
    public static final long TIMEOUT_MS = 15_000;
    public static final long DISCOVERY_MS = 5_000;

    /** All defaults. */
    public static ClientSettings defaults(String cluster, Uid bidder, String name) {
        return new ClientSettings(cluster, bidder, name, HEARTBEAT_MS, TIMEOUT_MS, DISCOVERY_MS);
    }

    public ClientSettings withTimeoutMs(long ms) {
        return new ClientSettings(cluster, bidder, name, heartbeatMs, ms, ms == 0 ? discoveryMs : Math.min(ms, discoveryMs));
    }
}
