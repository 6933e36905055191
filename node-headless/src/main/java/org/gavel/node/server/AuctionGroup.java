package org.gavel.node.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.node.directory.AuctionMachine;
import org.gavel.node.replication.Configuration;
import org.gavel.node.replication.GroupListener;
import org.gavel.node.replication.GroupSettings;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.election.ElectionListener;
import org.gavel.protocol.election.LcrElection;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * One auction as one of its nodes sees it (protocol.md section 9): the replicated group, its election, and what every member does, whether it
 * follows or leads. What only the active does stands in {@link ActiveRole}.
 */
final class AuctionGroup {
    /** Copies of every entry, and acceptors of every configuration, when enough nodes live. */
    static final int ACCEPTORS = 3;
    /** One active and three followers. */
    static final int MEMBERS = 4;
    /** An election that brought no active is started again after this, plus jitter. */
    private static final long ELECT_AGAIN_MS = 1_500;

    /** What a group asks of its node. */
    interface Listener {
        /** Tells the others, who then probe by themselves. */
        void onGroupChanged(AuctionGroup group);

        /** The INM as far as known, or null. */
        NodeRef inm();

        /** True once the ring has committed this auction's result. */
        boolean isSettled(String auctionId);
    }

    private enum Timer { ELECT_AGAIN }

    private final NodeContext context;
    private final Listener listener;
    private final long number;
    private final String auctionId;
    private final long logId;
    private final AuctionTerms terms;
    private final AuctionMachine machine = new AuctionMachine();
    private final ReplicatedGroup group;
    private final LcrElection election;
    private final Timers<Timer> timers;
    private final AuctionClock clock;
    private final ActiveRole activeRole;
    private final Map<Uid, NodeRef> dead = new LinkedHashMap<>();
    private final Set<PeerId> ended = new LinkedHashSet<>();
    private final long createdMs;
    private List<NodeRef> members;
    private NodeRef active;
    private boolean elected;
    private long endIndex;
    private boolean paused;
    private String pausedSentence = "";
    private ViewId electionView;

    /**
     * @param members in ring order, the active included; for a newcomer those that the INM named
     * @param logId   of this node's own log
     * @param base    the configuration the group is born with, or null for a newcomer to a running group
     */
    AuctionGroup(NodeContext context, Listener listener, long number, AuctionTerms terms, List<NodeRef> members, long logId, Configuration base) {
        this.context = context;
        this.listener = listener;
        this.number = number;
        this.terms = terms;
        this.auctionId = terms.auctionId();
        this.members = List.copyOf(members);
        this.logId = logId;
        this.createdMs = context.host().nowMs();
        clock = new AuctionClock(context.host());
        timers = new Timers<>(context.host(), timer -> electAgain());
        group = new ReplicatedGroup(number, context.self(), logId, base, context.host(), context.links(), machine, new Applied(), GroupSettings.defaults());
        election = new LcrElection(number, context.self(), context.host(), context.links(), new Elections(), RingGroup.electionSettings());
        activeRole = new ActiveRole(context, this);
        electionView = new ViewId(number, 0, 1);
    }

    // ---------------------------------------------------------------- what it is

    long number() {
        return number;
    }

    String auctionId() {
        return auctionId;
    }

    AuctionTerms terms() {
        return terms;
    }

    long logId() {
        return logId;
    }

    AuctionMachine machine() {
        return machine;
    }

    ReplicatedGroup group() {
        return group;
    }

    LcrElection election() {
        return election;
    }

    AuctionClock clock() {
        return clock;
    }

    ActiveRole activeRole() {
        return activeRole;
    }

    Listener listener() {
        return listener;
    }

    boolean isActive() {
        return group.isServing();
    }

    /** Index of the entry that ended the auction, or 0. */
    long endIndex() {
        return endIndex;
    }

    /** The active that this node believes in, or null while there is none. */
    NodeRef active() {
        return active;
    }

    /** Whether an active ever served here: a group that never had one lapses. */
    boolean everServed() {
        return elected;
    }

    long ageMs() {
        return context.host().nowMs() - createdMs;
    }

    boolean isPaused() {
        return paused;
    }

    String pausedSentence() {
        return pausedSentence;
    }

    /** Members of the group that are not known to be dead, in ring order. */
    List<NodeRef> livingMembers() {
        List<NodeRef> living = new ArrayList<>(members);
        living.removeIf(m -> dead.containsKey(m.uid()) && dead.get(m.uid()).sameStart(m));
        return living;
    }

    List<NodeRef> members() {
        return members;
    }

    boolean isMember(PeerId peer) {
        return members.stream().anyMatch(m -> m.peer().equals(peer));
    }

    /** A node joins the group's ring, as a follower in the making. */
    void addMember(NodeRef node) {
        dead.remove(node.uid());
        if (members.stream().noneMatch(m -> m.sameStart(node))) {
            List<NodeRef> more = new ArrayList<>(members);
            more.removeIf(m -> m.uid().equals(node.uid()));
            more.add(node);
            members = List.copyOf(more);
            group.peerUp(node);
            listener.onGroupChanged(this);
        }
    }

