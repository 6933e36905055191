package org.gavel.node.server;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gavel.node.directory.AuctionMachine;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.replication.Configuration;
import org.gavel.node.replication.GroupListener;
import org.gavel.node.replication.GroupSettings;
import org.gavel.node.replication.GroupStatus;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.protocol.auction.AuctionTerms;
import org.gavel.protocol.election.ElectionStatus;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
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

    /** What a group asks of its node. */
    interface Listener {
        /** Tells the others, who then probe by themselves. */
        void onGroupChanged(AuctionGroup group);

        /** The INM as far as known, or null. */
        NodeRef inm();

        /** What the ring's log says of the auction as far as known here, or null. */
        DirectoryEntry entry(String auctionId);

        /** By the ring's word that start has ended: it knows more than this group's verdicts say, such as that a later start is a member. */
        boolean isKnownEnded(NodeRef node);
    }

    private final NodeContext context;
    private final Listener listener;
    private final long number;
    private final String auctionId;
    private final long logId;
    private final AuctionTerms terms;
    private final AuctionMachine machine = new AuctionMachine();
    private final ReplicatedGroup group;
    private final AuctioneerElection election;
    private final MemberFailures failures;
    private final boolean newcomer;
    private final AuctionClock clock;
    private final ActiveRole activeRole;
    private final Roster roster;
    private final LeftBehind leftBehind;
    private final LastCopies lastCopies;
    private NodeRef active;
    private boolean elected;
    private long endIndex;
    private boolean paused;
    private String pausedSentence = "";

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
        this.roster = new Roster(members);
        this.newcomer = base == null;
        this.logId = logId;
        clock = new AuctionClock(context.host());
        group = new ReplicatedGroup(number, context.self(), logId, base, context.host(), context.links(), machine, new Applied(), GroupSettings.ofAuctions());
        election = new AuctioneerElection(context, this);
        failures = new MemberFailures(context, this, election);
        activeRole = new ActiveRole(context, this);
        leftBehind = new LeftBehind(context, this);
        lastCopies = new LastCopies(context, this);
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

    ElectionStatus electionStatus() {
        return election.status();
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

    /** Came to a running group, and is none of the first members that might open it. */
    boolean isNewcomer() {
        return newcomer;
    }

    boolean isActive() {
        return group.isServing();
    }

    /** Active, or about to be: the others follow it, so it may not go, whoever does without it. */
    boolean isLeading() {
        return group.status().role() != GroupStatus.Role.FOLLOWER;
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

    boolean isPaused() {
        return paused;
    }

    String pausedSentence() {
        return pausedSentence;
    }

    /** Members of the group that are not known to be dead, in ring order. */
    List<NodeRef> livingMembers() {
        return roster.living();
    }

    List<NodeRef> members() {
        return roster.members();
    }

    Roster roster() {
        return roster;
    }

    LeftBehind leftBehind() {
        return leftBehind;
    }

    boolean isMember(PeerId peer) {
        return roster.contains(peer);
    }

    /** A node joins the group's ring, as a follower in the making. */
    void addMember(NodeRef node) {
        if (roster.add(node)) {
            group.peerUp(node);
            listener.onGroupChanged(this);
        }
    }

    /** The INM has enough acceptances: those who did not accept are done without. */
    void electFirst(List<Uid> accepted) {
        if (!elected && active == null) {
            members().stream().filter(m -> !accepted.contains(m.uid())).forEach(m -> roster.markDead(m.peer()));
            election.startFirst();
        }
    }

    // ---------------------------------------------------------------- events from below

    void onMessage(PeerId from, NodeRef sender, Message message) {
        failures.hear(sender, message);
        switch (message.type()) {
            case TOKEN, ELECTED, TOKEN_ACK, ELECTION_STALE -> election.onMessage(from, message);
            case HEARTBEAT -> onHeartbeat(sender, (Message.Heartbeat) message);
            case FINISHED -> lastCopies.onFinished(sender);
            case ATTACH, SUBMIT, DELIVERED_UP_TO, REPLACEMENT -> activeRole.onMessage(sender, message);
            default -> group.onMessage(from, sender, message);
        }
    }

    private void onHeartbeat(NodeRef sender, Message.Heartbeat beat) {
        if (active != null && active.sameStart(sender) && beat.epoch() >= group.epoch()) {
            clock.heardBeat(beat.timeMs());
            lastCopies.heardActive();
        }
        if (!beat.view().isNone() && !roster.contains(sender.peer())) {
            leftBehind.answer(sender);
        }
    }

    void onDead(NodeRef node, boolean knownEnded, String why) {
        failures.onDead(node, knownEnded, why);
    }

    /** A member says that it has no copy of this group, as after a reset in the same start: alive, but of no use here until it joins as a newcomer. */
    void onNoCopy(NodeRef node) {
        failures.onNoCopy(node);
    }

    void onAlive(NodeRef node) {
        failures.onAlive(node);
    }

    /** Until another serves there is none. */
    void loseActive() {
        clock.stop();
        active = null;
    }

    void onRoom(NodeRef peer) {
        group.onRoom(peer);
        activeRole.onRoom(peer);
    }

    void onPeerGone(PeerId peer) {
        activeRole.onPeerGone(peer);
        group.outsiderGone(peer);
    }

    void beat() {
        lastCopies.beat();
        if (group.isServing()) {
            activeRole.beat();
        } else {
            // Both the one that the ring names and the one that this node believes in: either may have ended, or have nothing to do with the group any more.
            Stream.of(Optional.ofNullable(leftBehind.activeElsewhere()), Optional.ofNullable(active)).flatMap(Optional::stream).distinct()
                .forEach(to -> context.links().sendUnreliable(to, number, heartbeat(List.of())));
        }
    }

    Message.Heartbeat heartbeat(List<Uid> named) {
        return new Message.Heartbeat(election.view(), group.epoch(), group.lastIndex(), group.committedIndex(), clock.nowMs(), named);
    }

    void close() {
        election.stop();
        activeRole.stop();
        group.close();
    }

    private final class Applied implements GroupListener {
        @Override
        public void onServing(long epoch) {
            elected = true;
            active = context.self();
            roster.add(active); // a configuration that it inherited from another active may leave it out
            paused = false;
            election.concluded(epoch);
            clock.start();
            activeRole.start();
            listener.onGroupChanged(AuctionGroup.this);
        }

        @Override
        public void onLeader(long epoch, Uid leader) {
            elected = true;
            paused = false;
            pausedSentence = "";
            election.concluded(epoch);
            active = roster.member(leader);
            lastCopies.heardActive();
            clock.follow();
            listener.onGroupChanged(AuctionGroup.this);
        }

        @Override
        public void onDeposed(long epoch, long higherEpoch) {
            clock.stop();
            activeRole.stop();
            if (context.isSelf(active)) {
                active = null;
                election.deposed();
            } else {
                election.tryAgainUnlessDue();
            }
            listener.onGroupChanged(AuctionGroup.this);
        }

        @Override
        public void onTakeOverFailed(long epoch, String reason) {
            context.trace("replication", "take-over-failed", number, Uid.NOBODY, "did not become active of " + auctionId + ": " + reason);
            paused = true;
            pausedSentence = reason;
            if (context.isSelf(active)) { // it led until it asked for a fresh epoch
                active = null;
                clock.stop();
                activeRole.stop();
                listener.onGroupChanged(AuctionGroup.this);
            }
            election.tryAgainLater();
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
                election.onConfiguration();
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
                activeRole.armEnd();
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
        if (active != null && named.stream().noneMatch(active::sameStart)) {
            named = Stream.concat(named.stream(), Stream.of(active)).toList(); // who serves belongs to the group: it may have inherited an entry of before its time
        }
        if (!named.isEmpty() && roster.replace(named)) {
            // Who was left out for a while heard its leader before it knew it for a member.
            active = active != null ? active : roster.living().stream().filter(m -> m.uid().equals(group.leader()) && !context.isSelf(m)).findFirst().orElse(null);
            listener.onGroupChanged(this);
        }
    }
}
