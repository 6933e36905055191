package org.gavel.node.server;

import java.util.List;
import org.gavel.node.directory.RingState;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.protocol.auction.AuctionState;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.link.LinkCounters;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.ring.RingView;

/**
 * The inside of a {@link ServerNode} for whoever simulates it or checks its invariants: looks, changes nothing, sends nothing. Valid for as long as the
 * node, also after its host has ended (then it shows what the process knew when it died).
 */
public final class NodeInspection {
    private final ServerNode node;

    public NodeInspection(ServerNode node) {
        this.node = node;
    }

    public NodeRef self() {
        return node.self();
    }

    /** What the node would tell a watcher now. */
    public NodeStatus status() {
        return node.board().own();
    }

    // ---------------------------------------------------------------- the ring

    /** Part of an installed view, as far as this node knows. */
    public boolean isMember() {
        return node.membership().phase() == Membership.Phase.MEMBER;
    }

    /** Random number of its ring's foundation; 0 while it is in none. */
    public long foundation() {
        return node.ring() == null ? 0 : node.ring().foundation();
    }

    /** Of the ring that its auction belongs to, though the ring may have put this node out; 0 if it serves none. */
    public long auctionFoundation() {
        return node.auctions().boundTo();
    }

    /** Sees the multicast of verdicts of every ring that this node enters from now on. */
    public void watchVerdicts(VerdictWatcher watcher) {
        node.seat().watchVerdicts(watcher);
    }

    /** Null while this node is in no ring, nor on its way into one. */
    public ReplicatedGroup ringGroup() {
        return node.ring() == null ? null : node.ring().group();
    }

    /** Null like {@link #ringGroup}. */
    public RingState ringState() {
        return node.ring() == null ? null : node.ring().state();
    }

    /** The installed view; null before the first. */
    public RingView view() {
        return node.ring() == null ? null : node.ring().view();
    }

    /** The INM that this node believes in, or null. */
    public NodeRef inm() {
        return node.ring() == null ? null : node.ring().leader();
    }

    /** Serves as INM. */
    public boolean isManager() {
        return node.isManager();
    }

    /** By the word of its ring, that start will never speak again; false while it is in none. */
    public boolean isKnownEnded(NodeRef start) {
        return node.ring() != null && node.ring().isKnownEnded(start);
    }

    /** Leads its ring, or tries to, and reaches no majority. */
    public boolean isRingPaused() {
        return node.ring() != null && node.ring().isPaused();
    }

    // ---------------------------------------------------------------- its auction

    /** Id of the auction that this node serves, or null. */
    public String auctionId() {
        AuctionGroup auction = node.auctions().current();
        return auction == null ? null : auction.auctionId();
    }

    /** The group's number on the wire; 0 without an auction. */
    public long auctionNumber() {
        AuctionGroup auction = node.auctions().current();
        return auction == null ? 0 : auction.number();
    }

    /** Null unless it serves an auction. */
    public ReplicatedGroup auctionGroup() {
        AuctionGroup auction = node.auctions().current();
        return auction == null ? null : auction.group();
    }

    public AuctionState auctionState() {
        AuctionGroup auction = node.auctions().current();
        return auction == null ? null : auction.machine().state();
    }

    /** Serves as the auction's active. */
    public boolean isActive() {
        AuctionGroup auction = node.auctions().current();
        return auction != null && auction.isActive();
    }

    /** Members of the auction's group that this node does not take for dead; empty without an auction. */
    public List<NodeRef> livingAuctionMembers() {
        AuctionGroup auction = node.auctions().current();
        return auction == null ? List.of() : auction.livingMembers();
    }

    // ---------------------------------------------------------------- below

    /** What its link layer has counted. */
    public LinkCounters linkCounters() {
        return node.linkLayer().counters();
    }
}
