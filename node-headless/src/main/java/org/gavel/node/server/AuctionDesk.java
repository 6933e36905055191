package org.gavel.node.server;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.node.directory.AuctionStage;
import org.gavel.node.directory.CatalogueItem;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingOutcome;
import org.gavel.node.directory.RingState;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.auction.Standing;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * The INM's desk for auctions (protocol.md section 8): takes the reports of actives, settles results, releases items. {@link StartDesk} brings auctions into
 * being, {@link ReplacementDesk} finds nodes for those that run. Everything that must outlive this INM is an entry of the ring's log; what stands here can be lost.
 */
final class AuctionDesk {
    /** Operators that wait for an answer at once. */
    static final int RELEASES_MAX = 256;

    /** Heartbeats after which an active that lives has reported to a new INM, if it still leads. */
    private static final int UNREPORTED_BEATS = 3;

    /** An operator waits for the answer. */
    private record Release(NodeRef client, long requestId, String itemId) { }

    private final NodeContext context;
    private final RingGroup ring;
    private final IdleNodes idle;
    private final StartDesk starts;
    private final ReplacementDesk replacements;
    private final CopyCensus census;
    /** By request, in the order of their proposals. */
    private final Map<Long, Release> releases = new LinkedHashMap<>();
    private final Map<String, Message.ActiveReport> reports = new LinkedHashMap<>();
    private final Strays strays;
    private boolean serving;
    private long servingSinceMs;

    AuctionDesk(NodeContext context, RingGroup ring) {
        this.context = context;
        this.ring = ring;
        strays = new Strays(context);
        idle = new IdleNodes(context, ring);
        starts = new StartDesk(context, ring, idle);
        replacements = new ReplacementDesk(context, ring, idle, reports::get);
        census = new CopyCensus(context, ring);
    }

    private RingState state() {
        return ring.state();
    }

    /** Newest report of an auction's active, or null. */
    Message.ActiveReport report(String auctionId) {
        return reports.get(auctionId);
    }

    Strays strays() {
        return strays;
    }

    boolean isBusy() {
        return starts.isBusy();
    }

    void start() {
        serving = true;
        servingSinceMs = context.host().nowMs();
        starts.start();
    }

    void stop() {
        serving = false;
        starts.stop();
        replacements.stop();
        census.stop();
        idle.clear();
        releases.clear();
        reports.clear();
    }

    // ---------------------------------------------------------------- messages

    void onStart(NodeRef client, Message.Request request, StartArguments arguments) {
        starts.onStart(client, request, arguments);
    }

    void onAssignReply(NodeRef from, Message.AssignReply reply) {
        DirectoryEntry auction = state().auction(reply.auctionId()).orElse(null);
        if (!serving || auction == null || auction.stage().isOver()) {
            return;
        }
        if (StartDesk.isAssigned(auction)) {
            starts.onAssignReply(from, auction, reply.accepted());
        } else if (auction.group().members().stream().anyMatch(m -> m.sameStart(from))) {
            replacements.onAssignReply(from, auction, reply);
        } else {
            strays.drop(from, auction.assignment().group(), reply, "the ring does not count it among the auction's nodes");
        }
    }

    void onClosedTo(NodeRef from, Message.ClosedTo closed) {
        DirectoryEntry auction = state().auction(closed.auctionId()).orElse(null);
        if (!serving || auction == null) {
            return;
        }
        if (auction.group().members().stream().anyMatch(m -> m.sameStart(from))) {
            starts.onClosedTo(from, auction, closed.closed());
        } else if (!auction.freed()) {
            strays.drop(from, auction.assignment().group(), closed, "it is none of the auction's nodes");
        }
    }

    void onActiveReport(NodeRef from, Message.ActiveReport report) {
        DirectoryEntry auction = state().auction(report.auctionId()).orElse(null);
        if (!serving || auction == null || auction.freed()) {
            return;
        }
        String objection = objection(from, auction, report);
        if (objection != null) {
            strays.drop(from, auction.assignment().group(), report, objection);
            return;
        }
        reports.put(report.auctionId(), report);
        replacements.nameAgain(auction, report);
        if (report.state().equals("over")) {
            ring.group().propose(new RingCommand.Freed(auction.auctionId()).toBytes(), 0);
        } else if (!auction.stage().isOver() && (auction.group().activeNode() == null || auction.group().epoch() < report.epoch())) {
            ring.group().propose(new RingCommand.Activated(auction.auctionId(), report.epoch(), report.active().uid(), report.members()).toBytes(), 0);
        }
    }

