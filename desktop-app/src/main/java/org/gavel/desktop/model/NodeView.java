package org.gavel.desktop.model;

import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;

/**
 * One node, ready to be drawn.
 *
 * @param uid        identity
 * @param name       for people
 * @param role       its last known duty
 * @param auctionId  the auction it serves, or empty
 * @param health     how sure the window is that it lives
 * @param electing   it takes part in a running election
 * @param beat       what is left of the present heartbeat period: 1 just heard, 0 due
 * @param seenMsAgo  age of its last word, in ms
 * @param downMs     for how long it is known dead, in ms; 0 while it lives
 * @param why        why it counts as dead or suspected, as a sentence; empty if it does not
 * @param cells      the last 8 entries of the log it serves, oldest first; empty while it serves none
 * @param readOnly   it leads its side without a majority
 * @param status     everything that it said last of itself
 */
public record NodeView(Uid uid, String name, Role role, String auctionId, Health health, boolean electing, double beat, long seenMsAgo,
                       long downMs, String why, List<LogCell> cells, boolean readOnly, NodeStatus status) {
    public NodeView {
        cells = List.copyOf(cells);
    }

    public String shortUid() {
        return uid.shortForm();
    }

    /** 'active of lamp-3', 'INM', 'idle'. A follower that has just become INM is INM, whatever it has not handed over yet. */
    public String duty() {
        return auctionId.isEmpty() || role == Role.INM ? role.word() : role.word() + " of " + auctionId;
    }
}