    // ---------------------------------------------------------------- elections

    /** The first election: all of the four that accepted stand, the highest uid becomes active, the others follow. */
    void electFirst(List<Uid> accepted) {
        if (elected || active != null) {
            return;
        }
        members.stream().filter(m -> !accepted.contains(m.uid())).forEach(m -> dead.putIfAbsent(m.uid(), m));
        installElectionRing();
        election.start(nextEpoch(), "the auction's first active");
        timers.set(Timer.ELECT_AGAIN, againMs());
    }

    void elect(String because) {
        installElectionRing();
        if (candidates().contains(context.self().uid())) {
            election.start(nextEpoch(), because);
            timers.set(Timer.ELECT_AGAIN, againMs());
        }
    }

    private void electAgain() {
        if (active == null && !group.isServing() && (elected || ageMs() > ELECT_AGAIN_MS)) {
            elect("there is still no active");
        }
    }

    private long nextEpoch() {
        return Math.max(group.promisedEpoch(), group.epoch()) + 1;
    }

    private long againMs() {
        return ELECT_AGAIN_MS + Math.floorMod(context.host().random(), 500L);
    }

    /** The living acceptors; before the first active: all four. */
    private Set<Uid> candidates() {
        Set<Uid> uids = new LinkedHashSet<>();
        Configuration configuration = group.committedConfiguration();
        for (NodeRef member : livingMembers()) {
            if (!elected || configuration != null && configuration.contains(member.uid())) {
                uids.add(member.uid());
            }
        }
        return uids;
    }

    private void installElectionRing() {
        Configuration configuration = group.committedConfiguration();
        electionView = new ViewId(number, configuration == null ? 0 : configuration.epoch(), 1 + (configuration == null ? 0 : configuration.index()));
        election.installRing(electionView, members, candidates());
        dead.keySet().forEach(election::dead);
    }

    private final class Elections implements ElectionListener {
        @Override
        public void onNominated(long epoch) {
            group.takeOver(epoch);
        }

        @Override
        public void onElected(long epoch, Uid leader) {
            timers.set(Timer.ELECT_AGAIN, againMs());
        }

        @Override
        public void onSkipped(NodeRef successor) {
            context.watchlist().doubt(successor);
        }

        @Override
        public void onNoResult(long epoch) {
            timers.setIfIdle(Timer.ELECT_AGAIN, againMs());
        }
    }

    // ---------------------------------------------------------------- events from below

    void onMessage(PeerId from, NodeRef sender, Message message) {
        switch (message.type()) {
            case TOKEN -> {
                if (!elected && !timers.isRunning(Timer.ELECT_AGAIN)) {
                    installElectionRing();
                }
                election.onMessage(from, message);
            }
            case ELECTED, TOKEN_ACK, ELECTION_STALE -> election.onMessage(from, message);
            case HEARTBEAT -> onHeartbeat(sender, (Message.Heartbeat) message);
            case ATTACH, SUBMIT, DELIVERED_UP_TO, REPLACEMENT -> activeRole.onMessage(sender, message);
            default -> group.onMessage(from, sender, message);
        }
    }

    private void onHeartbeat(NodeRef sender, Message.Heartbeat beat) {
        if (active != null && active.sameStart(sender) && beat.epoch() >= group.epoch()) {
            clock.heard(beat.timeMs());
        }
    }

    void onDead(NodeRef node, boolean knownEnded, String why) {
        if (members.stream().noneMatch(m -> m.sameStart(node)) || dead.containsKey(node.uid())) {
            return;
        }
        dead.put(node.uid(), node);
        election.dead(node.uid());
        if (knownEnded) {
            ended.add(node.peer());
            group.ended(node);
        }
        group.peerDown(node);
        if (active != null && active.sameStart(node)) {
            clock.stop();
            active = null;
            elect(node + " is dead: " + why);
        } else if (group.isServing()) {
            activeRole.onFollowerLost(node);
        } else if (active == null && elected) {
            elect("no active, and " + node + " is dead");
        }
        listener.onGroupChanged(this);
    }

    void onAlive(NodeRef node) {
        NodeRef was = dead.get(node.uid());
        if (was != null && was.sameStart(node)) {
            dead.remove(node.uid());
            election.alive(node.uid());
            group.peerUp(node);
        }
    }

    void onRoom(NodeRef peer) {
        group.onRoom(peer);
        activeRole.onRoom(peer);
    }

    void onPeerGone(PeerId peer) {
        activeRole.onPeerGone(peer);
    }

    /** So many acceptors are known ended, without a stored log, that no majority of them can come back (protocol.md section 9, 'No quorum'). */
    boolean hasTooFewCopies() {
        Configuration configuration = group.committedConfiguration();
        if (configuration == null || !elected) {
            return false;
        }
        long left = configuration.acceptors().stream().filter(a -> !ended.contains(a.node().peer())).count();
        return left < configuration.acceptors().size() / 2 + 1;
    }