    /** Why this report does not count; null if it does. An active that the ring put out of the group may still be the one that the group elected. */
    private String objection(NodeRef from, DirectoryEntry auction, Message.ActiveReport report) {
        Message.ActiveReport newest = reports.get(auction.auctionId());
        long known = Math.max(auction.group().epoch(), newest == null ? 0 : newest.epoch());
        if (!report.active().sameStart(from) || !ring.isMember(from.peer())) {
            return "it speaks for another, or is no member of the ring";
        }
        if (report.epoch() < known) {
            return "epoch " + report.epoch() + " is over, " + known + " is known";
        }
        boolean another = report.epoch() == known && !isActive(from, auction);
        String serves = state().auctionOf(from).map(DirectoryEntry::auctionId).orElse(auction.auctionId());
        return another ? "another leads epoch " + known : serves.equals(auction.auctionId()) ? null : "it serves " + serves;
    }

    /** By its newest report, else by the ring's log, which may have given its place away. */
    private boolean isActive(NodeRef node, DirectoryEntry auction) {
        Message.ActiveReport newest = reports.get(auction.auctionId());
        if (newest != null && newest.epoch() >= auction.group().epoch()) {
            return newest.active().sameStart(node);
        }
        NodeRef named = auction.group().activeNode();
        return named == null ? auction.group().active().equals(node.uid()) : named.sameStart(node);
    }

    void onNeedMember(NodeRef from, Message.NeedMember need) {
        DirectoryEntry auction = state().auction(need.auctionId()).orElse(null);
        if (!serving || auction == null || auction.stage().isOver()) {
            return;
        }
        if (need.epoch() < auction.group().epoch() || !isActive(from, auction)) {
            strays.drop(from, auction.assignment().group(), need, "it is not the auction's active");
        } else {
            replacements.onNeedMember(from, auction, need);
        }
    }

    /** The active's result; or the word of a node that finds too few copies left for any result: that cancels the auction once all its nodes agree. */
    void onFinished(NodeRef from, Message.Finished finished) {
        DirectoryEntry auction = state().auction(finished.auctionId()).orElse(null);
        if (!serving || auction == null || auction.stage().isOver()) {
            return;
        }
        Outcome cancelled = cancellation(finished.result());
        if (cancelled != null) {
            census.leftOut(auction, from);
            census.result(auction, from, finished.result(), cancelled.standing().bids());
            finished.ended().forEach(node -> census.ended(auction, node));
            if (auction.group().contains(from.uid()) && census.isHopeless(auction)) {
                ring.group().propose(new RingCommand.Settle(auction.auctionId(), census.result(auction)).toBytes(), 0);
            }
        } else if (isActive(from, auction)) {
            ring.group().propose(new RingCommand.Settle(auction.auctionId(), finished.result()).toBytes(), 0);
        } else {
            strays.drop(from, auction.assignment().group(), finished, "it is not the auction's active");
        }
    }

    /** A node says that it holds no copy of that auction's log. */
    void onNoCopy(NodeRef from, long group) {
        if (serving) {
            state().auctionOfGroup(group).ifPresent(auction -> census.leftOut(auction, from));
        }
    }

    /** A node says that its copy is none that counts. */
    void onNotCounted(NodeRef from, Message.NotCounted word) {
        if (serving) {
            state().auction(word.auctionId()).ifPresent(auction -> census.leftOut(auction, from));
        }
    }

    /** Null for another result, and for what cannot be read: that cancels nothing, and is dropped as a stray. */
    private static Outcome cancellation(String result) {
        try {
            Outcome outcome = Outcome.fromJson(result);
            return outcome.type().equals("cancelled") ? outcome : null;
        } catch (MalformedException e) {
            return null;
        }
    }

    // ---------------------------------------------------------------- release

    /**
     * The operator's word that no auction of this item is alive; answered with what the ring made of it. A client that repeats its request has one place only; it
     * gets none, and asks again, while the ring takes no more commands.
     */
    void onRelease(NodeRef client, long requestId, String itemId) {
        if (releases.containsKey(requestId)) {
            return;
        }
        String goesOn = whoSells(itemId);
        if (goesOn != null) {
            reply(client, requestId, "refused", goesOn);
        } else if (releases.size() >= RELEASES_MAX) {
            reply(client, requestId, "refused", "too many releases are under way; try again in a moment");
        } else if (ring.group().propose(new RingCommand.Release(itemId).toBytes(), 0) >= 0) {
            releases.put(requestId, new Release(client, requestId, itemId));
        }
    }

