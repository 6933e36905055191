package org.gavel.node.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.directory.RingState;
import org.gavel.node.replication.Configuration;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageType;

/**
 * The auction that this node serves, if any: takes assignments, keeps the refusals it has stored, and leaves when its duty is over. A node serves one
 * auction at a time; its own word on its duty wins (protocol.md section 8).
 */
final class Auctions {
    /** An assignment that no active ever confirmed is given up after this. */
    static final long LAPSE_MS = StartDesk.LAPSE_MS;
    private static final String CLOSED_TO = "closed-to/";
    /** Logs remembered as given up; an INM repeats a first assignment only within seconds. */
    private static final int GIVEN_UP_MAX = 1_000;

    /** What auctions ask of their node. */
    interface Listener {
        NodeRef inm();

        /** Null while this node is no member of a ring: what it reads on its way up the log is long past. */
        RingState ringState();

        /** By the ring's word. */
        boolean isKnownEnded(NodeRef node);

        void onChanged();
    }

    private final NodeContext context;
    private final Listener listener;
    private final Map<Long, AuctionGroup> groups = new LinkedHashMap<>();
    private final Map<Long, Boolean> confirmed = new LinkedHashMap<>();
    /** Logs of groups that this node has left: none is ever begun again under its old id. */
    private final Set<Long> givenUp = new LinkedHashSet<>();
    private final Strays strays;
    private long foundation;
    private long highestInmEpoch;

    Auctions(NodeContext context, Listener listener) {
        this.context = context;
        this.listener = listener;
        strays = new Strays(context);
    }

    Strays strays() {
        return strays;
    }

    /** The one that this node serves, or null. */
    AuctionGroup current() {
        return groups.isEmpty() ? null : groups.values().iterator().next();
    }

    /** The foundation of the ring whose auctions this node keeps copies of; 0 if it keeps none. */
    long boundTo() {
        return groups.isEmpty() ? 0 : foundation;
    }

    AuctionGroup byAuctionId(String auctionId) {
        return groups.values().stream().filter(g -> g.auctionId().equals(auctionId)).findFirst().orElse(null);
    }

    boolean isMember(PeerId peer) {
        return groups.values().stream().anyMatch(g -> g.isMember(peer));
    }

    /** True if this node is a follower: its active speaks for it to the INM. */
    boolean follows() {
        return groups.values().stream().anyMatch(g -> g.active() != null && !g.isActive());
    }

    /**
     * True if that node is a follower of an auction whose living active answers for it, and names it: one that was only assigned may never get there. A silent
     * auction's members are asked one by one.
     */
    boolean followsElsewhere(RingGroup ring, AuctionDesk desk, NodeRef node) {
        DirectoryEntry auction = ring.state().auctionOf(node.uid()).orElse(null);
        NodeRef active = auction == null ? null : auction.group().activeNode();
        Message.ActiveReport report = auction == null ? null : desk.report(auction.auctionId());
        boolean unnamed = report != null && !report.members().contains(node.uid());
        return active != null && !unnamed && !active.sameStart(node) && ring.isMember(active.peer()) && !ring.isDead(active.uid());
    }

    /** Whom this node watches because of its auction. */
    List<NodeRef> monitored() {
        List<NodeRef> peers = new ArrayList<>();
        for (AuctionGroup group : groups.values()) {
            if (group.isActive()) {
                peers.addAll(group.livingMembers());
            } else if (group.active() != null) {
                peers.add(group.active());
            } else {
                peers.addAll(group.livingMembers());
            }
        }
        return peers;
    }

    // ---------------------------------------------------------------- assignments

