package org.gavel.node.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.node.replication.Sampling;
import org.gavel.node.replication.SubmitResult;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.auction.Standing;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * The two ends of a bid's way that lie with its client, told of by the active (protocol.md section 11): a client tells nobody what it does. Of the entries that
 * {@link Sampling} chooses only.
 */
final class BidTrace {
    /** Commands on their way to be committed whose client is to be told of. */
    static final int UNDER_WAY_MAX = 64;
    private static final int SUBMIT = 9;
    private static final int DELIVERED = 10;
    private static final int CODE_BITS = 4;

    private final NodeContext context;
    private final AuctionGroup auction;
    /** By index; the oldest gives way. */
    private final Map<Long, NodeRef> underWay = new LinkedHashMap<>();
    /** Live. */
    private final Map<PeerId, NodeRef> attached;

    /** @param attached the participants, under the names that they gave; live */
    BidTrace(NodeContext context, AuctionGroup auction, Map<PeerId, NodeRef> attached) {
        this.context = context;
        this.auction = auction;
        this.attached = attached;
    }

    void taken(NodeRef client, Message.Submit submit, SubmitResult result) {
        if (!context.host().tracingMessages() || result.kind() != SubmitResult.Kind.APPENDED || !isChosen(result.index())) {
            return;
        }
        if (underWay.size() >= UNDER_WAY_MAX) {
            underWay.remove(underWay.keySet().iterator().next());
        }
        // With others of the same session under way nobody could say what the client knew when it sent this one: then it is told of without the client's end.
        boolean alone = submit.lowestUnanswered() == submit.sequence();
        if (alone) {
            underWay.put(result.index(), client);
        }
        tell("replication", "submit-received", "takes command " + submit.sequence() + " of " + name(client) + " as entry " + result.index(), submit.client(),
            client, alone ? submit.sequence() << CODE_BITS | SUBMIT : 0);
    }

    /** In words, once it is applied here. */
    void committed(LogEntry entry) {
        if (context.host().tracingMessages() && isChosen(entry.index())) {
            Standing now = auction.machine().state().standing();
            String price = now.leaderName().isEmpty() ? "" : ": " + Money.format(now.priceCents()) + " by " + now.leaderName();
            context.trace("replication", "committed", auction.number(), Uid.NOBODY, "committed entry " + entry.index() + price);
        }
    }

    void delivered(LogEntry entry) {
        NodeRef client = underWay.isEmpty() ? null : underWay.remove(entry.index());
        if (client != null && attached.containsKey(client.peer())) {
            tell("multicast", "delivered-sent", "delivers entry " + entry.index() + " to " + name(client), entry.client(), client,
                entry.index() << CODE_BITS | DELIVERED);
        }
    }

    void forget() {
        underWay.clear();
    }

    private boolean isChosen(long index) {
        return index > auction.group().firstIndex() && index <= auction.group().lastIndex()
            && Sampling.tells(auction.group().entry(index - 1).timeMs(), auction.group().entry(index).timeMs());
    }

    private String name(NodeRef client) {
        NodeRef named = attached.get(client.peer());
        return named == null || named.name().isBlank() ? client.uid().shortForm() : named.name();
    }

    private void tell(String protocol, String kind, String sentence, Uid subject, NodeRef client, long number) {
        context.host().trace(new TraceEvent(context.host().wallClockMs(), context.self().uid(), protocol, kind, auction.number(), subject, sentence,
            client.uid(), number, name(client)));
    }
}