    /** Accepted bids would be void, and those who bid there might still hear that they have won: the operator may end the nodes, not the auction. Null if nobody sells it. */
    private String whoSells(String itemId) {
        String auctionId = state().item(itemId).map(CatalogueItem::auctionId).orElse("");
        Message.ActiveReport report = reports.get(auctionId);
        DirectoryEntry auction = state().auction(auctionId).filter(a -> !a.stage().isOver()).orElse(null);
        if (auction == null) {
            return null;
        }
        if (report == null && mayNotHaveReportedYet(auction.group().activeNode())) {
            return "item '" + itemId + "' may be being auctioned: " + auctionId + " was led by " + auction.group().activeNode() + ", which this INM has not heard yet; try again in a moment";
        }
        boolean goesOn = report != null && report.state().equals("running") && ring.isMember(report.active().peer()) && !ring.isDead(report.active().uid());
        return goesOn ? "item '" + itemId + "' is being auctioned: " + auctionId + " is led by " + report.active() + ", which lives; end it, or wait for its end" : null;
    }

    private boolean mayNotHaveReportedYet(NodeRef active) {
        return active != null && ring.isMember(active.peer()) && !ring.isDead(active.uid())
            && context.host().nowMs() - servingSinceMs < UNREPORTED_BEATS * context.settings().heartbeatMs();
    }

    /** Entries come in the order of their proposals: this one is the oldest request's for that item. */
    private void onReleased(String itemId, RingOutcome outcome) {
        for (Iterator<Release> all = releases.values().iterator(); all.hasNext();) {
            Release asked = all.next();
            if (asked.itemId().equals(itemId)) {
                all.remove();
                String body = outcome.accepted() ? "{\"itemId\":\"" + itemId + "\"}" : outcome.reason();
                reply(asked.client(), asked.requestId(), outcome.accepted() ? "ok" : "refused", body);
                return;
            }
        }
    }

    private void reply(NodeRef client, long requestId, String code, String body) {
        context.links().send(client, Links.NODE_GROUP, new Message.Reply(requestId, code, body));
    }

    // ---------------------------------------------------------------- the ring's log

    /** One committed entry; called on the serving INM only. */
    void onApplied(RingCommand command, RingOutcome outcome) {
        if (command instanceof RingCommand.Claim claim) {
            starts.onClaimed(claim, outcome.reason());
        } else if (command instanceof RingCommand.Release release) {
            onReleased(release.itemId(), outcome);
        } else if (command instanceof RingCommand.Members members) {
            state().auction(members.auctionId()).ifPresentOrElse(replacements::onMembers, () -> idle.applied(members.auctionId()));
        }
        state().auction(outcome.auctionId()).ifPresent(starts::onBegunOrOver);
    }

    // ---------------------------------------------------------------- housekeeping

    /**
     * An auction of which no member is left can neither go on nor be settled, nor its nodes freed, by its group. It is called off only once all of them are known
     * ended: those that are merely cut off may sell meanwhile, and tell it when they are back.
     */
    private void settleOrphans() {
        RingView view = ring.view();
        for (DirectoryEntry auction : state().auctions()) {
            boolean orphaned = auction.group().members().stream().noneMatch(m -> view.contains(m.peer()));
            if (starts.isDeserted(auction) || orphaned && !auction.stage().isOver() && auction.group().members().stream().allMatch(ring::isKnownEnded)) {
                ring.group().propose(new RingCommand.Settle(auction.auctionId(), cancelled("all its nodes are gone")).toBytes(), 0);
            } else if (!auction.freed() && (orphaned && auction.stage().isOver() || auction.stage() == AuctionStage.CANCELLED)) {
                ring.group().propose(new RingCommand.Freed(auction.auctionId()).toBytes(), 0);
            }
        }
    }

    private static String cancelled(String reason) {
        return new String(new Outcome("cancelled", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, Standing.NONE, false, reason).toJson(), StandardCharsets.UTF_8);
    }

    void beat() {
        settleOrphans();
        census.beat();
        reports.keySet().removeIf(id -> state().auction(id).map(DirectoryEntry::freed).orElse(true));
    }
}
