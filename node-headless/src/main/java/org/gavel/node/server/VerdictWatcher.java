package org.gavel.node.server;

import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;

/**
 * Sees what a node's reliable multicast of verdicts does (protocol.md section 3), to check it: see {@link NodeInspection#watchVerdicts}. Changes nothing, and
 * throws nothing.
 */
public interface VerdictWatcher {
    /** Where nobody watches. */
    VerdictWatcher NOBODY = new VerdictWatcher() {
        @Override
        public void onSeat() { }

        @Override
        public void onView(RingView view) { }

        @Override
        public void onDelivered(Message.Multicast sent) { }
    };

    /** The node enters a ring, perhaps again, or is left out of a view of the one that it leads: it knows nothing of what it delivered before. */
    void onSeat();

    /** The multicast goes on in this view, of which the node is a member. */
    void onView(RingView view);

    /** Delivered here, in this order; one's own, too. */
    void onDelivered(Message.Multicast sent);
}
