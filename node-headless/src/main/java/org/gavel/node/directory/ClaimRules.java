package org.gavel.node.directory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.auction.Participant;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.wire.Acceptor;

/** Who may be assigned to what: reads the ring's state, changes nothing, and names why not. */
final class ClaimRules {
    /** One active and three followers (protocol.md section 9). */
    static final int GROUP_NODES_MAX = 4;

    private final RingState ring;

    ClaimRules(RingState ring) {
        this.ring = ring;
    }

    static String unknownItem(String itemId) {
        return "there is no item '" + itemId + "'; 'list' shows what can be auctioned";
    }

    /** Why this claim is refused; null if it holds. */
    String refusal(RingCommand.Claim claim) {
        String item = itemRefusal(claim.start());
        return item != null ? item : nodesRefusal(claim);
    }

    /** Why this item cannot be claimed, whoever would serve it; null if it can. */
    String itemRefusal(RingCommand.Start start) {
        CatalogueItem item = ring.item(start.itemId()).orElse(null);
        if (item == null) {
            return unknownItem(start.itemId());
        }
        if (item.status() == ItemStatus.SOLD) {
            return "item '" + start.itemId() + "' was sold in " + item.auctionId() + "; 'list' shows what is left";
        }
        if (item.status() == ItemStatus.CLAIMED) {
            boolean cancelled = ring.auction(item.auctionId()).map(e -> e.stage().isOver()).orElse(true);
            return "item '" + start.itemId() + "' belongs to auction " + item.auctionId()
                    + (cancelled ? ", which was cancelled; an operator can release it" : "; join that one");
        }
        if (start.durationMs() < 1 || start.durationMs() > AuctionTerms.DURATION_MS_MAX) {
            return "a duration is 1 ms to 30 days, this one is " + start.durationMs() + " ms";
        }
        Item priced = item.item().withPrices(start.startPriceCents(), start.reserveCents());
        Optional<String> complaint = priced.complaint();
        return complaint.isPresent() ? complaint.get() : Participant.nameComplaint(start.sellerName()).orElse(null);
    }

    private String nodesRefusal(RingCommand.Claim claim) {
        if (claim.members().isEmpty() || claim.members().size() > GROUP_NODES_MAX || claim.acceptors().isEmpty()) {
            return "an auction is served by 1 to " + GROUP_NODES_MAX + " nodes with at least one acceptor among them";
        }
        Set<Uid> seen = new HashSet<>();
        for (NodeRef node : claim.members()) {
            String refusal = seen.add(node.uid()) ? nodeRefusal(node, null) : node + " is named twice";
            if (refusal != null) {
                return refusal;
            }
        }
        for (Acceptor acceptor : claim.acceptors()) {
            if (!claim.members().stream().anyMatch(n -> n.sameStart(acceptor.node()))) {
                return "acceptor " + acceptor.node() + " is not one of the auction's nodes";
            }
        }
        return null;
    }

    /** Why this node cannot serve {@code auction} (null: a new one); null if it can, or serves it already. */
    private String nodeRefusal(NodeRef node, DirectoryEntry auction) {
        Optional<DirectoryEntry> other = ring.auctionOf(node);
        if (other.isPresent()) {
            return auction != null && other.get().auctionId().equals(auction.auctionId()) ? null
                    : "node " + node + " is not idle, it serves " + other.get().auctionId();
        }
        if (!ring.view().contains(node.peer())) {
            return "node " + node + " is no member of the ring's view";
        }
        // A node of a running auction may have been elected INM while the ring took it for idle; it is named like any other, and yields as soon as an idle node exists.
        return auction == null && node.uid().equals(ring.view().inm()) ? "node " + node + " is the INM and not idle" : null;
    }

    /** Why this report of an active is refused; null if it holds. */
    String activationRefusal(DirectoryEntry entry, RingCommand.Activated report) {
        if (entry.stage().isOver()) {
            return entry.auctionId() + " is " + entry.stage().word();
        }
        DirectoryEntry.Group group = entry.group();
        if (report.epoch() < group.epoch() || report.epoch() == group.epoch() && !report.active().equals(group.active())) {
            return "epoch " + report.epoch() + " of " + entry.auctionId() + " is over, " + group.active().shortForm() + " leads epoch "
                    + group.epoch();
        }
        // A later epoch may be led by one that was to be replaced and was not yet: the group elects among those that it counts itself.
        if (!group.contains(report.active()) && !report.members().contains(report.active())) {
            return report.active().shortForm() + " is no node of " + entry.auctionId();
        }
        for (Uid uid : report.members()) {
            NodeRef node = resolve(group, uid);
            String refusal = node == null ? uid.shortForm() + " is unknown to the ring" : group.contains(uid) ? null : nodeRefusal(node, entry);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /**
     * The group as its active reports it. Members that were reserved and not yet reported stay: the report may have been written before
     * the active heard of them, and a node on its way in must not be given to another auction.
     */
    DirectoryEntry.Group reportedGroup(DirectoryEntry.Group group, RingCommand.Activated report) {
        List<NodeRef> members = new ArrayList<>();
        List<Uid> reserved = new ArrayList<>(group.reserved());
        reserved.removeAll(report.members());
        Set<Uid> reported = new HashSet<>(report.members());
        for (NodeRef known : group.members()) {
            boolean stays = report.members().isEmpty() || reported.contains(known.uid()) || reserved.contains(known.uid());
            if (stays || known.uid().equals(report.active())) {
                members.add(known);
            }
        }
        for (Uid uid : report.members()) {
            if (members.size() < DirectoryEntry.Group.MEMBERS_MAX && members.stream().noneMatch(m -> m.uid().equals(uid))) {
                members.add(resolve(group, uid));
            }
        }
        return new DirectoryEntry.Group(List.copyOf(members), group.acceptors(), List.copyOf(reserved), report.active(), report.epoch());
    }

    private NodeRef resolve(DirectoryEntry.Group group, Uid uid) {
        NodeRef known = group.node(uid);
        return known != null ? known : ring.view().member(uid).map(Member::node).orElse(null);
    }

    /** Why an auction cannot have these members; null if it can. */
    String membersRefusal(DirectoryEntry entry, List<NodeRef> members) {
        if (entry.stage().isOver()) {
            return entry.auctionId() + " is " + entry.stage().word();
        }
        if (members.isEmpty()) {
            return "an auction has at least one node";
        }
        Set<Uid> seen = new HashSet<>();
        for (NodeRef node : members) {
            NodeRef known = entry.group().node(node.uid());
            String refusal = !seen.add(node.uid()) ? node + " is named twice"
                    : known != null && known.sameStart(node) ? null : nodeRefusal(node, entry);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /** The group with exactly these members; whoever is new is reserved until the active reports it. */
    DirectoryEntry.Group changedGroup(DirectoryEntry.Group group, List<NodeRef> members) {
        List<Uid> reserved = new ArrayList<>();
        for (NodeRef node : members) {
            NodeRef known = group.node(node.uid());
            if (known == null || !known.sameStart(node) || group.reserved().contains(node.uid())) {
                reserved.add(node.uid());
            }
        }
        return new DirectoryEntry.Group(members, group.acceptors(), List.copyOf(reserved), group.active(), group.epoch());
    }
}
