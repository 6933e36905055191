package org.gavel.node.server;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.replication.GroupStatus;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.ring.Duty;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/** What a node tells about itself and, as INM or caretaker, about its ring: the shapes of docs/CLI.md and the watchers' feed. */
final class StatusBoard {
    private static final Gson GSON = new Gson();
    private static final int TAIL = 8;

    private final NodeContext context;
    private final ServerNode node;
    private boolean publishing;

    StatusBoard(NodeContext context, ServerNode node) {
        this.context = context;
        this.node = node;
    }

    RingView view() {
        return node.ring() == null ? null : node.ring().view();
    }

    /**
     * The INM; or, where there is none, a caretaker that reads and writes nothing: the highest living uid here, for among caretakers the lower uid yields
     * (protocol.md section 8).
     */
    boolean answersForRing() {
        RingView view = view();
        if (view == null || node.isManager() || node.ring().leader() != null) {
            return view != null && node.isManager();
        }
        return view.nodes().stream().map(NodeRef::uid).filter(u -> !node.ring().isDead(u)).max(Uid::compareTo).orElse(Uid.NOBODY)
            .equals(context.self().uid());
    }

    /** 'read-only: 2 of 6 members here'; of a serving INM null, unless another ring that has sold too is heard. */
    String notice() {
        RingView view = view();
        if (view == null) {
            return null;
        }
        if (node.isManager() && !node.ring().isPaused()) {
            return node.manager().splitNotice();
        }
        long living = view.nodes().stream().filter(n -> !node.ring().isDead(n.uid())).count();
        return "read-only: " + living + " of " + view.members().size() + " members here"
            + (node.ring().pausedSentence().isEmpty() ? "" : " (" + node.ring().pausedSentence() + ")");
    }

    // ---------------------------------------------------------------- list and status

    String list() {
        List<ItemInfo> items = new ArrayList<>();
        for (Item item : node.ring().state().availableItems()) {
            items.add(new ItemInfo(item.id(), item.title(), item.description(), item.startPriceCents(), item.incrementCents(), item.reserveCents()));
        }
        return GSON.toJson(new AuctionList(items, auctions(false), notice()));
    }

    String status() {
        RingView view = view();
        List<NodeInfo> nodes = new ArrayList<>();
        for (NodeRef member : view.nodes()) {
            DirectoryEntry auction = node.ring().state().auctionOf(member.uid()).orElse(null);
            long heard = context.isSelf(member) ? 0 : context.watchlist().lastHeardAgoMs(member.uid());
            nodes.add(new NodeInfo(member.uid().toString(), member.name(), member.address().toString(), role(member, auction).word(),
                auction == null ? null : auction.auctionId(), member.incarnation(), heard));
        }
        NodeRef inm = node.ring().leader();
        return GSON.toJson(new ClusterStatus(context.settings().cluster(), view.id().toString(), inm == null ? null : inm.uid().toString(),
            nodes, auctions(true), notice()));
    }

    private Duty role(NodeRef member, DirectoryEntry auction) {
        NodeRef inm = node.ring().leader();
        if (inm != null && inm.sameStart(member)) {
            return Duty.INM;
        }
        if (auction == null) {
            return Duty.IDLE;
        }
        NodeRef active = activeOf(auction);
        return active != null && active.sameStart(member) ? Duty.ACTIVE : Duty.FOLLOWER;
    }

    private NodeRef activeOf(DirectoryEntry auction) {
        Message.ActiveReport report = node.desk() == null ? null : node.desk().report(auction.auctionId());
        NodeRef active = report == null ? auction.group().activeNode() : report.active();
        return active == null || node.ring().isDead(active.uid()) ? null : active;
    }

    private List<AuctionInfo> auctions(boolean finishedToo) {
        List<AuctionInfo> infos = new ArrayList<>();
        for (DirectoryEntry auction : node.ring().state().auctions()) {
            if (finishedToo || !auction.stage().isOver()) {
                infos.add(info(auction));
            }
        }
        return infos;
    }