    /** With acceptors: a new auction's first members. Without: this node is asked to join a running group as a newcomer. */
    void onAssign(NodeRef inm, long number, Message.Assign assign) {
        if (isStray(inm, number, assign)) {
            return;
        }
        AuctionGroup present = groups.get(number);
        if (present != null && present.auctionId().equals(assign.auctionId())) {
            reply(inm, number, new Message.AssignReply(assign.auctionId(), true, "", present.logId()));
            return;
        }
        // A newcomer to a running auction opens nothing, whatever became of the assignment before.
        if (!assign.acceptors().isEmpty() && context.host().store().fact(closedTo(assign.auctionId())).isPresent()) {
            reply(inm, number, new Message.ClosedTo(assign.auctionId(), true, ""));
            return;
        }
        String refusal = refusal(assign);
        if (refusal != null) {
            reply(inm, number, new Message.AssignReply(assign.auctionId(), false, refusal, 0));
            return;
        }
        AuctionTerms terms;
        try {
            terms = terms(assign);
        } catch (MalformedException e) {
            reply(inm, number, new Message.AssignReply(assign.auctionId(), false, e.getMessage(), 0));
            return;
        }
        highestInmEpoch = assign.inmEpoch();
        long logId = assign.acceptors().stream().filter(a -> context.isSelf(a.node())).map(Acceptor::logId).findFirst().orElseGet(context::randomId);
        Configuration base = assign.acceptors().isEmpty() ? null
            : new Configuration(0, 0, assign.acceptors(), GroupMembers.payload(assign.ring()));
        AuctionGroup group = new AuctionGroup(context, new GroupListener(), number, terms, assign.ring(), logId, base);
        groups.put(number, group);
        confirmed.put(number, false);
        context.host().schedule(LAPSE_MS, () -> lapse(group));
        context.trace("auction", "assigned", number, inm.uid(), "is assigned to " + assign.auctionId());
        reply(inm, number, new Message.AssignReply(assign.auctionId(), true, "", logId));
        listener.onChanged();
    }

    /** Only the INM whose epoch this node follows gives duties; what a former one still says, the present one says again if it holds. */
    private boolean isStray(NodeRef sender, long number, Message message) {
        boolean stray = listener.inm() == null || !listener.inm().sameStart(sender);
        if (stray) {
            strays.drop(sender, number, message, "it is not the INM");
        }
        return stray;
    }

    private AuctionTerms terms(Message.Assign assign) throws MalformedException {
        Item item = Item.fromJson(JsonFields.parse(assign.item().getBytes(StandardCharsets.UTF_8), "the item of " + assign.auctionId()));
        return new AuctionTerms(assign.auctionId(), item, assign.seller(), assign.sellerName(), assign.durationMs(), context.settings().extendWindowMs());
    }

    private String refusal(Message.Assign assign) {
        if (!groups.isEmpty()) {
            return "busy with " + current().auctionId();
        }
        if (assign.inmEpoch() < highestInmEpoch) {
            return "assigned by an INM of an older epoch";
        }
        return assign.acceptors().stream().anyMatch(a -> givenUp.contains(a.logId()))
            ? "this node has left " + assign.auctionId() + " before and kept nothing of its log" : null;
    }

    /** Auction ids begin anew with each foundation, so the name of a stored refusal holds both. */
    private String closedTo(String auctionId) {
        return CLOSED_TO + Long.toHexString(foundation) + "/" + auctionId;
    }

    void onElect(NodeRef inm, Message.Elect elect) {
        AuctionGroup group = byAuctionId(elect.auctionId());
        if (!isStray(inm, group == null ? 0 : group.number(), elect) && group != null) {
            group.electFirst(elect.accepted());
        }
    }

    /** Stores, then says, that this node will never open the auction; unless it has been opened here already. */
    void onCloseTo(NodeRef inm, long number, Message.CloseTo closeTo) {
        if (isStray(inm, number, closeTo)) {
            return;
        }
        AuctionGroup group = groups.get(number);
        if (group != null && group.everServed()) {
            reply(inm, number, new Message.ClosedTo(closeTo.auctionId(), false, "it runs"));
            return;
        }
        if (group != null) {
            close(group, "the INM closed it before it began");
        }
        context.host().store().storeFact(closedTo(closeTo.auctionId()), "1",
            () -> reply(inm, number, new Message.ClosedTo(closeTo.auctionId(), true, "")));
    }

