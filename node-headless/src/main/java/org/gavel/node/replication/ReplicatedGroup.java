package org.gavel.node.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.multicast.EntrySource;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * One node's part in one replicated group (protocol.md section 7): the ring's, whose members are all acceptors, or an auction's, whose leader often is none. What a
 * role does stands in {@link Acceptance}, {@link TakeOver} and {@link Leadership}; here is only who does what when.
 */
public final class ReplicatedGroup implements EntrySource {
    private enum TimerKey { TAKE_OVER, COMMIT, STALL, NEWCOMER }

    private final long group;
    private final NodeRef self;
    private final Host host;
    private final GroupListener listener;
    private final GroupSettings settings;
    private final GroupLinks links;
    private final Replica replica;
    private final Acceptance acceptance;
    private final CommandIntake intake;
    private final Timers<TimerKey> timers;
    private final Map<Uid, Acceptor> learners = new TreeMap<>();
    private List<NodeRef> members = List.of();
    private GroupStatus.Role role = GroupStatus.Role.FOLLOWER;
    /** Not null as a candidate only. */
    private TakeOver takeOver;
    /** Not null as a leader only. */
    private Leadership leadership;
    /** Not null as a leader only. */
    private Reconfiguration reconfiguration;
    private long followedEpoch;
    private PeerId followedLeader;
    private long highestEpoch;
    private Configuration learntFrom;
    private boolean endOfPassDue;

    /**
     * @param logId this node's own log id, or 0 if it is no acceptor yet: then one is drawn (see {@link #logId})
     * @param base  the configuration that the group is born with (index 0, committed by definition), or null for a newcomer that knows none
     */
    public ReplicatedGroup(long group, NodeRef self, long logId, Configuration base, Host host, Links links, StateMachine machine,
                           GroupListener listener, GroupSettings settings) {
        this.group = group;
        this.self = self;
        this.host = host;
        this.listener = listener;
        this.settings = settings;
        this.links = new GroupLinks(links, group);
        this.timers = new Timers<>(host, this::onTimer);
        this.replica = new Replica(group, logId, host, machine, listener, settings, this::onStored, this::onApplied);
        this.intake = new CommandIntake(replica, settings);
        this.acceptance = new Acceptance(replica, this.links, host, listener, settings, new RoleChanges());
        replica.start(base, logId != 0);
        highestEpoch = replica.promisedEpoch();
        learnAddresses();
    }

    // ---------------------------------------------------------------- messages

    /**
     * A message of this group arrived.
     *
     * @param fromNode where its sender receives; null if unknown, then only known acceptors and members are answered
     */
    public void onMessage(PeerId from, NodeRef fromNode, Message message) {
        if (role == GroupStatus.Role.CLOSED) {
            return;
        }
        if (fromNode != null) {
            links.learn(fromNode);
        }
        dispatch(from, message);
        learnAddresses();
        if (leadership != null) {
            wake();
        }
    }

    private void dispatch(PeerId from, Message message) {
        switch (message.type()) {
            case PREPARE -> onPrepare(from, (Message.Prepare) message);
            case PROMISE -> onPromise(from, (Message.Promise) message);
            case PROMISE_REFUSED -> onPromiseRefused(from, (Message.PromiseRefused) message);
            case FETCH -> acceptance.onFetch(from, (Message.Fetch) message);
            case FETCHED -> onFetched(from, (Message.Fetched) message);
            case APPEND -> onAppend(from, (Message.Append) message);
            case SNAPSHOT_PIECE -> onSnapshotPiece(from, (Message.SnapshotPiece) message);
            case HELD -> onHeld(from, (Message.Held) message);
            case MISMATCH -> onMismatch(from, (Message.Mismatch) message);
            case FENCED -> onFenced((Message.Fenced) message);
            default -> trace("unexpected", from.uid(), message.type() + " is no message of a replicated group");
        }
    }

    private void onPrepare(PeerId from, Message.Prepare m) {
        highestEpoch = Math.max(highestEpoch, m.epoch());
        acceptance.onPrepare(from, m);
    }

    private void onPromise(PeerId from, Message.Promise m) {
        if (takeOver != null) {
            takeOver.onPromise(from, m);
        }
    }

    private void onPromiseRefused(PeerId from, Message.PromiseRefused m) {
        highestEpoch = Math.max(highestEpoch, m.promisedEpoch());
        if (takeOver != null && m.epoch() == takeOver.epoch()) {
            if (m.promisedEpoch() > m.epoch()) {
                becomeDeposed(m.promisedEpoch());
            } else {
                takeOver.onRefused(from, m);
            }
        }
    }

