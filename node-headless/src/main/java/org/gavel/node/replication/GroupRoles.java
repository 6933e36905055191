package org.gavel.node.replication;

import java.util.List;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;

/** Which role this node has in its group, the turns from one to the other, and the deadlines of each. */
final class GroupRoles implements Acceptance.Roles, TakeOver.Outcome {
    private enum TimerKey { TAKE_OVER, COMMIT, STALL, NEWCOMER }

    private final long group;
    private final NodeRef self;
    private final Host host;
    private final GroupListener listener;
    private final GroupSettings settings;
    private final GroupLinks links;
    private final Replica replica;
    private final Parties parties;
    private final Acceptance acceptance;
    private final CommandIntake intake;
    private final Timers<TimerKey> timers;
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
    private boolean endOfPassDue;

    GroupRoles(long group, NodeRef self, long logId, Host host, GroupLinks links, StateMachine machine, GroupListener listener,
               GroupSettings settings) {
        this.group = group;
        this.self = self;
        this.host = host;
        this.listener = listener;
        this.settings = settings;
        this.links = links;
        this.timers = new Timers<>(host, this::onTimer);
        this.replica = new Replica(group, logId, host, machine, listener, settings, this::onStored, this::onApplied);
        this.parties = new Parties(replica);
        this.intake = new CommandIntake(replica, settings);
        this.acceptance = new Acceptance(replica, links, host, listener, settings, this);
    }

    /** Begins from what the store kept, else from the base configuration. */
    void start(Configuration base, boolean ownLogIdKnown) {
        replica.start(base, ownLogIdKnown);
        highestEpoch = replica.promisedEpoch();
    }

    /** Drops all timers; nothing is answered any more. */
    void close() {
        leaveRole();
        role = GroupStatus.Role.CLOSED;
        acceptance.newLeader();
        replica.close();
    }

    // ---------------------------------------------------------------- roles

    @Override
    public void outdated(long higherEpoch) {
        becomeDeposed(higherEpoch);
    }

    @Override
    public boolean follow(long epoch, PeerId leader) {
        PeerId present = leadership != null && leadership.epoch() == epoch ? self.peer() : epoch == followedEpoch ? followedLeader : null;
        if (present == null) {
            becomeFollower(epoch, leader);
        } else if (!present.equals(leader)) {
            String sentence = leader + " appends in epoch " + epoch + " of group " + group + ", which " + present + " leads";
            if (isParty(leader)) {
                throw new InvariantViolation(InvariantViolation.ONE_LEADER, sentence);
            }
            foreign(leader, sentence);
            return false;
        }
        return true;
    }

    @Override
    public boolean isParty(PeerId peer) {
        return parties.contains(peer.uid());
    }

    @Override
    public void foreign(PeerId peer, String sentence) {
        trace("foreign-log", peer.uid(), sentence + "; it is no party of this group and not listened to");
    }

    @Override
    public void won() {
        becomeLeader();
    }

    @Override
    public void failed(String reason) {
        becomeFailed(reason);
    }

    @Override
    public void fetchedMore() {
        timers.set(TimerKey.TAKE_OVER, settings.takeOverTimeoutMs());
    }

    /** Nominated: asks for promises, unless it cannot be. */
    void takeOver(long epoch) {
        if (role == GroupStatus.Role.CLOSED || epoch == ownEpoch()) {
            return; // an election begun anew may nominate twice: the take-over of that epoch is under way, or done
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
        TakeOver attempt = new TakeOver(epoch, self, replica, links, new Quorum(links.ended(), links.forgottenLogs()), listener, settings,
                this);
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
        leadership.start(parties.members(), parties.learners());
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

    void becomeDeposed(long higherEpoch) {
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
    long ownEpoch() {
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
    void progress() {
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

    void unblock() {
        if (role == GroupStatus.Role.SERVING && !reconfiguration.isBlocking()) {
            intake.unblock();
        }
    }

    private void onApplied(LogEntry entry, byte[] outcome) {
        if (leadership == null && takeOver == null) {
            links.trace().committed(entry);
        }
        intake.onApplied(entry);
        listener.onApplied(entry, outcome);
    }

    void wake() {
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

    // ---------------------------------------------------------------- whom it concerns

    List<NodeRef> members() {
        return parties.members();
    }

    void setMembers(List<NodeRef> nodes) {
        parties.setMembers(nodes);
        if (leadership != null) {
            leadership.setMembers(parties.members());
            wake();
        }
    }

    void addLearner(Acceptor learner) {
        parties.addLearner(learner);
        if (leadership != null) {
            leadership.addLearner(learner);
            wake();
        }
    }

    void removeLearner(Uid uid) {
        parties.removeLearner(uid);
        if (leadership != null) {
            leadership.removeLearner(uid);
        }
    }

    /** True if that very start was one. */
    boolean removeLearner(PeerId start) {
        boolean found = parties.isLearner(start);
        if (found) {
            removeLearner(start.uid());
        }
        return found;
    }

    /** Waits for the newcomers of a change of acceptors, but not for ever. */
    void awaitNewcomers() {
        if (reconfiguration.isWaiting()) {
            timers.set(TimerKey.NEWCOMER, settings.queueTimeoutMs());
        }
        wake();
    }

    void heardOf(long epoch) {
        highestEpoch = Math.max(highestEpoch, epoch);
    }

    // ---------------------------------------------------------------- what is there

    GroupStatus.Role role() {
        return role;
    }

    /** Null unless a candidate. */
    TakeOver takeOver() {
        return takeOver;
    }

    /** Null unless a leader. */
    Leadership leadership() {
        return leadership;
    }

    /** Null unless a leader. */
    Reconfiguration reconfiguration() {
        return reconfiguration;
    }

    Replica replica() {
        return replica;
    }

    Acceptance acceptance() {
        return acceptance;
    }

    CommandIntake intake() {
        return intake;
    }

    /** Led, asked for, or followed. */
    long epoch() {
        return Math.max(ownEpoch(), followedEpoch);
    }

    /** NOBODY while none is known. */
    Uid leader() {
        return leadership != null ? self.uid() : followedLeader != null ? followedLeader.uid() : Uid.NOBODY;
    }

    long highestEpoch() {
        return highestEpoch;
    }

    GroupStatus status() {
        return new GroupStatus(role, epoch(), replica.promisedEpoch(), leader(), replica.firstIndex(), replica.committedIndex(), replica.lastIndex(),
                GroupStatus.lastEntries(replica), leadership == null ? List.of() : leadership.holders(), leadership == null ? "" : leadership.paused());
    }

    void trace(String kind, Uid subject, String sentence) {
        if (host.tracing()) {
            host.trace(new TraceEvent(host.wallClockMs(), self.uid(), "replication", kind, group, subject, sentence));
        }
    }
}
