package org.gavel.node.replication;

import java.util.List;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.multicast.EntrySource;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * One node's part in one replicated group (protocol.md section 7): the ring's, whose members are all acceptors, or an auction's, whose leader often is none. What a
 * role does stands in {@link Acceptance}, {@link TakeOver} and {@link Leadership}; here is only who does what when.
 */
public final class ReplicatedGroup implements EntrySource {
    private final GroupLinks links;
    private final MessageTrace messages;
    private final GroupRoles roles;
    private final Replica replica;
    private final GroupPeers peers;
    /** Elections that nobody here can have missed: at one a second, 34 years of them. */
    static final long EPOCH_LEAP_MAX = 1L << 30;

    private Configuration learntFrom;

    /**
     * @param logId this node's own log id, or 0 if it is no acceptor yet: then one is drawn (see {@link #logId})
     * @param base  the configuration that the group is born with (index 0, committed by definition), or null for a newcomer that knows none
     */
    public ReplicatedGroup(long group, NodeRef self, long logId, Configuration base, Host host, Links links, StateMachine machine,
                           GroupListener listener, GroupSettings settings) {
        this.messages = new MessageTrace(group, self.uid(), host);
        this.links = new GroupLinks(links, group, messages);
        this.roles = new GroupRoles(group, self, logId, host, this.links, machine, listener, settings);
        this.replica = roles.replica();
        this.peers = new GroupPeers(host, this.links, roles);
        messages.reads(replica.log());
        roles.start(base, logId != 0);
        learnAddresses();
    }

    // ---------------------------------------------------------------- messages

    /**
     * A message of this group arrived.
     *
     * @param fromNode where its sender receives; null if unknown: only known acceptors and members are answered
     */
    public void onMessage(PeerId from, NodeRef fromNode, Message message) {
        if (roles.role() == GroupStatus.Role.CLOSED) {
            return;
        }
        if (!isPlausible(epochOf(message))) {
            // A promise for the highest number there is would be the group's last: nobody could ever ask for more.
            roles.trace("implausible", from.uid(), message.type() + " names epoch " + epochOf(message) + "; nobody gets there by elections");
            return;
        }
        if (fromNode != null) {
            links.learn(fromNode);
            if (links.sender(from) == null && isAcceptor(fromNode)) {
                links.admit(fromNode); // it lives, and counts: the later start that was heard was a twin, which every member refuses
            }
        }
        messages.received(from, message);
        dispatch(from, message);
        learnAddresses();
        if (roles.leadership() != null) {
            roles.wake();
        }
    }

    private boolean isAcceptor(NodeRef node) {
        return replica.configurations().all().stream().anyMatch(c -> c.acceptors().stream().anyMatch(a -> a.node().sameStart(node)));
    }

    private boolean isPlausible(long epoch) {
        return epoch >= 0 && epoch - roles.highestEpoch() <= EPOCH_LEAP_MAX;
    }

    /** The highest epoch that the message names; 0 if none. */
    private static long epochOf(Message message) {
        return switch (message.type()) {
            case PREPARE -> ((Message.Prepare) message).epoch();
            case APPEND -> ((Message.Append) message).epoch();
            case SNAPSHOT_PIECE -> ((Message.SnapshotPiece) message).epoch();
            case FENCED -> ((Message.Fenced) message).promisedEpoch();
            case PROMISE_REFUSED -> ((Message.PromiseRefused) message).promisedEpoch();
            default -> 0; // of an epoch of this node's own asking, or of no account
        };
    }

    private void dispatch(PeerId from, Message message) {
        switch (message.type()) {
            case PREPARE -> onPrepare(from, (Message.Prepare) message);
            case PROMISE -> {
                if (roles.takeOver() != null) {
                    roles.takeOver().onPromise(from, (Message.Promise) message);
                }
            }
            case PROMISE_REFUSED -> onPromiseRefused(from, (Message.PromiseRefused) message);
            case FETCH -> roles.acceptance().onFetch(from, (Message.Fetch) message);
            case FETCHED -> onFetched(from, (Message.Fetched) message);
            case APPEND -> onAppend(from, (Message.Append) message);
            case SNAPSHOT_PIECE -> onSnapshotPiece(from, (Message.SnapshotPiece) message);
            case HELD -> onHeld(from, (Message.Held) message);
            case MISMATCH -> onMismatch(from, (Message.Mismatch) message);
            case FENCED -> onFenced(from, (Message.Fenced) message);
            default -> roles.trace("unexpected", from.uid(), message.type() + " is no message of a replicated group");
        }
    }