    private void onFetched(PeerId from, Message.Fetched m) {
        if (takeOver != null) {
            takeOver.onFetched(from, m);
        }
    }

    private void onAppend(PeerId from, Message.Append m) {
        highestEpoch = Math.max(highestEpoch, m.epoch());
        acceptance.onAppend(from, m);
    }

    private void onSnapshotPiece(PeerId from, Message.SnapshotPiece m) {
        if (takeOver != null && m.epoch() == takeOver.epoch()) {
            takeOver.onSnapshotPiece(from, m);
        } else {
            acceptance.onSnapshotPiece(from, m);
        }
    }

    private void onHeld(PeerId from, Message.Held m) {
        if (leadership != null && m.epoch() == leadership.epoch() && leadership.onHeld(from, m)) {
            progress();
        }
    }

    private void onMismatch(PeerId from, Message.Mismatch m) {
        if (leadership != null && m.epoch() == leadership.epoch()) {
            leadership.onMismatch(from, m);
        }
    }

    private void onFenced(Message.Fenced m) {
        highestEpoch = Math.max(highestEpoch, m.promisedEpoch());
        long own = ownEpoch();
        if (own != 0 && m.epoch() == own && m.promisedEpoch() > own) {
            becomeDeposed(m.promisedEpoch());
        }
    }

    // ---------------------------------------------------------------- roles

    /** What the answering side asks for. */
    private final class RoleChanges implements Acceptance.Roles {
        @Override
        public void outdated(long higherEpoch) {
            becomeDeposed(higherEpoch);
        }

        @Override
        public void follow(long epoch, PeerId leader) {
            becomeFollower(epoch, leader);
        }
    }

    /** How a take-over ends. */
    private final class TakeOverOutcome implements TakeOver.Outcome {
        @Override
        public void won() {
            becomeLeader();
        }

        @Override
        public void failed(String reason) {
            becomeFailed(reason);
        }

        @Override
        public void progress() {
            timers.set(TimerKey.TAKE_OVER, settings.takeOverTimeoutMs());
        }
    }

    /** The election nominated this node: asks for promises. The end is told to the listener, never within this call. */
    public void takeOver(long epoch) {
        if (role == GroupStatus.Role.CLOSED) {
            return;
        }
        if (epoch <= replica.promisedEpoch() || !replica.knowsConfiguration()) {
            String reason = replica.knowsConfiguration() ? "epoch " + replica.promisedEpoch() + " is promised here already"
                    : "this node knows no configuration yet";
            host.atEndOfPass(() -> listener.onTakeOverFailed(epoch, reason));
            return;
        }
        becomeCandidate(epoch);
    }

    private void becomeCandidate(long epoch) {
        leaveRole();
        role = GroupStatus.Role.CANDIDATE;
        highestEpoch = Math.max(highestEpoch, epoch);
        TakeOver attempt = new TakeOver(epoch, self, replica, links, new Quorum(links.ended(), links.forgotten()), listener, settings,
                new TakeOverOutcome());
        takeOver = attempt;
        trace("candidate", Uid.NOBODY, "asks for promises for epoch " + epoch);
        timers.set(TimerKey.TAKE_OVER, settings.takeOverTimeoutMs());
        replica.promise(epoch, self.peer(), () -> {
            if (takeOver == attempt) {
                attempt.ownPromiseStored();
            }
        });
        attempt.start();
    }

    private void becomeLeader() {
        TakeOver won = takeOver;
        leaveRole();
        role = GroupStatus.Role.LEADER;
        leadership = new Leadership(won.epoch(), self, replica, links, won.quorum(), listener, settings);
        reconfiguration = new Reconfiguration(self, replica, leadership, settings);
        trace("promised", Uid.NOBODY, "has the promises for epoch " + won.epoch() + " and the best log, up to " + replica.lastIndex());
        leadership.start(members, learners);
        wake();
    }

    private void becomeServing() {
        role = GroupStatus.Role.SERVING;
        intake.open(leadership.epoch());
        trace("serving", self.uid(), "serves as leader of epoch " + leadership.epoch());
        listener.onServing(leadership.epoch());
    }

    private void becomeFailed(String reason) {
        long epoch = takeOver.epoch();
        leaveRole();
        trace("take-over-failed", Uid.NOBODY, reason);
        listener.onTakeOverFailed(epoch, reason);
    }

    private void becomeDeposed(long higherEpoch) {
        long own = ownEpoch();
        highestEpoch = Math.max(highestEpoch, higherEpoch);
        followedLeader = null;
        if (own != 0) {
            leaveRole();
            trace("fenced", Uid.NOBODY, "epoch " + own + " is over, " + higherEpoch + " is promised");
            listener.onDeposed(own, higherEpoch);
        }
    }

