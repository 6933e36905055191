package org.gavel.node.server;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.multicast.FifoMulticast;
import org.gavel.protocol.multicast.MulticastDelivery;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;

/**
 * Who confirms a death tells the other members by reliable FIFO multicast (protocol.md sections 3 and 5): if one correct member hears a verdict, all
 * do, even when its sender dies halfway.
 */
final class Verdicts {
    private final FifoMulticast multicast;
    /** Deaths of members of the present view that were told, by whomever: bounded by the view. */
    private final Set<PeerId> known = new LinkedHashSet<>();
    /** Those of this node that the multicast has not taken: it waits for a view with this node, or for others to hear what was said before. Bounded like {@link #known}. */
    private final Map<PeerId, Message.Verdict> untold = new LinkedHashMap<>();
    private final Consumer<Message.Verdict> onVerdict;
    private final VerdictWatcher watcher;

    Verdicts(NodeContext context, Links links, Consumer<Message.Verdict> onVerdict, VerdictWatcher watcher) {
        this.onVerdict = onVerdict;
        this.watcher = watcher;
        multicast = new FifoMulticast(Links.RING_GROUP, context.self(), context.host(), links, new Heard());
        watcher.onSeat();
    }

    private final class Heard implements MulticastDelivery {
        @Override
        public void onDelivered(PeerId origin, Message message) {
            if (message instanceof Message.Verdict verdict && known.add(verdict.dead().peer())) {
                onVerdict.accept(verdict);
            }
        }

        @Override
        public void onDelivered(Message.Multicast sent, Message message) {
            watcher.onDelivered(sent);
            onDelivered(sent.origin(), message);
        }
    }

    void install(RingView view) {
        watcher.onView(view);
        known.removeIf(peer -> !view.contains(peer));
        multicast.installView(view.id(), view.nodes());
        untold.keySet().retainAll(known);
        untold.values().removeIf(multicast::multicast);
    }

    /**
     * A view without this node: for the others its stay is over. Should it go on, as the INM that inherited this view, the next one begins another, with numbers of its
     * own: of those of a stay that is over nobody asks it for what was lost.
     */
    void leave(RingView view) {
        watcher.onSeat();
        known.clear();
        untold.clear();
        multicast.installView(view.id(), view.nodes());
    }

    /**
     * Tells all about a dead member, unless another has told already, and passes on what the dead one had not finished telling. Who confirms because of a
     * verdict must not tell again: each would set all others verifying, and a single death would keep a ring busy for ever.
     */
    void tell(Message.Verdict verdict) {
        if (known.add(verdict.dead().peer())) {
            multicast.flush(List.of(verdict.dead().peer()));
            if (!multicast.multicast(verdict)) {
                untold.put(verdict.dead().peer(), verdict);
            }
        }
    }

    /** It is alive after all: its next death is news. */
    void revoke(PeerId peer) {
        known.remove(peer);
        untold.remove(peer);
    }

    void close() {
        multicast.close();
    }

    void onMessage(PeerId from, Message message) {
        multicast.onMessage(from, message);
    }
}
