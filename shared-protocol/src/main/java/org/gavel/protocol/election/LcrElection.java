package org.gavel.protocol.election;

import java.util.List;
import java.util.Set;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.Message;

/**
 * Chang and Roberts' election for one group, made to end on a ring that changes under it (protocol.md section 6).
 *
 * <p>A member passes a candidate only if it is larger than every one it has seen in this (view, epoch). On FIFO links this is the
 * classical rule, message for message; on a network that reorders, doubles and loses it makes all messages idempotent, and lets a
 * member resend only the largest candidate it has seen. A token of a view that this member has not installed is dropped without an
 * acknowledgement: the sender's resends bring it back after the view arrived; if the view does not come within them, the sender skips
 * this member, so that the election ends without it. Keeping such a token (acknowledged) could lose it for ever.
 */
public final class LcrElection {
    private enum Deadline { NO_RESULT, RETRY }

    private final long group;
    private final NodeRef self;
    private final Host host;
    private final ElectionListener listener;
    private final ElectionSettings settings;
    private final ElectionRing ring;
    private final RingHops hops;
    private final HopGate gate;
    private final Timers<Deadline> timers;

    private ElectionState state = ElectionState.IDLE;
    private long epoch;
    /** A leader of this epoch serves, or served: tokens up to it are stale. */
    private long concludedEpoch;
    /** Largest candidate seen; null before the first. NOBODY stands for an election that a non-candidate started. */
    private Uid best;
    private Uid bestInitiator;
    private int bestHops;
    private Uid leader = Uid.NOBODY;
    private String because = "";
    private int passed;
    private int swallowed;
    /** Counts entries into an epoch: what was put off to the end of the pass checks that it is still meant. */
    private long round;

    public LcrElection(long group, NodeRef self, Host host, Links links, ElectionListener listener, ElectionSettings settings) {
        this.group = group;
        this.self = self;
        this.host = host;
        this.listener = listener;
        this.settings = settings;
        this.ring = new ElectionRing(self.uid());
        this.hops = new RingHops(group, host, links, settings, this::becomeSkipping);
        this.gate = new HopGate(group, ring, links, () -> Math.max(epoch, concludedEpoch));
        this.timers = new Timers<>(host, this::onTimer);
    }

    // ---------------------------------------------------------------- calls from the roles

    /**
     * The ring as of a view: all members in ring order and which of them stand for election. A newer view restarts a running election
     * in it, with the same epoch; an older one is ignored; the same one only refreshes the candidates.
     */
    public void installRing(ViewId view, List<NodeRef> ringInOrder, Set<Uid> candidates) {
        if (!ring.install(view, ringInOrder, candidates)) {
            standIfCandidateNow();
            return;
        }
        gate.forgetSeen();
        hops.abandonAll();
        if (!ring.selfIsMember()) {
            becomeIdle();
        } else if (isRunning()) {
            enter(epoch, "view " + view + " was installed meanwhile");
        }
    }

    /** This member is believed dead: the ring is repaired at once. If it was the largest candidate, the election starts over. */
    public void dead(Uid uid) {
        NodeRef before = ring.successor();
        if (!ring.markDead(uid) || !isRunning()) {
            return;
        }
        if (uid.equals(leader) || uid.equals(best)) {
            restartAbove(epoch, uid.shortForm() + ", the largest candidate, died");
        } else if (before != null && before.uid().equals(uid)) {
            trace("skipped", uid, "successor " + uid.shortForm() + " died");
            hops.abandonTo(before);
            repair();
        }
        standIfCandidateNow();
    }

    /** This member lives after all (or was heard again): it gets tokens again. */
    public void alive(Uid uid) {
        ring.markAlive(uid);
    }

    /** Starts an election for {@code epoch} (or the next one above all concluded); nothing happens while one of this or a higher epoch runs. */
    public void start(long wantedEpoch, String why) {
        long wanted = Math.max(wantedEpoch, concludedEpoch + 1);
        if (ring.selfIsMember() && !(isRunning() && epoch >= wanted)) {
            enter(wanted, why);
        }
    }

