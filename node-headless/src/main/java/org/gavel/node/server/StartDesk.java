package org.gavel.node.server;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.node.directory.AuctionStage;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingState;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * How the INM brings an auction into being (protocol.md section 8): claims the item, assigns one active and three followers, lets them elect, and answers the
 * client; or lets the claim lapse once enough acceptors have stored that they will never open it. What must outlive this INM is in the ring's log.
 */
final class StartDesk {
    /** An assignment that no active has confirmed after this lapses. */
    static final long LAPSE_MS = 10_000;
    /** Nodes that have not answered an assignment by then are done without, if enough others did. */
    static final long ASSIGN_PATIENCE_MS = 1_000;
    /** Starts that wait for their active at once. */
    static final int PENDING_MAX = 256;

    private record Timer(String auctionId, boolean lapse) { }

    private final NodeContext context;
    private final RingGroup ring;
    private final IdleNodes idle;
    private final Timers<Timer> timers;
    /** Who accepted its assignment, per auction that is assigned; like {@link #closedTo} bounded by the items of the catalogue. */
    private final Map<String, Set<Uid>> accepted = new LinkedHashMap<>();
    /** Who stored that it will never open the auction, per auction that is about to lapse. */
    private final Map<String, Set<Uid>> closedTo = new LinkedHashMap<>();
    private final Map<Long, NodeRef> waiting = new LinkedHashMap<>();

    StartDesk(NodeContext context, RingGroup ring, IdleNodes idle) {
        this.context = context;
        this.ring = ring;
        this.idle = idle;
        timers = new Timers<>(context.host(), this::onTimer);
    }

    private RingState state() {
        return ring.state();
    }

    boolean isBusy() {
        return !waiting.isEmpty() || !accepted.isEmpty();
    }

    /** This INM begins: what its predecessor had assigned goes on. */
    void start() {
        state().auctions().stream().filter(StartDesk::isAssigned).forEach(this::assign);
    }

    void stop() {
        timers.cancelAll();
        accepted.clear();
        closedTo.clear();
        waiting.forEach((id, client) -> reply(client, id, "not-inm", "this node is no longer the INM"));
        waiting.clear();
    }

    static boolean isAssigned(DirectoryEntry auction) {
        return auction.stage() == AuctionStage.ASSIGNED;
    }

    private static long requestId(DirectoryEntry auction) {
        return Long.parseUnsignedLong(auction.assignment().requestId(), 16);
    }

    // ---------------------------------------------------------------- a client's start

    /** Idempotent by its request id. */
    void onStart(NodeRef client, Message.Request request, StartArguments arguments) {
        long id = request.requestId();
        DirectoryEntry before = state().auctionOfRequest(Long.toHexString(id)).orElse(null);
        if (before != null) {
            answer(client, id, before);
        } else if (waiting.containsKey(id)) {
            waiting.put(id, client);
        } else {
            String refusal = refusal(start(request, arguments));
            if (refusal != null) {
                reply(client, id, "refused", refusal);
            } else if (claim(request, arguments)) {
                waiting.put(id, client);
            }
            // Else the ring takes no more commands at this moment: the client asks again.
        }
    }

    private boolean claim(Message.Request request, StartArguments arguments) {
        List<NodeRef> free = idle.free();
        List<NodeRef> members = List.copyOf(free.subList(0, Math.min(free.size(), AuctionGroup.MEMBERS)));
        String requestId = Long.toHexString(request.requestId());
        if (!state().founded() && ring.group().propose(new RingCommand.Founded().toBytes(), 0) < 0) {
            return false;
        }
        return idle.propose(requestId, members, new RingCommand.Claim(start(request, arguments), members, acceptors(members)));
    }

    private static RingCommand.Start start(Message.Request request, StartArguments arguments) {
        return new RingCommand.Start(arguments.itemId(), Long.toHexString(request.requestId()), arguments.houseSells() ? Uid.NOBODY : request.client(),
            arguments.sellerName(), arguments.durationMs(), arguments.startPriceCents(), arguments.reserveCents());
    }

    private String refusal(RingCommand.Start start) {
        if (waiting.size() >= PENDING_MAX) {
            return "too many auctions are being started; try again in a moment";
        }
        if (!state().founded() && ring.view().size() < context.settings().founders()) {
            return "auctions start once the ring has had " + context.settings().founders() + " members; it has "
                + ring.view().size() + " (start more nodes, or use --founders)";
        }
        int needed = 1 + context.settings().minFollowers();
        int free = idle.free().size();
        // Where the item itself cannot be had, more nodes would not help: that is the truer answer.
        return free >= needed ? null
            : state().startRefusal(start).orElse("needs at least " + needed + " idle nodes (1 + " + context.settings().minFollowers() + "), " + free
                + (free == 1 ? " is" : " are") + " free");
    }

    /** The three lowest uids; with 1 + 2 all three, the active counting as the third (protocol.md sections 8 and 9). */
    private List<Acceptor> acceptors(List<NodeRef> members) {
        return members.stream().sorted((a, b) -> a.uid().compareTo(b.uid())).limit(AuctionGroup.ACCEPTORS)
            .map(n -> new Acceptor(n, context.randomId())).toList();
    }

    private void answer(NodeRef client, long requestId, DirectoryEntry auction) {
        boolean begins = isAssigned(auction);
        boolean never = auction.stage() == AuctionStage.LAPSED || auction.stage() == AuctionStage.CANCELLED && auction.group().active().isNobody();
        if (begins) {
            waiting.put(requestId, client);
        } else if (never) {
            reply(client, requestId, "refused", "the auction did not come about: " + reason(auction) + "; try again");
        } else {
            reply(client, requestId, "ok", StartArguments.reply(auction));
        }
    }

