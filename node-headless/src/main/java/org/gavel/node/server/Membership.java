package org.gavel.node.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gavel.protocol.discovery.BroadcastSchedule;
import org.gavel.protocol.election.ElectionListener;
import org.gavel.protocol.election.LcrElection;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageType;

/**
 * How a node gets into a ring and stays in one (protocol.md section 4): it says Hello until admitted, asks the INM that it hears of to take it
 * in, and founds a ring together with the nodes heard so far when no member answers.
 */
final class Membership {
    /** An INM is asked again after this. */
    static final long JOIN_PERIOD_MS = 1_000;
    /** A node that has heard no member for this long founds. */
    static final long FOUNDING_AFTER_MS = 1_000;
    /** Searching nodes remembered; more are simply not part of the founding and join afterwards. */
    static final int HEARD_MAX = 200;
    /** An INM that does not take us in within this time is asked no longer; we listen for another. */
    static final long JOIN_PATIENCE_MS = 5_000;

    /**
     * A ring of which no member is heard for this long is looked for no longer: its founder may have died before it took anybody in. Members answer every
     * Hello and the INM announces itself at each heartbeat, so that much silence means that nobody of it is left here.
     */
    static final long SILENCE_MS = 5_000;

    /** Members of the ring that this node comes from are asked as well, so many with each Hello: broadcasts may not get through just now. */
    static final int FORMER_ASKED = 5;

    /** Where a node stands with its ring. */
    enum Phase {
        /** Says Hello; has heard of no installed view. */
        SEARCHING,
        /** Heard nobody with a view: elects, among those heard, the one that founds. */
        FOUNDING,
        /** Knows an INM and waits to be taken in. */
        JOINING,
        /** Part of the installed view. */
        MEMBER
    }

    /** What membership asks of the node. */
    interface Listener {
        /** Make a ring group as a newcomer with this fresh log id, in place of any earlier one. */
        void onJoining(long logId, long foundation);

        /** Found a ring: nobody has one. */
        void onFound(long logId, long foundation);

        /** Drop the ring group: this node is nobody's member any more. */
        void onReset(String reason);

        /** The view and the INM to name to others; NONE and null if there is none. */
        ViewId view();

        NodeRef inm();

        /** All of that view, or empty. */
        List<NodeRef> members();

        /** The foundation of the ring whose auction this node keeps a copy of, or 0. It may neither found a ring nor join another one then: bids would go with the copy. */
        long boundTo();

        boolean isMember(PeerId peer);
    }

    private enum Timer { FOUND, JOIN, JOIN_PATIENCE, SILENCE }

    private final NodeContext context;
    private final Listener listener;
    private final NodeControl control;
    private final Timers<Timer> timers;
    private final Map<Uid, NodeRef> heard = new TreeMap<>();
    private final LcrElection founding;
    private Phase phase = Phase.SEARCHING;
    private final BroadcastSchedule hellos;
    private long logId;
    private long foundation;
    private NodeRef inm;
    /** While searching: members of a ring answer, though none names an INM. */
    private boolean ringHeard;
    private ViewId lastView = ViewId.NONE;
    /** Of the ring that this node was a member of last; at most as many as a view has. */
    private List<NodeRef> former = List.of();
    private int formerAsked;

    Membership(NodeContext context, Listener listener, NodeControl control) {
        this.context = context;
        this.listener = listener;
        this.control = control;
        timers = new Timers<>(context.host(), this::onTimer);
        hellos = new BroadcastSchedule(context.host(), this::sayHello);
        founding = new LcrElection(Links.NODE_GROUP, context.self(), context.host(), context.links(), new FoundingListener(),
            RingGroup.electionSettings());
    }

    Phase phase() {
        return phase;
    }

    /** The phase for people. A searching node that keeps a copy is 'bound': it waits for that copy's ring, and may do so for ever (docs/decisions/0006). */
    String phaseWord() {
        return phase == Phase.SEARCHING && listener.boundTo() != 0 ? "bound" : phase.name().toLowerCase(Locale.ROOT);
    }

    LcrElection foundingElection() {
        return founding;
    }

    void start() {
        becomeSearching("started");
    }

    // ---------------------------------------------------------------- states

    private void becomeSearching(String why) {
        phase = Phase.SEARCHING;
        ringHeard = false;
        inm = null;
        heard.clear();
        heard.put(context.self().uid(), context.self());
        timers.cancelAll();
        hellos.start();
        timers.set(Timer.FOUND, FOUNDING_AFTER_MS);
        context.trace("discovery", "searching", Links.NODE_GROUP, Uid.NOBODY, "looks for a ring: " + why);
    }