    /** A leader of this epoch serves: an election of it, or of a lower one, is over. */
    public void concluded(long servingEpoch) {
        concludedEpoch = Math.max(concludedEpoch, servingEpoch);
        if (isRunning() && epoch <= concludedEpoch) {
            becomeIdle();
        }
    }

    /** The group is over, or this member leaves it. */
    public void stop() {
        becomeIdle();
        hops.abandonAll();
    }

    public boolean isRunning() {
        return state != ElectionState.IDLE;
    }

    public ElectionStatus status() {
        NodeRef next = ring.successor();
        return new ElectionStatus(state, ring.view(), epoch, ring.selfIsCandidate(), best == null ? Uid.NOBODY : best, leader, passed,
                swallowed, bestHops, next == null ? Uid.NOBODY : next.uid(), because);
    }

    public ElectionCounters counters() {
        return hops.counters(gate.dropped());
    }

    // ---------------------------------------------------------------- messages

    /** TOKEN, ELECTED, TOKEN_ACK, ELECTION_STALE of this group; others are not meant for here. */
    public void onMessage(PeerId from, Message message) {
        NodeRef sender = ring.member(from);
        if (sender == null) {
            gate.drop();
            return;
        }
        ring.unskip(from.uid());
        switch (message.type()) {
            case TOKEN -> onToken(sender, (Message.Token) message);
            case ELECTED -> onElected(sender, (Message.Elected) message);
            case TOKEN_ACK -> hops.onAck(((Message.TokenAck) message).number());
            case ELECTION_STALE -> onStale(sender, (Message.ElectionStale) message);
            default -> throw new IllegalArgumentException("not a message of an election: " + message.type());
        }
    }

    private void onToken(NodeRef sender, Message.Token token) {
        if (!gate.admit(sender, token.view(), token.epoch(), Math.max(epoch, concludedEpoch + 1), token.number(), token.hops())) {
            return;
        }
        if (!isRunning() || token.epoch() > epoch) {
            becomeJoining(token.epoch(), "token from " + sender);
        }
        Uid candidate = token.candidate();
        ring.unskip(candidate);
        if (state == ElectionState.NOMINATED || state == ElectionState.DECIDED) {
            swallow(sender, token, "decided for " + leader.shortForm());
        } else if (candidate.equals(self.uid())) {
            onOwnToken(sender, token);
        } else if (best != null && candidate.compareTo(best) <= 0) {
            swallow(sender, token, candidate.equals(best) ? "passed it before" : "smaller than " + best.shortForm());
        } else if (best == null && ring.selfIsCandidate() && candidate.compareTo(self.uid()) < 0) {
            swallow(sender, token, "smaller than " + self.uid().shortForm() + ", which takes its place");
            becomeParticipant(token.initiator(), token.hops());
        } else {
            pass(sender, token);
        }
    }

    private void onOwnToken(NodeRef sender, Message.Token token) {
        if (state == ElectionState.PARTICIPANT) {
            becomeNominated(sender.uid(), token.number());
        } else {
            swallow(sender, token, "own token, but " + (best == null ? "no candidate here" : best.shortForm() + " is larger"));
        }
    }

    private void pass(NodeRef sender, Message.Token token) {
        best = token.candidate();
        bestInitiator = token.initiator();
        bestHops = token.hops();
        becomeOutbid();
        passed++;
        trace("token-passed", best, "passed the token of " + ElectionRing.nameOf(best) + " on, hop " + bestHops, sender.uid(), token.number());
        sendBest(false);
    }

    private void swallow(NodeRef sender, Message.Token token, String why) {
        swallowed++;
        trace("token-swallowed", token.candidate(), "swallowed the token of " + ElectionRing.nameOf(token.candidate()) + ", " + why, sender.uid(), token.number());
    }

