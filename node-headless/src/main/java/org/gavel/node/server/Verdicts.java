package org.gavel.node.server;

import java.util.List;
import java.util.function.Consumer;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.multicast.FifoMulticast;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;

/**
 * Who confirms a death tells the other members by reliable FIFO multicast (protocol.md sections 3 and 5): if one correct member hears a verdict, all
 * do, even when its sender dies halfway.
 */
final class Verdicts {
    private final FifoMulticast multicast;

    Verdicts(NodeContext context, Consumer<Message.Verdict> onVerdict) {
        multicast = new FifoMulticast(Links.RING_GROUP, context.self(), context.host(), context.links(), (origin, message) -> {
            if (message instanceof Message.Verdict verdict) {
                onVerdict.accept(verdict);
            }
        });
    }

    void install(RingView view) {
        multicast.installView(view.id(), view.nodes());
    }

    /** Tells all about a dead member, and passes on what it had not finished telling. */
    void tell(Message.Verdict verdict, NodeRef dead) {
        multicast.flush(List.of(dead.peer()));
        multicast.multicast(verdict);
    }

    void onMessage(PeerId from, Message message) {
        multicast.onMessage(from, message);
    }
}
