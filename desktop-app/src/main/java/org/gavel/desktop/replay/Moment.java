package org.gavel.desktop.replay;

import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * One thing that the window heard: a status, an event, or that a node is lost. Just one of the three is there.
 *
 * @param atMs   by the feed's clock
 * @param status or null
 * @param event  or null
 * @param lost   uid of the lost node, 16 hex digits, or null
 * @param why    it counts as lost, or null
 */
record Moment(long atMs, NodeStatus status, TraceEvent event, String lost, String why) {
    static Moment of(long atMs, NodeStatus status) {
        return new Moment(atMs, status, null, null, null);
    }

    static Moment of(long atMs, TraceEvent event) {
        return new Moment(atMs, null, event, null, null);
    }

    static Moment lost(long atMs, String uid, String why) {
        return new Moment(atMs, null, null, uid, why);
    }
}