    private void onElected(NodeRef sender, Message.Elected elected) {
        if (!gate.admit(sender, elected.view(), elected.epoch(), Math.max(epoch, concludedEpoch), elected.number(), elected.hops())) {
            return;
        }
        boolean running = isRunning() && elected.epoch() == epoch;
        boolean known = elected.epoch() <= epoch && !leader.isNobody();
        if (elected.leader().equals(self.uid()) || known) {
            return; // home again, or doubled by a repair
        }
        if (!running && elected.epoch() > concludedEpoch) {
            becomeJoining(elected.epoch(), "announcement from " + sender);
        }
        epoch = elected.epoch();
        hops.abandonToken();
        leader = elected.leader();
        if (isRunning()) {
            becomeDecided(sender.uid(), elected.number());
        }
        sendElected(elected.hops() + 1, false);
        listener.onElected(epoch, leader);
        if (isRunning() && ring.isAnnouncedDead(leader)) {
            // The verdict on the nominee overtook its announcement: without this nothing would happen for takeOverMs.
            restartAbove(epoch, leader.shortForm() + " was announced, and is dead");
        }
    }

    /**
     * The receiver of a token (or Elected) is ahead. Of a newer epoch: join it there. Of a newer view: it takes nothing from this one,
     * so the token goes round without it until this member has the view as well.
     */
    private void onStale(NodeRef sender, Message.ElectionStale stale) {
        if (!isRunning() || stale.epoch() > HopGate.EPOCH_MAX) {
            return;
        }
        if (stale.view().isNewerThan(ring.view())) {
            becomeSkipping(sender, "it has a newer view, " + stale.view());
        } else if (stale.view().equals(ring.view()) && stale.epoch() >= epoch) {
            hops.abandonTo(sender);
            if (stale.epoch() > epoch) {
                enter(stale.epoch(), sender + " is at epoch " + stale.epoch());
            }
        }
    }

    // ---------------------------------------------------------------- transitions

    /** Begins an epoch by own will. The first token leaves at the end of the pass, so that news of the same pass can still stop it. */
    private void enter(long newEpoch, String why) {
        becomeJoining(newEpoch, why);
        trace("started", self.uid(), "election for epoch " + newEpoch + " in view " + ring.view() + ": " + why);
        boolean stands = ring.selfIsCandidate();
        state = stands ? ElectionState.PARTICIPANT : ElectionState.RELAY;
        best = stands ? self.uid() : Uid.NOBODY;
        bestInitiator = self.uid();
        long thisRound = round;
        host.atEndOfPass(() -> {
            boolean untouched = bestHops == 0 && (state == ElectionState.PARTICIPANT || state == ElectionState.RELAY);
            if (round == thisRound && untouched) {
                sendBest(false);
            }
        });
    }

    /** No candidate was found so far, and this member has become one: it stands, one epoch higher. */
    private void standIfCandidateNow() {
        if (state == ElectionState.RELAY && ring.selfIsCandidate() && (best == null || best.isNobody())) {
            restartAbove(epoch, "this member has become a candidate");
        }
    }

    /** An empty sheet for this epoch; what the first token makes of it follows. */
    private void becomeJoining(long newEpoch, String why) {
        hops.abandonAll();
        timers.cancelAll();
        round++;
        state = ElectionState.RELAY;
        epoch = newEpoch;
        best = null;
        bestInitiator = null;
        bestHops = 0;
        leader = Uid.NOBODY;
        because = why;
        passed = 0;
        swallowed = 0;
        timers.set(Deadline.NO_RESULT, settings.noResultMs());
    }

    private void becomeParticipant(Uid initiator, int hopCount) {
        state = ElectionState.PARTICIPANT;
        best = self.uid();
        bestInitiator = initiator;
        bestHops = hopCount;
        sendBest(false);
    }

