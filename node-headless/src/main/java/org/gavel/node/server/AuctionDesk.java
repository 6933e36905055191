package org.gavel.node.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.node.directory.AuctionStage;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingOutcome;
import org.gavel.node.directory.RingState;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.auction.Standing;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.Message;

/**
 * The INM's desk for auctions (protocol.md section 8): claims an item, assigns one active and three followers, finds replacements, settles
 * results. Everything that must outlive this INM is an entry of the ring's log; what stands here can be lost.
 */
final class AuctionDesk {
    /** An assignment that no active has confirmed after this lapses. */
    static final long LAPSE_MS = 10_000;
    /** Nodes that have not answered an assignment by then are done without, if enough others did. */
    static final long ASSIGN_PATIENCE_MS = 1_000;
    /** Starts that wait for their active at once. */
    static final int PENDING_MAX = 256;

    /** An operator waits for the answer. */
    private record Release(NodeRef client, long requestId) { }

    private record Timer(String auctionId, boolean lapse) { }

    private final NodeContext context;
    private final RingGroup ring;
    private final Timers<Timer> timers;
    private final Map<String, Set<Uid>> accepted = new LinkedHashMap<>();
    private final Map<String, Set<Uid>> closedTo = new LinkedHashMap<>();
    private final Map<String, Release> releases = new LinkedHashMap<>();
    private final Map<Long, NodeRef> waiting = new LinkedHashMap<>();
    private final Map<String, Message.ActiveReport> reports = new LinkedHashMap<>();
    private boolean serving;

    AuctionDesk(NodeContext context, RingGroup ring) {
        this.context = context;
        this.ring = ring;
        timers = new Timers<>(context.host(), this::onTimer);
    }

    private RingState state() {
        return ring.state();
    }

    /** Newest report of an auction's active, or null. */
    Message.ActiveReport report(String auctionId) {
        return reports.get(auctionId);
    }

    boolean isBusy() {
        return !waiting.isEmpty() || !accepted.isEmpty();
    }

    void start() {
        serving = true;
        for (DirectoryEntry auction : state().auctions()) {
            if (isAssigned(auction)) {
                assign(auction);
            }
        }
    }

    void stop() {
        serving = false;
        timers.cancelAll();
        releases.clear();
        accepted.clear();
        closedTo.clear();
        waiting.forEach((id, client) -> reply(client, id, "not-inm", "this node is no longer the INM"));
        waiting.clear();
        reports.clear();
    }

    // ---------------------------------------------------------------- start

    /** A client's start: idempotent by its request id. */
    void onStart(NodeRef client, Message.Request request, StartArguments arguments) {
        DirectoryEntry before = state().auctionOfRequest(Long.toHexString(request.requestId())).orElse(null);
        if (before != null) {
            answerStarted(client, request.requestId(), before);
            return;
        }
        if (waiting.containsKey(request.requestId())) {
            waiting.put(request.requestId(), client);
            return;
        }
        String refusal = refusal(arguments);
        if (refusal != null) {
            reply(client, request.requestId(), "refused", refusal);
            return;
        }
        List<NodeRef> free = freeNodes();
        int nodes = Math.min(free.size(), AuctionGroup.MEMBERS);
        List<NodeRef> members = List.copyOf(free.subList(0, nodes));
        waiting.put(request.requestId(), client);
        if (!state().founded()) {
            ring.group().propose(new RingCommand.Founded().toBytes(), 0);
        }
        ring.group().propose(new RingCommand.Claim(new RingCommand.Start(arguments.itemId(), Long.toHexString(request.requestId()), request.client(),
            arguments.sellerName(), arguments.durationMs(), arguments.startPriceCents(), arguments.reserveCents()), members, acceptors(members)).toBytes(), 0);
    }