    private void becomeFounding() {
        phase = Phase.FOUNDING;
        context.trace("discovery", "founding", Links.NODE_GROUP, Uid.NOBODY,
            "nobody answered: founds a ring with " + (heard.size() - 1) + " others heard");
        installFoundingRing();
        founding.start(1, "no ring was heard");
        timers.set(Timer.FOUND, FOUNDING_AFTER_MS * 3);
    }

    private void becomeJoining(NodeRef newInm, long newFoundation) {
        boolean fresh = phase != Phase.JOINING || newFoundation != foundation;
        foundation = newFoundation;
        phase = Phase.JOINING;
        inm = newInm;
        founding.stop();
        timers.cancel(Timer.FOUND);
        if (fresh) {
            logId = context.randomId();
            listener.onJoining(logId, foundation);
        }
        timers.set(Timer.JOIN_PATIENCE, JOIN_PATIENCE_MS);
        timers.set(Timer.SILENCE, SILENCE_MS);
        onTimer(Timer.JOIN);
    }

    /** The installed view names this very start. */
    void becomeMember(ViewId view) {
        if (phase != Phase.MEMBER) {
            context.trace("discovery", "joined", Links.RING_GROUP, Uid.NOBODY, "is a member of view " + view);
        }
        phase = Phase.MEMBER;
        lastView = view;
        founding.stop();
        hellos.stop();
        timers.cancelAll();
    }

    /** A view without this node, an 'over', a dissolved ring: start again. */
    void reset(String reason) {
        if (phase == Phase.MEMBER) {
            former = listener.members().stream().filter(n -> !context.isSelf(n)).toList();
        }
        listener.onReset(reason);
        becomeSearching(reason);
    }

    // ---------------------------------------------------------------- messages

    void onHello(PeerId from, Message.Hello hello) {
        NodeRef node = hello.node();
        if (node.uid().equals(context.self().uid())) {
            refuseTwin(node);
            return;
        }
        if (phase == Phase.MEMBER) {
            context.links().sendUnreliable(node, Links.NODE_GROUP,
                new Message.HelloReply(context.self(), listener.view(), listener.inm()));
        } else if (heard.size() < HEARD_MAX) {
            NodeRef before = heard.put(node.uid(), node);
            if (before == null || !before.sameStart(node)) {
                onNewlyHeard(node);
            }
        }
    }

    /** Where broadcast is blocked it reached us as a seed: the sender must hear of us, too, or each of us founds a ring of its own. */
    private void onNewlyHeard(NodeRef node) {
        context.links().sendUnreliable(node, Links.NODE_GROUP, new Message.Hello(context.self(), lastView));
        if (phase == Phase.FOUNDING) {
            installFoundingRing();
        }
    }

    /** protocol.md section 1: the older start stays, the newer is told who has its uid. */
    private void refuseTwin(NodeRef node) {
        if (node.incarnation() > context.self().incarnation()) {
            context.links().sendUnreliable(node, Links.NODE_GROUP, new Message.Refused("uid-taken", "uid " + node.uid() + " already runs as '"
                + context.self().name() + "' at " + context.self().address() + "; stop that one or start with another --uid"));
        }
    }

    void onHelloReply(Message.HelloReply reply) {
        long bound = listener.boundTo();
        if (phase == Phase.MEMBER || reply.view().isNone() || bound != 0 && bound != reply.view().foundation()) {
            return;
        }
        if (context.isSelf(reply.inm())) {
            sayWhoIsHere(reply.member(), reply.view().foundation());
            return;
        }
        if (phase == Phase.JOINING) {
            timers.set(Timer.SILENCE, SILENCE_MS);
        }
        if (reply.inm() == null) {
            waitForInm();
            return;
        }
        // An INM may be another ring's by now: the one that it led has dissolved.
        boolean another = inm != null && (!inm.sameStart(reply.inm()) || reply.view().foundation() != foundation);
        if (phase != Phase.JOINING || inm == null || another && !timers.isRunning(Timer.JOIN_PATIENCE)) {
            becomeJoining(reply.inm(), reply.view().foundation());
        }
    }

    /** One that takes this node for its INM would wait for ever, and send all who look for a ring here. */
    private void sayWhoIsHere(NodeRef misled, long itsFoundation) {
        if (phase == Phase.JOINING && itsFoundation == foundation) {
            context.links().send(misled, Links.RING_GROUP, new Message.JoinRequest(context.self(), logId));
        } else {
            context.links().sendUnreliable(misled, itsFoundation, new Message.Over(ViewId.NONE, "this node has no copy of that ring"));
        }
    }

