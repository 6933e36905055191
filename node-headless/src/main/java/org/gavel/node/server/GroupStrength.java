package org.gavel.node.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.node.replication.Configuration;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.Message;

/**
 * How a serving active keeps its group at 1 + 3 (protocol.md section 9): notes whom it lost, asks the INM for nodes, brings newcomers up to date, and changes the
 * acceptors once they are.
 */
final class GroupStrength {
    /** Lost members named to the INM; more than a directory's entry can hold are of no use to it. */
    private static final int LOST_MAX = 16;

    private final NodeContext context;
    private final AuctionGroup auction;
    private final Map<Uid, Acceptor> newcomers = new LinkedHashMap<>();
    private final Set<Uid> caughtUp = new LinkedHashSet<>();
    private final Set<Uid> lost = new LinkedHashSet<>();
    private boolean noneIdle;

    GroupStrength(NodeContext context, AuctionGroup auction) {
        this.context = context;
        this.auction = auction;
    }

    /** This node begins to serve: it knows of no newcomers, and lost are those it believes dead. */
    void start() {
        noneIdle = false;
        newcomers.clear();
        caughtUp.clear();
        lost.clear();
        auction.roster().dead().forEach(node -> lost.add(node.uid()));
    }

    /** A member is dead or has lost its copy: the INM is asked for another node at once. */
    void onLost(NodeRef node) {
        lost.remove(node.uid());
        lost.add(node.uid());
        if (lost.size() > LOST_MAX) {
            lost.remove(lost.iterator().next());
        }
        newcomers.remove(node.uid());
        caughtUp.remove(node.uid());
        auction.group().removeLearner(node.uid());
        noneIdle = false;
        askForMembers();
    }

    /** The INM's answer: a node with its fresh log, or that none is idle. */
    void onReplacement(Message.Replacement replacement) {
        noneIdle = replacement.node() == null;
        if (!noneIdle) {
            Acceptor newcomer = new Acceptor(replacement.node(), replacement.logId());
            boolean atWork = isAcceptor(newcomer) && auction.roster().isLiving(newcomer.node().peer());
            if (!atWork && !isUnderWay(newcomer)) {
                takeIn(newcomer);
            }
        }
        balance();
    }

    private boolean isUnderWay(Acceptor newcomer) {
        Acceptor before = newcomers.get(newcomer.node().uid());
        return before != null && before.node().sameStart(newcomer.node()) && before.logId() == newcomer.logId();
    }

    /** A copy is (uid, incarnation, log id): one that was reset in the same start comes as a newcomer, and its former log counts as lost. */
    private void takeIn(Acceptor newcomer) {
        NodeRef node = newcomer.node();
        for (Configuration configuration : auction.group().configurations()) {
            configuration.acceptors().stream().filter(a -> a.node().sameStart(node)).forEach(auction.roster()::markLost);
        }
        auction.roster().markThere(newcomer.logId());
        newcomers.put(node.uid(), newcomer);
        caughtUp.remove(node.uid());
        lost.remove(node.uid());
        auction.addMember(node);
        auction.group().peerUp(node);
        auction.group().addLearner(node, newcomer.logId());
    }

    void onCaughtUp(NodeRef learner) {
        caughtUp.add(learner.uid());
        balance();
    }

    private boolean isAcceptor(Acceptor copy) {
        Configuration configuration = auction.group().committedConfiguration();
        return configuration != null && configuration.contains(copy.node().uid(), copy.logId());
    }

    /** Brings the configuration to the three acceptors that protocol.md section 9 wants, as far as nodes are there. */
    void balance() {
        Configuration now = auction.group().committedConfiguration();
        if (now == null || auction.group().latestConfiguration() != now && auction.group().latestConfiguration().index() != now.index()) {
            return;
        }
        List<Acceptor> wanted = wantedAcceptors(now);
        List<NodeRef> members = auction.livingMembers();
        boolean same = sameAcceptors(wanted, now.acceptors());
        boolean membersNamed = now.index() > 0 && GroupMembers.parse(now.payload()).equals(members);
        if (wanted.size() == AuctionGroup.ACCEPTORS && !(same && (membersNamed || now.index() == 0 && lost.isEmpty()))) {
            auction.group().reconfigure(wanted, GroupMembers.payload(members));
        }
    }

