package org.gavel.node.server;

import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.wire.Message;

/** Messages about auctions from one who has no say in the matter, or not any more: counted, traced, and not obeyed. */
final class Strays {
    private final NodeContext context;
    private long count;

    Strays(NodeContext context) {
        this.context = context;
    }

    /** So many were dropped. */
    long count() {
        return count;
    }

    void drop(NodeRef sender, long group, Message message, String why) {
        count++;
        context.trace("auction", "dropped", group, sender.uid(), message.type() + " of " + sender + " is dropped: " + why);
    }
}