    private String refusal(StartArguments arguments) {
        if (waiting.size() >= PENDING_MAX) {
            return "too many auctions are being started; try again in a moment";
        }
        if (!state().founded() && ring.view().size() < context.settings().founders()) {
            return "auctions start once the ring has had " + context.settings().founders() + " members; it has "
                + ring.view().size() + " (start more nodes, or use --founders)";
        }
        int needed = 1 + context.settings().minFollowers();
        int free = freeNodes().size();
        return free >= needed ? null
            : "needs at least " + needed + " idle nodes (1 + " + context.settings().minFollowers() + "), " + free + (free == 1 ? " is" : " are") + " free";
    }

    private List<NodeRef> freeNodes() {
        List<NodeRef> free = new ArrayList<>(state().idleNodes());
        free.removeIf(n -> context.isSelf(n) || ring.isDead(n.uid()));
        return free;
    }

    /** The three lowest uids; with 1 + 2 all three, the active counting as the third (protocol.md sections 8 and 9). */
    private List<Acceptor> acceptors(List<NodeRef> members) {
        return members.stream().sorted((a, b) -> a.uid().compareTo(b.uid())).limit(AuctionGroup.ACCEPTORS)
            .map(n -> new Acceptor(n, context.randomId())).toList();
    }

    private void assign(DirectoryEntry auction) {
        accepted.put(auction.auctionId(), new LinkedHashSet<>());
        Message.Assign assign = new Message.Assign(ring.view().id(), ring.group().epoch(), auction.auctionId(), auction.group().members(), auction.group().acceptors(),
            auction.assignment().item().toJson().toString(),
            auction.assignment().durationMs(), auction.assignment().seller(), auction.assignment().sellerName());
        auction.group().members().forEach(m -> context.links().send(m, auction.assignment().group(), assign));
        timers.set(new Timer(auction.auctionId(), false), ASSIGN_PATIENCE_MS);
        timers.set(new Timer(auction.auctionId(), true), LAPSE_MS);
    }