    private void becomeFollower(long epoch, PeerId leader) {
        if (leadership != null && leadership.epoch() == epoch || epoch == followedEpoch && followedLeader != null && !followedLeader.equals(leader)) {
            throw new InvariantViolation(InvariantViolation.ONE_LEADER, leader + " appends in epoch " + epoch + " of group " + group + ", which "
                    + (leadership != null ? self.peer() : followedLeader) + " leads");
        }
        if (epoch == followedEpoch && followedLeader != null) {
            return;
        }
        becomeDeposed(epoch);
        if (epoch > replica.promisedEpoch()) {
            replica.promise(epoch, leader, () -> { });
        }
        followedEpoch = epoch;
        followedLeader = leader;
        acceptance.newLeader();
        trace("follows", leader.uid(), "follows in epoch " + epoch);
        listener.onLeader(epoch, leader.uid());
    }

    /** To a plain follower, without a word. */
    private void leaveRole() {
        role = GroupStatus.Role.FOLLOWER;
        takeOver = null;
        leadership = null;
        reconfiguration = null;
        followedLeader = null;
        intake.close();
        timers.cancelAll();
    }

    /** Epoch led or asked for; 0 for a follower. */
    private long ownEpoch() {
        return leadership != null ? leadership.epoch() : takeOver != null ? takeOver.epoch() : 0;
    }

    // ---------------------------------------------------------------- a leader's progress

    private void onStored() {
        acceptance.onStored();
        if (leadership != null) {
            progress();
        }
    }

    /** Someone holds more than before. */
    private void progress() {
        Leadership now = leadership;
        if (now.advance() && leadership == now && role == GroupStatus.Role.LEADER && now.isServing()) {
            becomeServing();
        }
        if (leadership == now) {
            if (reconfiguration.continueIfReady()) {
                timers.cancel(TimerKey.NEWCOMER);
            }
            unblock();
            wake();
        }
    }

    private void unblock() {
        if (role == GroupStatus.Role.SERVING && !reconfiguration.isBlocking()) {
            intake.unblock();
        }
    }

    private void onApplied(LogEntry entry, byte[] outcome) {
        intake.onApplied(entry);
        listener.onApplied(entry, outcome);
    }

    private void wake() {
        if (!endOfPassDue) {
            endOfPassDue = true;
            host.atEndOfPass(this::endOfPass);
        }
    }

    private void endOfPass() {
        endOfPassDue = false;
        if (leadership != null) {
            replica.flush();
            leadership.sendAppends();
            if (leadership.hasUntoldCommit()) {
                timers.setIfIdle(TimerKey.COMMIT, settings.commitDelayMs());
            }
            timers.setIfIdle(TimerKey.STALL, settings.stallMs());
        }
    }

    private void onTimer(TimerKey key) {
        switch (key) {
            case TAKE_OVER -> becomeFailed("no majority within " + settings.takeOverTimeoutMs() + " ms: " + takeOver.missing());
            case COMMIT -> leadership.tellCommit();
            case STALL -> {
                if (leadership.probeStalled()) {
                    wake();
                }
            }
            case NEWCOMER -> {
                reconfiguration.giveUp();
                unblock();
                wake();
                listener.onReconfigurationFailed("a newcomer did not catch up within " + settings.queueTimeoutMs() + " ms");
            }
        }
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
        wake();
        return intake.propose(body, timeMs, reconfiguration.isBlocking());
    }

    /** A client's command; {@code timeMs} is group time, never shown lower than an earlier entry's. */
    public SubmitResult submit(Message.Submit command, long timeMs) {
        if (!isServing()) {
            return SubmitResult.NOT_SERVING;
        }
        wake();
        return intake.submit(command, timeMs, reconfiguration.isBlocking());
    }

    /**
     * Changes the acceptors; serving leader only. A newcomer must be a caught-up learner or member; while it gets the last entries new commands wait, at most
     * {@link GroupSettings#queueTimeoutMs}, then {@link GroupListener#onReconfigurationFailed} tells.
     *
     * @return false, and nothing changes, if this node does not serve, another change is pending, or a newcomer is too far behind
     */
    public boolean reconfigure(List<Acceptor> acceptors, String payload) {
        if (!isServing() || !reconfiguration.begin(acceptors, payload)) {
            return false;
        }
        if (reconfiguration.isWaiting()) {
            timers.set(TimerKey.NEWCOMER, settings.queueTimeoutMs());
        }
        learnAddresses();
        wake();
        return true;
    }

    /** True while a change of acceptors waits for its newcomers or its commit. */
    public boolean isReconfiguring() {
        return reconfiguration != null && reconfiguration.isBlocking();
    }

