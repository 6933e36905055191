package org.gavel.protocol.monitor;

import java.util.List;

/**
 * What a node says of itself to whoever watches: at each heartbeat, and at once on change. JSON on the wire; a field may be added, none is
 * renamed.
 *
 * @param uid             16 hex digits
 * @param phase           searching, founding, joining, member; bound: it keeps a copy of an auction, searches for that auction's ring, and joins no other
 * @param role            idle, inm, active, follower
 * @param auctionId       the auction it serves, or empty
 * @param view            installed view, as text
 * @param epoch           the ring's epoch as far as known
 * @param inm             uid of the INM that it believes in, or empty
 * @param caretaker       it leads without a majority: read-only
 * @param successor       uid of the next living node of the ring
 * @param predecessor     uid of the previous one
 * @param suspicions      uids that it suspects
 * @param election        state of the ring's election in words
 * @param ringLog         the ring's log
 * @param auction         the log of the auction that it serves, or null
 * @param lastHeardMs     age of the last message, for each peer it monitors
 * @param datagramsSent   since the start
 * @param datagramsResent since the start
 * @param sentAtMs        the node's wall-clock time
 * @param details         more, protocol by protocol; null from a node of a version that did not say it
 */
public record NodeStatus(String uid, String name, String address, long incarnation, String phase, String role, String auctionId, String view, long epoch,
                         String inm, boolean caretaker, String successor, String predecessor, List<String> suspicions, String election,
                         LogStatus ringLog, LogStatus auction, List<Heard> lastHeardMs, long datagramsSent, long datagramsResent, long sentAtMs, Details details) {
    /**
     * A replicated log as one member sees it.
     *
     * @param role   leader, candidate, follower
     * @param tail   its last 8 entries, oldest first: "epoch.index+" if committed, "epoch.index-" if held only
     * @param notice what keeps it from committing, or empty
     */
    public record LogStatus(String role, long epoch, long lastIndex, long commitIndex, List<String> tail, String notice) { }

    /** One monitored peer. */
    public record Heard(String uid, long ageMs) { }

    /**
     * The inside of each protocol.
     *
     * @param allowFaults   it obeys kill, pause and isolate
     * @param heartbeatMs   period of its heartbeats
     * @param elections     of the ring and, where it serves one, of its auction
     * @param link          its link layer
     * @param ringLog       null while it is in no ring
     * @param auctionLog    null while it serves no auction
     * @param participants  clients that hear its auction's total order from it; -1 unless it is an active
     * @param suspicionWhys why it suspects whom
     */
    public record Details(boolean allowFaults, long heartbeatMs, List<ElectionReport> elections, LinkReport link, LogReport ringLog, LogReport auctionLog,
                          int participants, List<Doubt> suspicionWhys) { }

    /** One election as {@code protocol.election.ElectionStatus} describes it; uids as 16 hex digits, empty for nobody. */
    public record ElectionReport(long group, String state, String view, long epoch, boolean candidate, String best, String leader, int passed,
                                 int swallowed, int hops, String successor, String because) { }

    /**
     * What {@code protocol.link.LinkCounters} has counted, and the way to the successor.
     *
     * @param successorRoundTripMicros smoothed; 0 while there is none
     */
    public record LinkReport(long received, long delivered, long duplicates, long acksAlone, long malformed, long windowFull, int links,
                             long successorRoundTripMicros) { }

    /**
     * One replicated log beyond its tail.
     *
     * @param promisedEpoch lower ones are refused
     * @param firstIndex    oldest entry kept; what is older is in the snapshot
     * @param holders       what each peer holds, leader only
     */
    public record LogReport(long promisedEpoch, long firstIndex, String leader, List<Holder> holders) { }

    /** @param heldIndex -1 while unknown; {@code lag} in entries */
    public record Holder(String uid, boolean acceptor, boolean up, long heldIndex, long lag) { }

    /** One suspicion in words. */
    public record Doubt(String uid, String why) { }
}