    void onAssignReply(NodeRef from, Message.AssignReply reply) {
        DirectoryEntry auction = state().auction(reply.auctionId()).orElse(null);
        if (!serving || auction == null) {
            return;
        }
        if (!isAssigned(auction)) {
            if (reply.accepted() && reports.containsKey(auction.auctionId())) {
                context.links().send(reports.get(auction.auctionId()).active(), auction.assignment().group(),
                    new Message.Replacement(auction.auctionId(), from, reply.logId()));
            }
            return;
        }
        Set<Uid> yes = accepted.get(reply.auctionId());
        if (yes != null && reply.accepted() && yes.add(from.uid()) && yes.size() == auction.group().members().size()) {
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
        if (!serving || auction == null || !isAssigned(auction)) {
            return;
        }
        if (timer.lapse()) {
            closedTo.put(auction.auctionId(), new LinkedHashSet<>());
            auction.group().acceptors().forEach(a -> context.links().send(a.node(), auction.assignment().group(), new Message.CloseTo(auction.auctionId())));
            timers.set(timer, LAPSE_MS);
        } else if (accepted.getOrDefault(auction.auctionId(), Set.of()).size() >= 1 + context.settings().minFollowers()) {
            letElect(auction);
        } else {
            assign(auction);
        }
    }

    /** Two of the three acceptors have stored that they will never open it: only now is the claim released. */
    void onClosedTo(NodeRef from, Message.ClosedTo closed) {
        DirectoryEntry auction = state().auction(closed.auctionId()).orElse(null);
        Set<Uid> refusals = closedTo.get(closed.auctionId());
        if (!serving || auction == null || !isAssigned(auction) || refusals == null || !closed.closed()) {
            return;
        }
        refusals.add(from.uid());
        if (refusals.size() >= auction.group().acceptors().size() / 2 + 1) {
            ring.group().propose(new RingCommand.Lapse(auction.auctionId(), "no active confirmed it in time").toBytes(), 0);
        }
    }

    // ---------------------------------------------------------------- reports of actives

    void onActiveReport(NodeRef from, Message.ActiveReport report) {
        DirectoryEntry auction = state().auction(report.auctionId()).orElse(null);
        if (!serving || auction == null) {
            return;
        }
        Message.ActiveReport newest = reports.get(report.auctionId());
        if (newest != null && newest.epoch() > report.epoch()) {
            return;
        }
        reports.put(report.auctionId(), report);
        if (report.state().equals("over") && !auction.freed()) {
            ring.group().propose(new RingCommand.Freed(auction.auctionId()).toBytes(), 0);
        } else if (!auction.stage().isOver() && (auction.group().activeNode() == null || auction.group().epoch() < report.epoch())) {
            ring.group().propose(new RingCommand.Activated(auction.auctionId(), report.epoch(), report.active().uid(), report.members()).toBytes(), 0);
        }
    }

    private static boolean isAssigned(DirectoryEntry auction) {
        return auction.stage() == AuctionStage.ASSIGNED;
    }

    private static long requestId(DirectoryEntry auction) {
        return Long.parseUnsignedLong(auction.assignment().requestId(), 16);
    }

    void onNeedMember(NodeRef from, Message.NeedMember need) {
        DirectoryEntry auction = state().auction(need.auctionId()).orElse(null);
        if (!serving || auction == null || !!auction.stage().isOver() || need.epoch() < auction.group().epoch()) {
            return;
        }
        List<NodeRef> kept = new ArrayList<>();
        NodeRef reserved = null;
        for (NodeRef member : auction.group().members()) {
            boolean living = isThere(member) && !need.lost().contains(member.uid());
            if (need.members().contains(member.uid())) {
                kept.add(member);
            } else if (living && reserved == null) {
                reserved = member;
            }
        }
        if (reserved != null) {
            reserve(auction, reserved, from);
            return;
        }
        if (kept.size() >= AuctionGroup.MEMBERS) {
            // All four are there; one of them has not got its log id across yet: remind it.
            kept.stream().filter(m -> !m.sameStart(from)).forEach(m -> reserve(auction, m, from));
            return;
        }
        List<NodeRef> free = freeNodes();
        if (free.isEmpty()) {
            context.links().send(from, auction.assignment().group(), new Message.Replacement(auction.auctionId(), null, 0));
            // A member that its active lost and that is there for the ring: perhaps reset, and free to join its group anew.
            auction.group().members().stream().filter(m -> need.lost().contains(m.uid()) && isThere(m)).findFirst()
                .ifPresent(m -> reserve(auction, m, from));
            return;
        }
        kept.add(free.get(0));
        ring.group().propose(new RingCommand.Members(auction.auctionId(), kept).toBytes(), 0);
    }

    private boolean isThere(NodeRef node) {
        return ring.view().contains(node.peer()) && !ring.isDead(node.uid());
    }

    private void reserve(DirectoryEntry auction, NodeRef node, NodeRef active) {
        Message.Assign terms = new Message.Assign(ring.view().id(), ring.group().epoch(), auction.auctionId(), auction.group().members(), List.of(),
            auction.assignment().item().toJson().toString(),
            auction.assignment().durationMs(), auction.assignment().seller(), auction.assignment().sellerName());
        context.links().send(node, auction.assignment().group(), terms);
    }

    void onFinished(NodeRef from, Message.Finished finished) {
        DirectoryEntry auction = state().auction(finished.auctionId()).orElse(null);
        if (serving && auction != null && !auction.stage().isOver()) {
            ring.group().propose(new RingCommand.Settle(auction.auctionId(), finished.result()).toBytes(), 0);
        }
    }

    // ---------------------------------------------------------------- release

    /** The operator's word that no auction of this item is alive; answered with what the ring made of it. */
    void onRelease(NodeRef client, long requestId, String itemId) {
        releases.put(itemId, new Release(client, requestId));
        ring.group().propose(new RingCommand.Release(itemId).toBytes(), 0);
    }

    private void onReleased(String itemId, RingOutcome outcome) {
        Release asked = releases.remove(itemId);
        if (asked != null) {
            String body = outcome.accepted() ? "{\"itemId\":\"" + itemId + "\"}" : outcome.reason();
            reply(asked.client(), asked.requestId(), outcome.accepted() ? "ok" : "refused", body);
        }
    }

    // ---------------------------------------------------------------- the ring's log

    /** One committed entry; called on the serving INM only. */
    void onApplied(RingCommand command, RingOutcome outcome) {
        if (command instanceof RingCommand.Claim claim) {
            long requestId = Long.parseUnsignedLong(claim.start().requestId(), 16);
            DirectoryEntry auction = state().auctionOfRequest(claim.start().requestId()).orElse(null);
            if (auction != null && isAssigned(auction)) {
                assign(auction);
            } else if (waiting.containsKey(requestId) && auction == null) {
                reply(waiting.remove(requestId), requestId, "refused", outcome.reason());
            }
        } else if (command instanceof RingCommand.Activated activated) {
            onActivated(state().auction(activated.auctionId()).orElse(null));
        } else if (command instanceof RingCommand.Release release) {
            onReleased(release.itemId(), outcome);
        } else if (command instanceof RingCommand.Members members) {
            DirectoryEntry auction = state().auction(members.auctionId()).orElse(null);
            Message.ActiveReport report = reports.get(members.auctionId());
            if (auction != null && report != null) {
                auction.group().members().stream().filter(m -> !report.members().contains(m.uid())).forEach(m -> reserve(auction, m, report.active()));
            }
        } else if (command instanceof RingCommand.Lapse lapse) {
            DirectoryEntry auction = state().auction(lapse.auctionId()).orElse(null);
            if (auction != null && waiting.containsKey(requestId(auction))) {
                reply(waiting.remove(requestId(auction)), requestId(auction), "refused", "the auction did not come about: " + lapse.reason() + "; try again");
            }
        }
    }

    private void onActivated(DirectoryEntry auction) {
        if (auction == null) {
            return;
        }
        accepted.remove(auction.auctionId());
        timers.cancel(new Timer(auction.auctionId(), false));
        timers.cancel(new Timer(auction.auctionId(), true));
        NodeRef client = waiting.remove(requestId(auction));
        if (client != null) {
            answerStarted(client, requestId(auction), auction);
        }
    }

    private void answerStarted(NodeRef client, long requestId, DirectoryEntry auction) {
        if (auction.group().activeNode() == null && isAssigned(auction)) {
            waiting.put(requestId, client);
        } else {
            reply(client, requestId, "ok", StartArguments.reply(auction));
        }
    }

    private void reply(NodeRef client, long requestId, String code, String body) {
        context.links().send(client, Links.NODE_GROUP, new Message.Reply(requestId, code, body));
    }

    // ---------------------------------------------------------------- housekeeping

    /** An auction of which no member is left can neither go on nor be settled, nor its nodes freed, by its group. */
    private void settleOrphans() {
        RingView view = ring.view();
        for (DirectoryEntry auction : state().auctions()) {
            boolean orphaned = !isAssigned(auction) && auction.group().members().stream().noneMatch(m -> view.contains(m.peer()));
            if (orphaned && !auction.stage().isOver()) {
                ring.group().propose(new RingCommand.Settle(auction.auctionId(), cancelled("all its nodes are gone")).toBytes(), 0);
            } else if (!auction.freed() && (orphaned || auction.stage() == AuctionStage.CANCELLED)) {
                ring.group().propose(new RingCommand.Freed(auction.auctionId()).toBytes(), 0);
            }
        }
    }

    private static String cancelled(String reason) {
        return new String(new Outcome("cancelled", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, Standing.NONE, false, reason).toJson(), StandardCharsets.UTF_8);
    }

    void beat() {
        settleOrphans();
        reports.keySet().removeIf(id -> state().auction(id).map(DirectoryEntry::freed).orElse(true));
    }
}