    /** Whoever looks for an INM, or takes itself for one, may count on a copy that this node has given up: it learns that another one is being made here. */
    void onRingMessage(NodeRef sender, Message message) {
        boolean toAMember = message.type() == MessageType.TOKEN || message.type() == MessageType.PREPARE || message.type() == MessageType.HEARTBEAT;
        if (phase == Phase.JOINING && toAMember && !sender.sameStart(inm)) {
            context.links().send(sender, Links.RING_GROUP, new Message.JoinRequest(context.self(), logId));
        }
    }

    /** A member without an INM: its ring elects one, or needs the operator. Whoever has heard of it founds no other (protocol.md section 4). */
    private void waitForInm() {
        if (phase == Phase.FOUNDING) {
            founding.stop();
            phase = Phase.SEARCHING;
        }
        if (phase == Phase.SEARCHING) {
            ringHeard = true;
            timers.set(Timer.FOUND, SILENCE_MS);
        }
    }

    void onAnnounce(Message.Announce announce) {
        onHelloReply(new Message.HelloReply(announce.inm(), announce.view(), announce.inm()));
    }

    void onRefused(PeerId from, Message.Refused refused) {
        if (phase != Phase.MEMBER && (refused.code().equals("uid-taken") || refused.code().equals("version"))) {
            control.refused(refused.sentence());
        }
    }

    /** A founding token: whoever gets one takes part with whom it has heard. */
    void onElection(PeerId from, Message message) {
        if (phase == Phase.SEARCHING && !ringHeard && listener.boundTo() == 0 && message instanceof Message.Token) {
            becomeFounding();
        }
        boolean election = switch (message.type()) {
            case TOKEN, ELECTED, TOKEN_ACK, ELECTION_STALE -> true;
            default -> false; // nothing else of the node's own group concerns a founding
        };
        if (phase == Phase.FOUNDING && election) {
            founding.onMessage(from, message);
        }
    }

    // ---------------------------------------------------------------- timers

    private void onTimer(Timer timer) {
        switch (timer) {
            case FOUND -> foundOrTryAgain();
            case JOIN -> askToJoin();
            case JOIN_PATIENCE -> context.trace("discovery", "unanswered", Links.RING_GROUP, inm == null ? Uid.NOBODY : inm.uid(),
                "the INM has not taken this node in; listens for another");
            case SILENCE -> reset("no member of the ring that it wanted to join is heard any more");
        }
    }

    private void sayHello() {
        Message.Hello hello = new Message.Hello(context.self(), lastView);
        context.links().broadcast(Links.NODE_GROUP, hello);
        for (int i = 0; i < Math.min(FORMER_ASKED, former.size()); i++) {
            context.links().sendUnreliable(former.get(formerAsked++ % former.size()), Links.NODE_GROUP, hello);
        }
    }

    private void foundOrTryAgain() {
        if (phase == Phase.SEARCHING && listener.boundTo() != 0) {
            context.trace("discovery", "bound", Links.NODE_GROUP, Uid.NOBODY, "keeps a copy of an auction of its ring, and waits for that one");
            timers.set(Timer.FOUND, SILENCE_MS);
        } else if (phase == Phase.SEARCHING) {
            becomeFounding();
        } else if (phase == Phase.FOUNDING) {
            // The winner may have died or never heard us: forget whom we heard and listen again.
            founding.stop();
            becomeSearching("the founding did not come about");
        }
    }

    private void askToJoin() {
        if (phase == Phase.JOINING && inm != null) {
            context.links().send(inm, Links.RING_GROUP, new Message.JoinRequest(context.self(), logId));
            timers.set(Timer.JOIN, JOIN_PERIOD_MS);
        }
    }

    private void installFoundingRing() {
        List<NodeRef> ring = new ArrayList<>(heard.values());
        ring.sort(Comparator.comparing(NodeRef::uid));
        Set<Uid> candidates = new LinkedHashSet<>(heard.keySet());
        founding.installRing(ViewId.NONE, ring, candidates);
    }

    private final class FoundingListener implements ElectionListener {
        @Override
        public void onNominated(long epoch) {
            if (phase == Phase.FOUNDING) {
                founding.stop();
                logId = context.randomId();
                listener.onFound(logId, context.randomId());
            }
        }

        @Override
        public void onElected(long epoch, Uid leader) {
            context.trace("discovery", "founder", Links.NODE_GROUP, leader, leader.shortForm() + " founds the ring");
        }

        @Override
        public void onNoResult(long epoch) {
            context.trace("discovery", "no-founder", Links.NODE_GROUP, Uid.NOBODY, "no founder yet, again with epoch " + (epoch + 1));
        }
    }
}