    // ---------------------------------------------------------------- peers

    /** All who follow besides the acceptors; may repeat them. */
    public void setMembers(List<NodeRef> nodes) {
        members = List.copyOf(nodes);
        nodes.forEach(links::learn);
        if (leadership != null) {
            leadership.setMembers(members);
            wake();
        }
    }

    /** Streams the log, or snapshot and log, to a newcomer; {@link GroupListener#onCaughtUp} tells when it is nearly there. */
    public void addLearner(NodeRef node, long itsLogId) {
        Acceptor learner = new Acceptor(node, itsLogId);
        learners.put(node.uid(), learner);
        links.learn(node);
        if (leadership != null) {
            leadership.addLearner(learner);
            wake();
        }
    }

    public void removeLearner(Uid uid) {
        learners.remove(uid);
        if (leadership != null) {
            leadership.removeLearner(uid);
        }
    }

    /** That start of a member is known ended (protocol.md section 5). May start a take-over of its own, see {@link Quorum}. */
    public void ended(NodeRef node) {
        links.setEnded(node);
        lost(node, "it has ended");
        if (needsFreshEpoch()) {
            trace("fresh-epoch", node.uid(), "counts without those known ended, in epoch " + (highestEpoch + 1));
            takeOver(highestEpoch + 1);
        }
    }

    /** True if the living cannot be enough in this node's own epoch but can in one asked for now. */
    public boolean needsFreshEpoch() {
        Quorum quorum = leadership != null ? leadership.quorum() : takeOver != null ? takeOver.quorum() : null;
        return quorum != null
                && replica.configurations().all().stream().anyMatch(c -> quorum.wouldGainByFreshEpoch(c.acceptors(), links.ended()));
    }

    /** The operator's word: that start counts nowhere any more. What only it held may be lost. */
    public void forgotten(NodeRef node) {
        links.setForgotten(node);
        lost(node, "it is forgotten");
        if (takeOver != null) {
            takeOver.reconsider();
        }
        if (leadership != null) {
            progress();
        }
    }

    /** Nothing is sent to it until {@link #peerUp}; its promises and what it holds still count. */
    public void peerDown(NodeRef node) {
        links.setDown(node, true);
        lost(node, "it is down");
    }

    private void lost(NodeRef node, String reason) {
        if (takeOver != null) {
            takeOver.peerDown(node, reason);
        }
        if (leadership != null) {
            leadership.refreshTargets();
            leadership.peerDown(node);
        }
    }

    /** It is there (again), or its link was renewed and what was under way may be lost. */
    public void peerUp(NodeRef node) {
        links.learn(node);
        links.setDown(node, false);
        if (takeOver != null) {
            takeOver.reachable(node);
        }
        if (leadership != null) {
            leadership.peerUp(node);
            wake();
        }
    }

    /** The window to it has room again. */
    public void onRoom(NodeRef node) {
        acceptance.onRoom(node);
        if (takeOver != null) {
            takeOver.onRoom(node);
        }
        if (leadership != null) {
            leadership.onRoom(node);
            wake();
        }
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
        return role == GroupStatus.Role.SERVING;
    }

    /** Led, asked for, or followed; 0 if none yet. */
    public long epoch() {
        return Math.max(ownEpoch(), followedEpoch);
    }

    public long promisedEpoch() {
        return replica.promisedEpoch();
    }

    /** Highest epoch heard of: the next election asks for a higher one. */
    public long highestEpoch() {
        return highestEpoch;
    }

    /** NOBODY where none is known. */
    public Uid leader() {
        return leadership != null ? self.uid() : followedLeader != null ? followedLeader.uid() : Uid.NOBODY;
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
        List<GroupStatus.Entry> entries = new ArrayList<>();
        for (long i = Math.max(firstIndex(), lastIndex() - 7); i <= lastIndex(); i++) {
            LogEntry entry = entry(i);
            entries.add(new GroupStatus.Entry(i, entry.epoch(), entry.kind(), i <= replica.storedIndex(), i <= committedIndex()));
        }
        return new GroupStatus(role, epoch(), promisedEpoch(), leader(), firstIndex(), committedIndex(), lastIndex(), entries,
                leadership == null ? List.of() : leadership.holders(), leadership == null ? "" : leadership.paused());
    }

    /** Drops all timers; answers nothing any more. What is stored stays. */
    public void close() {
        leaveRole();
        role = GroupStatus.Role.CLOSED;
        acceptance.newLeader();
        replica.close();
    }

    private void trace(String kind, Uid subject, String sentence) {
        if (host.tracing()) {
            host.trace(new TraceEvent(host.wallClockMs(), self.uid(), "replication", kind, group, subject, sentence));
        }
    }
}