    /** What was committed last stands; whoever survives says so to the INM, until the ring has it. */
    private void reportTooFewCopies() {
        NodeRef inm = listener.inm();
        if (inm != null && !listener.isSettled(auctionId)) {
            Outcome cancelled = new Outcome("cancelled", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, machine.state().standing(), false, "too few copies left");
            context.links().send(inm, number, new Message.Finished(auctionId, new String(cancelled.toJson(), StandardCharsets.UTF_8)));
        }
    }

    void beat() {
        if (hasTooFewCopies() && !machine.state().phase().isOver()) {
            reportTooFewCopies();
        }
        if (group.isServing()) {
            activeRole.beat();
        } else if (active != null) {
            context.links().sendUnreliable(active, number, heartbeat(List.of()));
        }
    }

    Message.Heartbeat heartbeat(List<Uid> named) {
        return new Message.Heartbeat(electionView, group.epoch(), group.lastIndex(), group.committedIndex(), clock.nowMs(), named);
    }

    void close() {
        timers.cancelAll();
        election.stop();
        activeRole.stop();
        group.close();
    }

    /** Log ids of this group's acceptors as far as its newest configuration names them. */
    Map<Uid, Long> knownLogIds() {
        Map<Uid, Long> ids = new LinkedHashMap<>();
        Configuration configuration = group.latestConfiguration();
        if (configuration != null) {
            for (Acceptor acceptor : configuration.acceptors()) {
                ids.put(acceptor.node().uid(), acceptor.logId());
            }
        }
        ids.put(context.self().uid(), logId);
        return ids;
    }

    private final class Applied implements GroupListener {
        @Override
        public void onServing(long epoch) {
            elected = true;
            active = context.self();
            paused = false;
            timers.cancelAll();
            election.concluded(epoch);
            clock.start();
            activeRole.start();
            listener.onGroupChanged(AuctionGroup.this);
        }

        @Override
        public void onLeader(long epoch, Uid leader) {
            elected = true;
            timers.cancelAll();
            election.concluded(epoch);
            active = members.stream().filter(m -> m.uid().equals(leader)).findFirst().orElse(null);
            clock.follow();
            listener.onGroupChanged(AuctionGroup.this);
        }

        @Override
        public void onDeposed(long epoch, long higherEpoch) {
            clock.stop();
            activeRole.stop();
            if (context.isSelf(active)) {
                active = null;
            }
            timers.setIfIdle(Timer.ELECT_AGAIN, againMs());
            listener.onGroupChanged(AuctionGroup.this);
        }

        @Override
        public void onTakeOverFailed(long epoch, String reason) {
            context.trace("replication", "take-over-failed", number, Uid.NOBODY, "did not become active of " + auctionId + ": " + reason);
            paused = true;
            pausedSentence = reason;
            timers.set(Timer.ELECT_AGAIN, againMs());
        }

        @Override
        public void onApplied(LogEntry entry, byte[] outcome) {
            if (entry.kind() == LogEntry.Kind.CONFIG) {
                adoptMembers(group.committedConfiguration());
            }
            clock.heard(entry.timeMs());
            if (endIndex == 0 && machine.state().phase().isOver()) {
                endIndex = entry.index();
            }
            activeRole.onApplied(entry);
        }

        @Override
        public void onRestored(long index) {
            endIndex = machine.state().phase().isOver() ? index : 0;
            adoptMembers(group.committedConfiguration());
        }

        @Override
        public void onConfiguration(Configuration configuration, boolean committed) {
            if (committed) {
                adoptMembers(configuration);
            }
        }

        @Override
        public void onCaughtUp(NodeRef learner) {
            activeRole.onCaughtUp(learner);
        }

        @Override
        public void onPaused(boolean nowPaused, String sentence) {
            paused = nowPaused;
            pausedSentence = sentence;
            if (nowPaused) {
                clock.stop();
            } else {
                clock.start();
            }
            activeRole.notice(nowPaused ? "paused" : "resumed", sentence);
            listener.onGroupChanged(AuctionGroup.this);
        }

        @Override
        public void onCorruption(String sentence) {
            context.trace("replication", "corruption", number, Uid.NOBODY, sentence);
        }
    }

    private void adoptMembers(Configuration configuration) {
        // A serving active owns the list: its newcomers are on their way in, and an entry of before would drop them from its watch.
        if (configuration == null || configuration.payload() == null || configuration.index() == 0 || group.isServing()) {
            return;
        }
        List<NodeRef> named = GroupMembers.parse(configuration.payload());
        if (!named.isEmpty() && !named.equals(members)) {
            members = named;
            dead.values().removeIf(d -> members.stream().noneMatch(m -> m.sameStart(d)));
            listener.onGroupChanged(this);
        }
    }
}