    private void reply(NodeRef to, long number, Message message) {
        context.links().send(to, number, message);
    }

    private void lapse(AuctionGroup group) {
        if (groups.get(group.number()) == group && !group.everServed() && group.active() == null && !group.isActive()) {
            String auctionId = group.auctionId();
            close(group, "no active confirmed it in time");
            if (!group.isNewcomer()) {
                context.host().store().storeFact(closedTo(auctionId), "1", () -> sayClosed(group.number(), auctionId));
            }
        }
    }

    private void sayClosed(long number, String auctionId) {
        NodeRef inm = listener.inm();
        if (inm != null) {
            reply(inm, number, new Message.ClosedTo(auctionId, true, ""));
        }
    }

    private void close(AuctionGroup group, String why) {
        groups.remove(group.number());
        confirmed.remove(group.number());
        group.close();
        context.host().store().drop(group.number(), () -> { }); // no group has its number again, so nothing else would ever take its place
        if (givenUp.add(group.logId()) && givenUp.size() > GIVEN_UP_MAX) {
            givenUp.remove(givenUp.iterator().next());
        }
        context.trace("auction", "left", group.number(), context.self().uid(), "is idle again: " + group.auctionId() + " " + why);
        listener.onChanged();
    }

    /**
     * This node joins, or founds, the ring of that foundation. Only another one's auctions are given up: one that its ring had put out and that returns keeps its copy.
     */
    void onFoundation(long newFoundation) {
        if (newFoundation != foundation) {
            closeAll("belongs to a ring that this node has left");
            foundation = newFoundation;
        }
    }

    void closeAll(String why) {
        List.copyOf(groups.values()).forEach(g -> close(g, why));
        highestInmEpoch = 0;
    }

    // ---------------------------------------------------------------- the ring's word

    /** The directory moved: this node leaves a group that is over, or that goes on without it. */
    void onRingChanged() {
        RingState state = listener.ringState();
        if (state == null) {
            return;
        }
        for (AuctionGroup group : List.copyOf(groups.values())) {
            DirectoryEntry auction = state.auction(group.auctionId()).orElse(null);
            group.leftBehind().giveWay();
            group.activeRole().onRingChanged();
            if (group.leftBehind().isNamed(context.self())) {
                confirmed.put(group.number(), true);
            } else if (confirmed.get(group.number()) && !group.isLeading() && !isStillAcceptor(group)) {
                close(group, auction == null || auction.freed() ? "is over" : "goes on without this node");
            } else if (auction != null && auction.freed()) {
                close(group, "is over");
            } else if (auction == null && confirmed.get(group.number())) {
                close(group, "is over, and so long that the ring has forgotten it");
            }
        }
    }

    /**
     * An acceptor put out answers until the new configuration is known committed here. One that a later entry of its own log counts is an acceptor already: that
     * entry may be committed, and only the word of it still on its way.
     */
    private boolean isStillAcceptor(AuctionGroup group) {
        return group.group().configurations().stream().anyMatch(c -> c.contains(context.self().uid(), group.logId()));
    }

    // ---------------------------------------------------------------- passing on

    void onMessage(PeerId from, NodeRef sender, long number, Message message) {
        AuctionGroup group = groups.get(number);
        if (group != null) {
            if (message.type() != MessageType.REPLACEMENT || !isStray(sender, number, message)) {
                group.onMessage(from, sender, message);
            }
            return;
        }
        switch (message.type()) {
            case ATTACH -> detach(sender, number, ((Message.Attach) message).auctionId());
            case SUBMIT -> detach(sender, number, "");
            case HEARTBEAT -> {
                if (!((Message.Heartbeat) message).view().isNone()) { // a client's names no view
                    sayNoCopy(sender, number);
                }
            }
            case APPEND, SNAPSHOT_PIECE, PREPARE, FETCH, TOKEN -> sayNoCopy(sender, number);
            default -> { } // an answer to one who is a member no more
        }
    }