    private void onPrepare(PeerId from, Message.Prepare m) {
        roles.heardOf(m.epoch());
        roles.acceptance().onPrepare(from, m);
    }

    private void onPromiseRefused(PeerId from, Message.PromiseRefused m) {
        roles.heardOf(m.promisedEpoch());
        TakeOver takeOver = roles.takeOver();
        if (takeOver != null && m.epoch() == takeOver.epoch()) {
            if (m.promisedEpoch() > m.epoch()) {
                roles.outdated(m.promisedEpoch());
            } else {
                takeOver.onRefused(from, m);
            }
        }
    }

    private void onFetched(PeerId from, Message.Fetched m) {
        if (roles.takeOver() != null) {
            roles.takeOver().onFetched(from, m);
        }
    }

    private void onAppend(PeerId from, Message.Append m) {
        roles.heardOf(m.epoch());
        roles.acceptance().onAppend(from, m);
    }

    private void onSnapshotPiece(PeerId from, Message.SnapshotPiece m) {
        if (roles.takeOver() != null && m.epoch() == roles.takeOver().epoch()) {
            roles.takeOver().onSnapshotPiece(from, m);
        } else {
            roles.acceptance().onSnapshotPiece(from, m);
        }
    }

    private void onHeld(PeerId from, Message.Held m) {
        Leadership leadership = roles.leadership();
        if (leadership != null && m.epoch() == leadership.epoch() && leadership.onHeld(from, m)) {
            roles.progress();
        }
    }

    private void onMismatch(PeerId from, Message.Mismatch m) {
        Leadership leadership = roles.leadership();
        if (leadership != null && m.epoch() == leadership.epoch()) {
            leadership.onMismatch(from, m);
        }
    }

    private void onFenced(PeerId from, Message.Fenced m) {
        roles.heardOf(m.promisedEpoch());
        // One that was put out counts for nothing here, whatever it has promised itself: it must not end the leader that could tell it so.
        if (m.epoch() == roles.ownEpoch() && roles.isParty(from)) {
            outdatedBy(m.promisedEpoch());
        }
    }

    /** Hearing of a later epoch ends a leader or candidate. */
    public void outdatedBy(long epoch) {
        if (roles.ownEpoch() != 0 && epoch > roles.ownEpoch()) {
            roles.outdated(epoch);
        }
    }

    /**
     * The election nominated this node: asks for promises for {@code epoch}, which must be above {@link #highestEpoch}. The end is told to the listener, never
     * within this call.
     */
    public void takeOver(long epoch) {
        roles.takeOver(epoch);
    }

    // ---------------------------------------------------------------- commands

    /**
     * The serving leader's own command.
     *
     * @return its index; 0 if it was queued behind a pending configuration and will be appended by itself; -1 if this node does not serve or too many wait
     */
    public long propose(byte[] body, long timeMs) {
        if (!isServing()) {
            return -1;
        }
        roles.wake();
        return roles.intake().propose(body, timeMs, roles.reconfiguration().isBlocking());
    }

    /** A client's command; {@code timeMs} is group time, never shown lower than an earlier entry's. */
    public SubmitResult submit(Message.Submit command, long timeMs) {
        if (!isServing()) {
            return SubmitResult.NOT_SERVING;
        }
        roles.wake();
        return roles.intake().submit(command, timeMs, roles.reconfiguration().isBlocking());
    }

    /**
     * Changes the acceptors; serving leader only. A newcomer must be a caught-up learner or member; while it gets the last entries new commands wait, at most
     * {@link GroupSettings#queueTimeoutMs}, then {@link GroupListener#onReconfigurationFailed} tells.
     *
     * @return false, and nothing changes, if this node does not serve, another change is pending, or a newcomer is too far behind
     */
    public boolean reconfigure(List<Acceptor> acceptors, String payload) {
        if (!isServing() || !roles.reconfiguration().begin(acceptors, payload)) {
            return false;
        }
        roles.awaitNewcomers();
        learnAddresses();
        return true;
    }

    // ---------------------------------------------------------------- peers

    /** All who follow besides the acceptors; may repeat them. */
    public void setMembers(List<NodeRef> nodes) {
        nodes.forEach(links::learn);
        roles.setMembers(nodes);
    }