    private void becomeOutbid() {
        state = ring.selfIsCandidate() && !best.isNobody() ? ElectionState.OUTBID : ElectionState.RELAY;
    }

    private void becomeNominated(Uid sender, long number) {
        state = ElectionState.NOMINATED;
        leader = self.uid();
        hops.abandonToken();
        timers.cancel(Deadline.RETRY);
        timers.set(Deadline.NO_RESULT, settings.takeOverMs());
        trace("nominated", self.uid(), "own token came home: nominated for epoch " + epoch, sender, number);
        sendElected(1, false);
        listener.onNominated(epoch);
    }

    private void becomeDecided(Uid sender, long number) {
        state = ElectionState.DECIDED;
        timers.cancel(Deadline.RETRY);
        timers.set(Deadline.NO_RESULT, settings.takeOverMs());
        trace("elected", leader, leader.shortForm() + " was elected for epoch " + epoch, sender, number);
    }

    private void becomeIdle() {
        state = ElectionState.IDLE;
        timers.cancelAll();
        hops.abandonToken();
    }

    /** The successor does not take the token: the next one gets the best candidate seen. */
    private void becomeSkipping(NodeRef successor, String why) {
        ring.skip(successor.uid());
        hops.abandonTo(successor);
        trace("skipped", successor.uid(), "skipped successor " + successor.uid().shortForm() + ": " + why);
        repair();
        listener.onSkipped(successor);
    }

    // ---------------------------------------------------------------- sending

    /** What a lost successor may have taken with it is sent to the next one; who has seen it before swallows it. */
    private void repair() {
        if (!leader.isNobody()) {
            sendElected(1, true);
        } else if (isRunning() && best != null) {
            sendBest(true);
        }
    }

    private void sendBest(boolean repair) {
        NodeRef next = ring.successor();
        if (next != null) {
            Message.Token token = new Message.Token(ring.view(), epoch, best, bestInitiator, bestHops + 1, hops.nextNumber());
            String sentence = "sent the token of " + ElectionRing.nameOf(best) + " to " + next.uid().shortForm();
            trace(repair ? "token-repaired" : "token-sent", best, sentence, next.uid(), token.number());
            hops.sendToken(next, token, repair);
        } else if (state == ElectionState.PARTICIPANT) {
            host.atEndOfPass(this::nominateIfAlone);
        }
    }

    private void nominateIfAlone() {
        if (state == ElectionState.PARTICIPANT && ring.successor() == null) {
            becomeNominated(Uid.NOBODY, 0);
        }
    }

    private void sendElected(int hopCount, boolean repair) {
        NodeRef next = ring.successor();
        if (next != null) {
            Message.Elected elected = new Message.Elected(ring.view(), epoch, leader, hopCount, hops.nextNumber());
            trace("elected-sent", leader, "announced " + leader.shortForm() + " to " + next.uid().shortForm(), next.uid(), elected.number());
            hops.sendElected(next, elected, repair);
        }
    }

    // ---------------------------------------------------------------- timers

    private void onTimer(Deadline deadline) {
        if (deadline == Deadline.NO_RESULT) {
            timers.set(Deadline.RETRY, Math.floorMod(host.random(), settings.jitterMs() + 1));
        } else {
            restartAbove(epoch, "epoch " + epoch + " brought no leader");
        }
    }

    private void restartAbove(long failedEpoch, String why) {
        enter(Math.max(Math.max(failedEpoch, concludedEpoch), listener.highestEpoch()) + 1, why);
        listener.onNoResult(failedEpoch);
    }

    private void trace(String kind, Uid subject, String sentence) {
        trace(kind, subject, sentence, Uid.NOBODY, 0);
    }

    private void trace(String kind, Uid subject, String sentence, Uid peer, long number) {
        if (host.tracing()) {
            host.trace(new TraceEvent(host.wallClockMs(), self.uid(), "election", kind, group, subject, sentence, peer, number));
        }
    }
}