    private AuctionInfo info(DirectoryEntry auction) {
        if (auction.stage().isOver()) {
            Outcome result = result(auction);
            return new AuctionInfo(auction.auctionId(), auction.itemId(), auction.stage().word(), null, List.of(), result == null ? 0 : result.standing().priceCents(),
                result == null || result.winnerName().isEmpty() ? null : result.winnerName(), result == null ? 0 : result.standing().bids(), 0, null);
        }
        NodeRef active = activeOf(auction);
        Message.ActiveReport report = node.desk() == null ? null : node.desk().report(auction.auctionId());
        List<String> followers = new ArrayList<>();
        for (NodeRef member : auction.group().members()) {
            boolean alive = !node.ring().isDead(member.uid()) && view().contains(member.peer());
            if (alive && (active == null || !active.sameStart(member))) {
                followers.add(member.uid().toString());
            }
        }
        String state = active == null ? "electing" : report == null ? "running" : report.state();
        String notice = active != null && followers.size() < 2 ? "no tolerance: 1 + " + followers.size() : null;
        return new AuctionInfo(auction.auctionId(), auction.itemId(), state, active == null ? null : active.uid().toString(), followers,
            report == null ? 0 : report.priceCents(), report == null || report.leaderName().isEmpty() ? null : report.leaderName(),
            report == null ? 0 : report.bids(), report == null ? 0 : report.endsInMs(), notice);
    }

    /** The auction's last outcome; null for one that never began. */
    private static Outcome result(DirectoryEntry auction) {
        try {
            return auction.result().isEmpty() ? null : Outcome.fromJson(auction.result());
        } catch (MalformedException e) {
            return null; // an active of another version wrote it; the status is shown without it
        }
    }

    // ---------------------------------------------------------------- the watchers' feed

    void beat() {
        if (!node.watchers().isEmpty()) {
            node.watchers().publish(own());
        }
    }

    /** Something changed: tell the watchers at the end of this pass, once. */
    void changed() {
        if (!publishing && !node.watchers().isEmpty()) {
            publishing = true;
            context.host().atEndOfPass(() -> {
                publishing = false;
                beat();
            });
        }
    }

    NodeStatus own() {
        RingView view = view();
        AuctionGroup auction = node.auctions().current();
        NodeRef inm = node.ring() == null ? null : node.ring().leader();
        NodeRef self = context.self();
        List<String> suspicions = node.detector().suspicions().stream().map(s -> s.peer().uid().toString()).toList();
        List<NodeStatus.Heard> heard = new ArrayList<>();
        context.watchlist().nodes().forEach(n -> heard.add(new NodeStatus.Heard(n.uid().toString(), context.watchlist().lastHeardAgoMs(n.uid()))));
        return new NodeStatus(self.uid().toString(), self.name(), self.address().toString(), self.incarnation(),
            node.membership().phaseWord(), ownRole(auction).word(), auction == null ? "" : auction.auctionId(),
            view == null ? "" : view.id().toString(), node.ring() == null ? 0 : node.ring().group().epoch(), inm == null ? "" : inm.uid().toString(),
            node.ring() != null && inm == null && answersForRing(),
            view == null ? "" : view.successor(self.uid()).map(m -> m.uid().toString()).orElse(""),
            view == null ? "" : view.predecessor(self.uid()).map(m -> m.uid().toString()).orElse(""), suspicions,
            node.ring() == null ? "" : node.ring().election().status().state().name(), node.ring() == null ? null : log(node.ring().group().status()),
            auction == null ? null : log(auction.group().status()), heard, node.linkLayer().counters().sent(),
            node.linkLayer().counters().resent(), context.host().wallClockMs(), StatusDetails.of(context, node));
    }

    private Duty ownRole(AuctionGroup auction) {
        if (node.isManager()) {
            return Duty.INM;
        }
        return auction == null ? Duty.IDLE : auction.isActive() ? Duty.ACTIVE : Duty.FOLLOWER;
    }

    private static NodeStatus.LogStatus log(GroupStatus status) {
        List<String> tail = new ArrayList<>();
        for (GroupStatus.Entry entry : status.lastEntries()) {
            tail.add(entry.epoch() + "." + entry.index() + (entry.committed() ? "+" : entry.held() ? "-" : "?"));
        }
        return new NodeStatus.LogStatus(status.role().name().toLowerCase(java.util.Locale.ROOT), status.epoch(), status.lastIndex(), status.committedIndex(),
            tail.subList(Math.max(0, tail.size() - TAIL), tail.size()), status.paused());
    }
}
