package org.gavel.node.server;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;

/**
 * What clients, operators and watchers ask of a node (protocol.md sections 3, 8, 11): lookups, requests to the INM, faults, subscriptions. A node
 * that is not the one to answer stays silent, so that one answer comes, and the right one.
 */
final class ClientDesk {
    /** Members named in one answer to a lookup: with them it still fits a datagram. */
    private static final int SERVERS_NAMED_MAX = 4;
    /** Numbers of lookups that somebody else had to answer. */
    static final int LOOKUPS_HEARD_MAX = 256;
    /** All members hear a client that asks densely: together they must not flood the INM. */
    private static final long PASS_ON_EVERY_MS = 200;
    private static final long FAULT_MS_MAX = 3_600_000;
    /** A fault begins after this, so that its acknowledgement gets out first. */
    private static final long FAULT_DELAY_MS = 20;

    private final NodeContext context;
    private final ServerNode node;
    private final NodeControl control;
    private final Set<Long> lookupsHeard = new LinkedHashSet<>();
    private long nextPassOnMs = Long.MIN_VALUE;

    ClientDesk(NodeContext context, ServerNode node, NodeControl control) {
        this.context = context;
        this.node = node;
        this.control = control;
    }

    void onMessage(NodeRef client, Message message) {
        switch (message.type()) {
            case LOOKUP -> onLookup(client, (Message.Lookup) message);
            case REQUEST -> onRequest(client, (Message.Request) message);
            case FAULT -> onFault(client, (Message.Fault) message);
            case SUBSCRIBE -> {
                node.watchers().subscribe(client, (Message.Subscribe) message);
                node.board().changed();
            }
            default -> throw new IllegalArgumentException("no client's message: " + message.type());
        }
    }

    // ---------------------------------------------------------------- lookup

    private void onLookup(NodeRef sender, Message.Lookup lookup) {
        if (lookup.client() != null && !node.isNode(sender.peer())) {
            return; // only a member passes on what others ask
        }
        NodeRef client = lookup.client() == null ? sender : lookup.client();
        AuctionGroup group = lookup.auctionId() == null ? null : node.auctions().byAuctionId(lookup.auctionId());
        boolean leads = group != null && group.isActive();
        if (!leads && !node.board().answersForRing()) {
            passOn(client, lookup);
            return;
        }
        RingView view = node.board().view();
        String state = null;
        NodeRef active = null;
        long number = 0;
        if (leads) {
            state = group.machine().state().phase().isOver() ? "finished" : "running";
            active = context.self();
            number = group.number();
        } else if (lookup.auctionId() != null) {
            DirectoryEntry auction = view == null ? null : node.ring().state().auction(lookup.auctionId()).orElse(null);
            NodeRef named = auction == null ? null : auction.group().activeNode();
            // The directory may still name this very node, which knows that it does not lead any more.
            boolean reachable = named != null && !context.isSelf(named) && !node.ring().isDead(named.uid());
            state = auction == null ? "unknown" : auction.stage().isOver() ? "finished" : reachable ? "running" : "electing";
            active = reachable ? named : null;
            number = auction == null ? 0 : auction.assignment().group();
        }
        context.links().sendUnreliable(client, Links.NODE_GROUP, new Message.LookupReply(lookup.requestId(), view == null ? ViewId.NONE : view.id(),
            context.self(), node.ring() == null ? null : node.ring().leader(), servers(view, lookup.requestId()), lookup.auctionId(), state, number, active, node.board().notice()));
    }

    /**
     * A client that reaches its seeds only may not reach the one who answers. Where broadcasts pass, the first one is answered and none comes twice: so the second
     * one, of the same number, goes to the INM.
     */
    private void passOn(NodeRef client, Message.Lookup lookup) {
        NodeRef inm = node.ring() == null ? null : node.ring().leader();
        boolean again = !lookupsHeard.add(lookup.requestId());
        if (lookupsHeard.size() > LOOKUPS_HEARD_MAX) {
            lookupsHeard.remove(lookupsHeard.iterator().next());
        }
        long nowMs = context.host().nowMs();
        if (again && lookup.client() == null && inm != null && !context.isSelf(inm) && nowMs >= nextPassOnMs) {
            nextPassOnMs = nowMs + PASS_ON_EVERY_MS;
            context.links().sendUnreliable(inm, Links.NODE_GROUP, new Message.Lookup(lookup.requestId(), lookup.auctionId(), client));
        }
    }

