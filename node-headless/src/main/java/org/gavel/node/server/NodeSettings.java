package org.gavel.node.server;

import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;

/**
 * What a server node is told at its start, apart from its host (address, card, port) and its items.
 *
 * @param cluster         name; messages of other clusters are ignored
 * @param uid             of this server
 * @param incarnation     of this start
 * @param name            for people
 * @param process         operating-system process, or UNKNOWN
 * @param heartbeatMs     period of heartbeats, default 2,000
 * @param minFollowers    2 or 3: fewest followers that an auction may start with, default 2
 * @param founders        members that the ring must have had before auctions start, default 3
 * @param extendWindowMs  soft close; 0 is off
 * @param allowFaults     obey kill, pause, isolate
 * @param crashHints      use port-unreachable as a reason to verify at once
 */
public record NodeSettings(String cluster, Uid uid, long incarnation, String name, ProcessIdentity process, long heartbeatMs,
                           int minFollowers, int founders, long extendWindowMs, boolean allowFaults, boolean crashHints) {
    public static final long HEARTBEAT_MS = 2_000;
    public static final int MIN_FOLLOWERS = 2;
    public static final int FOUNDERS = 3;

    /** All defaults, as for a node in a test or on loopback. */
    public static NodeSettings defaults(String cluster, Uid uid, long incarnation, String name) {
        return new NodeSettings(cluster, uid, incarnation, name, ProcessIdentity.UNKNOWN, HEARTBEAT_MS, MIN_FOLLOWERS, FOUNDERS, 0, true, true);
    }
}
