package org.gavel.desktop.feed;

import org.gavel.protocol.monitor.NodeStatus;

/**
 * The newest that is known of one node.
 *
 * @param status  what it said last of itself
 * @param heardMs when that arrived, by the feed's clock
 * @param lostMs  since when it is not heard any more, by the feed's clock; 0 while it is heard
 * @param lostWhy in words; empty while it is heard
 */
public record NodeReport(NodeStatus status, long heardMs, long lostMs, String lostWhy) {
    public boolean isLost() {
        return lostMs != 0;
    }
}