    /** Streams the log, or snapshot and log, to this very start of a newcomer; {@link GroupListener#onCaughtUp} tells when it is nearly there. */
    public void addLearner(NodeRef node, long itsLogId) {
        links.admit(node);
        roles.addLearner(new Acceptor(node, itsLogId));
    }

    public void removeLearner(Uid uid) {
        roles.removeLearner(uid);
    }

    /** Whether that start was said to be known ended, or forgotten by the operator. */
    public boolean isKnownEnded(NodeRef node) {
        return links.isGone(node);
    }

    /** That start of a member is known ended (protocol.md section 5). May start a take-over of its own, see {@link Quorum}. */
    public void ended(NodeRef node) {
        if (peers.ended(node)) {
            roles.trace("fresh-epoch", node.uid(), "counts without those known ended, in epoch " + (highestEpoch() + 1));
            takeOver(highestEpoch() + 1);
        }
    }

    /** The operator's word: the copies that this start has count nowhere any more. What only it held may be lost. If it was asleep, it comes back as a newcomer. */
    public void forgotten(NodeRef node) {
        peers.forgotten(node);
    }

    /** Nothing is sent to it until {@link #peerUp}; its promises and what it holds still count. */
    public void peerDown(NodeRef node) {
        peers.down(node);
    }

    /**
     * A start that is no member of anything answers no more. Had it been taken for a member started again, that member, which lives after all, would not be written
     * to: whoever came as its twin was refused by it, and ended.
     */
    public void outsiderGone(PeerId gone) {
        peers.outsiderGone(gone);
    }

    /** It is there (again). */
    public void peerUp(NodeRef node) {
        peers.up(node);
    }

    /** The link to it was closed or renewed, and something of this group may be lost. */
    public void onUndelivered(NodeRef node) {
        peers.onUndelivered(node);
    }

    /** The window to it has room again. */
    public void onRoom(NodeRef node) {
        peers.onRoom(node);
    }

    private void learnAddresses() {
        Configuration latest = replica.configurations().latest();
        if (latest != learntFrom) {
            learntFrom = latest;
            latest.acceptors().forEach(a -> links.learn(a.node()));
        }
    }

    // ---------------------------------------------------------------- what is there

    public boolean isServing() {
        return roles.role() == GroupStatus.Role.SERVING;
    }

    /** Led, asked for, or followed; 0 if none yet. */
    public long epoch() {
        return roles.epoch();
    }

    public long promisedEpoch() {
        return replica.promisedEpoch();
    }

    /** Highest epoch heard of, promised ones included: the next election asks for a higher one. */
    public long highestEpoch() {
        return Math.max(roles.highestEpoch(), Math.max(promisedEpoch(), epoch()));
    }

    public Uid leader() {
        return roles.leader();
    }

    /** This node's own: an acceptor is (uid, log id). */
    public long logId() {
        return replica.logId();
    }

    /** Group time of the last entry, ms. */
    public long lastTimeMs() {
        return replica.log().lastTimeMs();
    }

    /** Null in a newcomer that knows none. */
    public Configuration committedConfiguration() {
        return replica.configurations().committed();
    }

    /** The last in the log, committed or not; null in a newcomer. */
    public Configuration latestConfiguration() {
        return replica.configurations().latest();
    }

    /** The committed one and all later ones, oldest first; none in a newcomer. */
    public List<Configuration> configurations() {
        return replica.knowsConfiguration() ? List.copyOf(replica.configurations().all()) : List.of();
    }

    /** True on a serving leader if nobody can need that node's log or promise any more: an acceptor that was put out may go. */
    public boolean isDoneWithout(Uid uid) {
        return isServing() && roles.reconfiguration().isDoneWithout(uid);
    }

    @Override
    public long firstIndex() {
        return replica.firstIndex();
    }

    @Override
    public long committedIndex() {
        return replica.committedIndex();
    }

    /** Highest index held, committed or not. */
    public long lastIndex() {
        return replica.lastIndex();
    }

    @Override
    public LogEntry entry(long index) {
        return replica.entry(index);
    }

    @Override
    public byte[] outcome(long index) {
        return replica.outcome(index);
    }

    public GroupStatus status() {
        return roles.status();
    }

    /** Drops all timers; answers nothing any more. What is stored stays. */
    public void close() {
        roles.close();
    }
}