    private static boolean sameAcceptors(List<Acceptor> one, List<Acceptor> other) {
        Comparator<Acceptor> byUid = Comparator.comparing(a -> a.node().uid());
        return one.stream().sorted(byUid).toList().equals(other.stream().sorted(byUid).toList());
    }

    /**
     * Living followers that hold the log, present acceptors first; this node itself where fewer than three are left and none is to come. An acceptor whose place
     * the ring has given away, and that came back before it was replaced, makes room once the other one is there: the ring's word on duties is what all go by.
     */
    private List<Acceptor> wantedAcceptors(Configuration now) {
        List<NodeRef> living = auction.livingMembers();
        List<Acceptor> wanted = new ArrayList<>();
        List<Acceptor> givenAway = new ArrayList<>();
        Acceptor own = new Acceptor(context.self(), auction.logId());
        for (Acceptor acceptor : now.acceptors()) {
            if (!context.isSelf(acceptor.node()) && living.contains(acceptor.node()) && !auction.roster().isLost(acceptor)) {
                (auction.leftBehind().isNamed(acceptor.node()) ? wanted : givenAway).add(acceptor);
            }
        }
        List<Acceptor> arrived = newcomers.values().stream().filter(n -> caughtUp.contains(n.node().uid())).toList();
        arrived.stream().filter(n -> auction.leftBehind().isNamed(n.node())).forEach(n -> addMissing(wanted, n));
        givenAway.forEach(a -> addMissing(wanted, a));
        arrived.forEach(n -> addMissing(wanted, n));
        boolean someoneComes = newcomers.size() > caughtUp.size() && !noneIdle;
        if (wanted.size() < AuctionGroup.ACCEPTORS && (isAcceptor(own) || noneIdle && !someoneComes)) {
            wanted.add(own);
        }
        return wanted;
    }

    private static void addMissing(List<Acceptor> wanted, Acceptor more) {
        boolean listed = wanted.stream().anyMatch(a -> a.node().uid().equals(more.node().uid()));
        if (!listed && wanted.size() < AuctionGroup.ACCEPTORS) {
            wanted.add(more);
        }
    }

    /**
     * Members whom neither the ring nor the log counts any more, and who are not on their way in, are members no more, dead or alive: as soon as one of them
     * speaks it is told so.
     */
    void forgetReplaced() {
        // Whoever has become an acceptor came as far as a newcomer goes; whoever has caught up when the ring had given its place away comes too late.
        newcomers.values().removeIf(n -> caughtUp.contains(n.node().uid()) && (isAcceptor(n) || !auction.leftBehind().isNamed(n.node())));
        caughtUp.retainAll(newcomers.keySet());
        List<NodeRef> kept = new ArrayList<>(auction.members());
        kept.removeIf(m -> !counts(m) && !auction.leftBehind().isNamed(m));
        auction.roster().replace(kept);
    }

    /** Until there are four that count, among them all that the ring names, and no newcomer is still on its way. */
    void askForMembers() {
        NodeRef inm = auction.listener().inm();
        List<Uid> counted = auction.livingMembers().stream().filter(this::counts).map(NodeRef::uid).toList();
        boolean someoneComes = newcomers.values().stream().anyMatch(n -> !caughtUp.contains(n.node().uid()));
        boolean someoneWaits = auction.leftBehind().named().stream().anyMatch(n -> !counted.contains(n.uid()));
        if (inm != null && (counted.size() < AuctionGroup.MEMBERS || someoneComes || someoneWaits)) {
            context.links().send(inm, auction.number(), new Message.NeedMember(auction.auctionId(), auction.group().epoch(), counted, List.copyOf(lost)));
        }
    }

    /** The active, its acceptors and its newcomers; not a member that came back from the dead and is sent nothing yet. */
    private boolean counts(NodeRef member) {
        return context.isSelf(member) || newcomers.containsKey(member.uid())
            || auction.group().configurations().stream().anyMatch(c -> c.contains(member.uid()));
    }
}
