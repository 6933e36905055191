package org.gavel.protocol.monitor;

import java.util.List;

/**
 * What a node says of itself to whoever watches: at each heartbeat, and at once on change. JSON on the wire; a field may be added, none is
 * renamed.
 *
 * @param uid             16 hex digits
 * @param phase           searching, founding, joining, member
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
 */
public record NodeStatus(String uid, String name, String address, long incarnation, String phase, String role, String auctionId, String view, long epoch,
                         String inm, boolean caretaker, String successor, String predecessor, List<String> suspicions, String election,
                         LogStatus ringLog, LogStatus auction, List<Heard> lastHeardMs, long datagramsSent, long datagramsResent, long sentAtMs) {
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
}