    /** A datagram holds a handful of references: consecutive request ids get the members handful by handful, so that a watcher finds them all. */
    private List<NodeRef> servers(RingView view, long requestId) {
        List<NodeRef> living = view == null ? List.of() : view.nodes().stream().filter(n -> !node.ring().isDead(n.uid())).toList();
        int handfuls = (living.size() + SERVERS_NAMED_MAX - 1) / SERVERS_NAMED_MAX;
        return living.stream().skip(handfuls == 0 ? 0 : Math.floorMod(requestId, (long) handfuls) * SERVERS_NAMED_MAX).limit(SERVERS_NAMED_MAX).toList();
    }

    // ---------------------------------------------------------------- requests

    private void onRequest(NodeRef client, Message.Request request) {
        boolean reading = request.kind().equals("list") || request.kind().equals("status");
        boolean answers = node.isManager() && node.board().view() != null && !node.ring().isPaused() || node.board().answersForRing() && reading;
        boolean caretaker = node.board().answersForRing() && !answers;
        if (!answers && !caretaker) {
            return; // another one is the INM
        }
        if (caretaker && !(request.kind().equals("forget") && node.ring() != null)) {
            reply(client, request.requestId(), "refused", node.board().notice());
            return;
        }
        try {
            switch (request.kind()) {
                case "list" -> reply(client, request.requestId(), "ok", node.board().list());
                case "status" -> reply(client, request.requestId(), "ok", node.board().status());
                case "start" -> start(client, request);
                case "forget" -> forget(client, request);
                case "release" -> release(client, request);
                default -> reply(client, request.requestId(), "refused", "no request is called '" + request.kind() + "'");
            }
        } catch (IllegalArgumentException e) {
            reply(client, request.requestId(), "refused", e.getMessage());
        }
    }

    private void start(NodeRef client, Message.Request request) {
        if (node.manager().isDraining()) {
            reply(client, request.requestId(), "not-inm", "this INM is handing over");
            return;
        }
        node.desk().onStart(client, request, StartArguments.parse(request.argument()));
    }

    /** The operator says that a node has ended: it leaves every count (protocol.md sections 5 and 8). */
    private void forget(NodeRef client, Message.Request request) {
        Uid uid = Uid.parseHex(field(request.argument(), "node"));
        RingView view = node.board().view();
        NodeRef target = view == null ? null : view.member(uid).map(Member::node).orElse(null);
        if (target == null) {
            throw new IllegalArgumentException("no member of the view has the uid " + uid);
        }
        if (context.isSelf(target)) {
            throw new IllegalArgumentException("the node that answers cannot be forgotten: it is alive");
        }
        node.forget(target);
        reply(client, request.requestId(), "ok", "{\"forgotten\":\"" + uid + "\"}");
    }

    private void release(NodeRef client, Message.Request request) {
        String itemId = field(request.argument(), "itemId");
        node.desk().onRelease(client, request.requestId(), itemId);
    }

    private static String field(String json, String name) {
        try {
            JsonObject object = JsonParser.parseString(json).getAsJsonObject();
            return object.get(name).getAsString();
        } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("the request needs a field '" + name + "'", e);
        }
    }

    private void reply(NodeRef client, long requestId, String code, String body) {
        context.links().send(client, Links.NODE_GROUP, new Message.Reply(requestId, code, body));
    }

    // ---------------------------------------------------------------- faults

    private void onFault(NodeRef client, Message.Fault fault) {
        String refusal = faultRefusal(fault);
        context.links().send(client, Links.NODE_GROUP, new Message.FaultReply(fault.requestId(), refusal == null, refusal == null ? "" : refusal));
        if (refusal == null) {
            context.host().schedule(FAULT_DELAY_MS, () -> act(fault));
        }
    }

    private String faultRefusal(Message.Fault fault) {
        if (!fault.target().equals(context.self().peer())) {
            return "that start of the node is gone; this is a newer one";
        }
        if (!context.settings().allowFaults()) {
            return "this node was started without --allow-faults";
        }
        return switch (fault.fault()) {
            case "kill" -> null;
            case "pause", "isolate" -> fault.forMs() > 0 && fault.forMs() <= FAULT_MS_MAX ? null : "a fault lasts 1 ms to 1 h";
            default -> "no fault is called '" + fault.fault() + "'";
        };
    }

    private void act(Message.Fault fault) {
        switch (fault.fault()) {
            case "kill" -> control.kill();
            case "pause" -> control.pause(fault.forMs());
            default -> control.isolate(fault.forMs());
        }
    }
}
