package org.gavel.node.server;

import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageType;

/**
 * What reaches a node from outside its ring (protocol.md sections 4 and 8): nodes that look for one, the announcements of this and of another ring, former
 * members that do not know yet that the view has gone on without them, and the word that it has gone on without this one.
 */
final class RingBorder {
    private final NodeContext context;
    private final RingSeat seat;
    private final LostCopies lostCopies = new LostCopies();

    RingBorder(NodeContext context, RingSeat seat) {
        this.context = context;
        this.seat = seat;
    }

    /** A node that still counts itself in, though the view has gone on without it, is told so by the INM. */
    void turnAwayStranger(NodeRef sender, Message message) {
        RingGroup ring = seat.ring();
        boolean speaksAsMember = message.type() == MessageType.HEARTBEAT
            || message.type() == MessageType.APPEND || message.type() == MessageType.PREPARE;
        if (seat.isManager() && !ring.isPaused() && speaksAsMember && ring.view() != null && !ring.isMember(sender.peer())) {
            context.links().send(sender, Links.RING_GROUP, new Message.Over(ring.view().id(), "view " + ring.view().id() + " goes on without you"));
        }
    }

    void onHello(PeerId from, Message.Hello hello) {
        seat.membership().onHello(from, hello);
        checkForRestart(hello.node());
        RingGroup ring = seat.ring();
        boolean stray = seat.isManager() && !ring.isPaused() && ring.view() != null && !hello.view().isNone()
            && hello.view().foundation() == ring.view().id().foundation();
        if (stray && !ring.isMember(hello.node().peer())) {
            context.links().send(hello.node(), Links.RING_GROUP, new Message.Over(ring.view().id(), "view " + ring.view().id() + " goes on without you"));
        }
    }

    void onHelloReply(Message.HelloReply reply) {
        seat.membership().onHelloReply(reply);
        if (reply.member() != null) {
            checkForRestart(reply.member());
        }
    }

    /** Without an INM whoever hears a later start of a member finds out whether that member lives (protocol.md section 1): it may be one copy too few. */
    private void checkForRestart(NodeRef later) {
        RingView view = seat.view();
        if (view != null && seat.leader() == null) {
            view.member(later.uid()).filter(m -> !lostCopies.isGone(m)).map(Member::node).filter(m -> m.incarnation() < later.incarnation() && !context.isSelf(m))
                .ifPresent(older -> seat.manager().checkTwin(older, later));
        }
    }

    void onAnnounce(Message.Announce announce) {
        if (context.isSelf(announce.inm())) {
            return;
        }
        seat.membership().onAnnounce(announce);
        RingGroup ring = seat.ring();
        if (ring == null || ring.view() == null || seat.membership().phase() != Membership.Phase.MEMBER) {
            return;
        }
        boolean foreign = announce.view().foundation() != ring.view().id().foundation();
        if (seat.isManager()) {
            seat.manager().onForeignAnnounce(announce);
        } else if (foreign && ring.leader() == null) {
            if (giveUpIf(lostCopies.leaveTooFew(ring.view(), ring::isKnownEnded))) {
                return; // nobody comes back to this ring, and there is another one
            }
            // A member may have been started again, and be with the other ring: it does not know that this one waits for its older start. All who hear this answer.
            context.links().broadcast(Links.NODE_GROUP, new Message.Hello(context.self(), ring.view().id()));
        } else if (foreign && ring.leader() != null) {
            // Where only seeds hear each other, the INMs of two rings may not: a member that hears the other's tells its own.
            context.links().sendUnreliable(ring.leader(), Links.NODE_GROUP, announce);
        }
        if (announce.view().isNewerThan(ring.view().id())) {
            // Perhaps we are only late, perhaps it goes on without us: the INM knows.
            context.links().sendUnreliable(announce.inm(), Links.NODE_GROUP, new Message.Hello(context.self(), ring.view().id()));
        }
    }

    /**
     * From the INM to a member or former one: the ring has dissolved, or a newer view goes on without it. On the ring's own group from a member: it has no copy of
     * that ring.
     */
    void onOver(NodeRef sender, long group, Message.Over over) {
        RingGroup ring = seat.ring();
        if (ring == null || seat.membership().phase() == Membership.Phase.JOINING) {
            return;
        }
        RingView view = ring.view();
        boolean noCopy = over.view().isNone() && group != Links.RING_GROUP;
        boolean dissolved = over.view().isNone() && !noCopy && sender.equals(ring.leader());
        boolean newer = view != null && over.view().isNewerThan(view.id());
        if (dissolved || newer) {
            seat.membership().reset(over.reason());
        } else if (noCopy && view != null && view.contains(sender.peer())) {
            lostCopies.gone(view, sender);
            if (!giveUpIfBeyondRepair()) {
                ring.onNoCopy(sender);
            }
        }
    }

    /** A member that gave up its copy, perhaps because it did not know that the ring counts it already, asks to be taken in anew. */
    void onJoinRequest(NodeRef sender, Message.JoinRequest join) {
        RingView view = seat.view();
        if (view != null && sender.sameStart(join.node())) {
            lostCopies.joinsAnew(view, join.node(), join.logId());
            giveUpIfBeyondRepair();
        }
    }

    /** A member was started again: that start comes back as a newcomer only. */
    void onStartGone(NodeRef start) {
        RingView view = seat.view();
        if (view != null) {
            lostCopies.gone(view, start);
            context.host().atEndOfPass(this::giveUpIfBeyondRepair);
        }
    }

    /** Who was asked for a member's start at its address, and is a later one of the same uid, has its port: that start is over. */
    void onProbeReply(Address from, PeerId answering) {
        RingView view = seat.view();
        if (view != null) {
            view.member(answering.uid()).map(Member::node).filter(m -> m.incarnation() < answering.incarnation() && m.address().equals(from)).ifPresent(this::onStartGone);
        }
    }

    /**
     * Where no majority of the copies can come together again, and nothing was sold that anybody could lose, the nodes that are left look for another ring, or
     * found one together with those who gave up. With a sale only the operator's word goes on.
     */
    private boolean giveUpIfBeyondRepair() {
        RingView view = seat.view();
        return view != null && giveUpIf(lostCopies.leaveTooFew(view, member -> false));
    }

    private boolean giveUpIf(boolean tooFewLeft) {
        RingGroup ring = seat.ring();
        boolean beyondRepair = tooFewLeft && ring.hasThisNode() && !ring.state().sold();
        if (beyondRepair) {
            seat.membership().reset("too few copies are left of a ring that has sold nothing");
        }
        return beyondRepair;
    }
}