    /** Whoever counts on this node as a member of that group counts in vain; a heartbeat asks again should this get lost. */
    private void sayNoCopy(NodeRef member, long number) {
        context.links().sendUnreliable(member, number, new Message.Over(ViewId.NONE, "this node has no copy of that auction"));
    }

    /** Said by a node about itself: it has no copy of the group. Or by the active to one that the group goes on without. */
    void onOver(NodeRef sender, long number, Message.Over over) {
        AuctionGroup group = groups.get(number);
        if (group != null && over.view().isNone()) {
            group.onNoCopy(sender);
        } else if (group != null && group.leftBehind().isOver(sender, over.view())) {
            close(group, over.reason());
        }
    }

    /** Whoever asks for a finished auction gets its stored result; else the way to go is to look it up again. */
    private void detach(NodeRef client, long number, String auctionId) {
        RingState state = listener.ringState();
        DirectoryEntry auction = state == null ? null : state.auction(auctionId).orElse(null);
        boolean finished = auction != null && auction.stage().isOver();
        context.links().send(client, number, finished ? new Message.Detached(auctionId, "finished", auction.result())
            : new Message.Detached(auctionId, "not-active", "this node does not serve " + auctionId));
    }

    void onDead(NodeRef node, boolean knownEnded, String why) {
        List.copyOf(groups.values()).forEach(g -> g.onDead(node, knownEnded, why));
    }

    void onAlive(NodeRef node) {
        groups.values().forEach(g -> g.onAlive(node));
    }

    void onRoom(NodeRef peer) {
        groups.values().forEach(g -> g.onRoom(peer));
    }

    /** What was on a link that closed is lost: the group asks again at once, its stall timer is for what nobody noticed. */
    void onUndelivered(NodeRef peer, long number) {
        AuctionGroup group = groups.get(number);
        if (group != null) {
            group.group().onUndelivered(peer);
        }
    }

    void onPeerGone(PeerId peer) {
        groups.values().forEach(g -> g.onPeerGone(peer));
    }

    void beat() {
        onRingChanged();
        groups.values().forEach(this::remindOfDeaths);
        List.copyOf(groups.values()).forEach(AuctionGroup::beat);
        sayWhereCountedInVain();
    }

    /** A configuration may make a member of one that was found dead before, and is watched already for another duty: no second verdict follows. */
    private void remindOfDeaths(AuctionGroup group) {
        List.copyOf(group.livingMembers()).stream().filter(m -> context.watchlist().isDead(m)).forEach(m -> group.onDead(m, false, "it was found dead before"));
    }

    /** The ring names this node among an auction's, and it has no copy: no other copy that is lost may be taken for one of many because of it. */
    private void sayWhereCountedInVain() {
        RingState state = listener.ringState();
        NodeRef inm = listener.inm();
        if (state != null && inm != null) {
            state.auctionOf(context.self()).filter(a -> !a.stage().isOver() && !groups.containsKey(a.assignment().group()))
                .ifPresent(a -> sayNoCopy(inm, a.assignment().group()));
        }
    }

    private final class GroupListener implements AuctionGroup.Listener {
        @Override
        public void onGroupChanged(AuctionGroup group) {
            listener.onChanged();
        }

        @Override
        public NodeRef inm() {
            return listener.inm();
        }

        @Override
        public DirectoryEntry entry(String auctionId) {
            RingState state = listener.ringState();
            return state == null ? null : state.auction(auctionId).orElse(null);
        }

        @Override
        public boolean isKnownEnded(NodeRef node) {
            return listener.isKnownEnded(node);
        }
    }
}