    private static String reason(DirectoryEntry auction) {
        try {
            return Outcome.fromJson(auction.result()).reason();
        } catch (MalformedException e) {
            return auction.stage().word(); // an INM of another version wrote it; the word says enough
        }
    }

    private void reply(NodeRef client, long requestId, String code, String body) {
        context.links().send(client, Links.NODE_GROUP, new Message.Reply(requestId, code, body));
    }

    // ---------------------------------------------------------------- assignment

    private void assign(DirectoryEntry auction) {
        accepted.put(auction.auctionId(), new LinkedHashSet<>());
        Message.Assign assign = terms(ring, auction, auction.group().acceptors());
        auction.group().members().forEach(m -> context.links().send(m, auction.assignment().group(), assign));
        timers.set(new Timer(auction.auctionId(), false), ASSIGN_PATIENCE_MS);
        timers.setIfIdle(new Timer(auction.auctionId(), true), LAPSE_MS);
    }

    /** What a node needs to know to serve an auction; without acceptors it joins a running group as a newcomer. */
    static Message.Assign terms(RingGroup ring, DirectoryEntry auction, List<Acceptor> acceptors) {
        return new Message.Assign(ring.view().id(), ring.group().epoch(), auction.auctionId(), auction.group().members(), acceptors,
            auction.assignment().item().toJson().toString(),
            auction.assignment().durationMs(), auction.assignment().seller(), auction.assignment().sellerName());
    }

    /** An answer of one of the first members. */
    void onAssignReply(NodeRef from, DirectoryEntry auction, boolean accepts) {
        if (!accepts) {
            idle.refused(from);
            return;
        }
        Set<Uid> yes = accepted.get(auction.auctionId());
        if (yes != null && auction.group().contains(from.uid()) && yes.add(from.uid()) && yes.size() == auction.group().members().size()) {
            letElect(auction);
        }
    }

    private void letElect(DirectoryEntry auction) {
        timers.cancel(new Timer(auction.auctionId(), false));
        Message.Elect elect = new Message.Elect(auction.auctionId(), List.copyOf(accepted.get(auction.auctionId())));
        auction.group().members().forEach(m -> context.links().send(m, auction.assignment().group(), elect));
    }

    private void onTimer(Timer timer) {
        DirectoryEntry auction = state().auction(timer.auctionId()).orElse(null);
        if (auction == null || !isAssigned(auction)) {
            return;
        }
        if (timer.lapse()) {
            giveUp(auction);
        } else if (accepted.getOrDefault(auction.auctionId(), Set.of()).size() >= 1 + context.settings().minFollowers()) {
            letElect(auction);
        } else if (!closedTo.containsKey(auction.auctionId())) {
            assign(auction);
        }
    }

    private void giveUp(DirectoryEntry auction) {
        closedTo.computeIfAbsent(auction.auctionId(), id -> new LinkedHashSet<>());
        auction.group().members().forEach(m -> context.links().send(m, auction.assignment().group(), new Message.CloseTo(auction.auctionId())));
        timers.set(new Timer(auction.auctionId(), true), LAPSE_MS);
    }

    /**
     * Two of the three acceptors have stored that they will never open it: only now is the claim released. One that says so unasked gave up before this INM did,
     * which may lead for less than its patience only, as may have its predecessors.
     */
    void onClosedTo(NodeRef from, DirectoryEntry auction, boolean closed) {
        if (!closed || !isAssigned(auction)) {
            return;
        }
        if (!closedTo.containsKey(auction.auctionId())) {
            giveUp(auction);
        }
        Set<Uid> refusals = closedTo.get(auction.auctionId());
        List<Acceptor> acceptors = auction.group().acceptors();
        if (refusals.add(from.uid()) && acceptors.stream().filter(a -> refusals.contains(a.node().uid())).count() >= acceptors.size() / 2 + 1) {
            ring.group().propose(new RingCommand.Lapse(auction.auctionId(), "no active confirmed it in time").toBytes(), 0);
        }
    }

    /** True of an assignment that nobody is left to open: each of its nodes has ended or refuses. Who ended may have opened it before, so the item is not free by that. */
    boolean isDeserted(DirectoryEntry auction) {
        Set<Uid> refusals = closedTo.getOrDefault(auction.auctionId(), Set.of());
        return isAssigned(auction) && auction.group().members().stream().allMatch(m -> ring.isKnownEnded(m) || refusals.contains(m.uid()));
    }

    // ---------------------------------------------------------------- the ring's log

    void onClaimed(RingCommand.Claim claim, String refusal) {
        idle.applied(claim.start().requestId());
        long requestId = Long.parseUnsignedLong(claim.start().requestId(), 16);
        DirectoryEntry auction = state().auctionOfRequest(claim.start().requestId()).orElse(null);
        if (auction != null && isAssigned(auction)) {
            assign(auction);
        } else if (auction == null && waiting.containsKey(requestId)) {
            reply(waiting.remove(requestId), requestId, "refused", refusal);
        }
    }

    /** The auction is assigned no more: it runs, or is over. */
    void onBegunOrOver(DirectoryEntry auction) {
        if (isAssigned(auction)) {
            return;
        }
        accepted.remove(auction.auctionId());
        closedTo.remove(auction.auctionId());
        timers.cancel(new Timer(auction.auctionId(), false));
        timers.cancel(new Timer(auction.auctionId(), true));
        NodeRef client = waiting.remove(requestId(auction));
        if (client != null) {
            answer(client, requestId(auction), auction);
        }
    }
}
