package org.gavel.protocol.heartbeat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Host.ProcessState;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.Message;

/**
 * Watches peers, verifies suspicions by probes, gives verdicts (protocol.md section 5). Sends no heartbeats: it says when, the roles
 * fill in the content.
 */
public final class FailureDetector {
    /** One INM's 100 members and an active's 10,000 sessions, rounded up; beyond, {@link #monitor} answers false. */
    public static final int WATCHED_MAX = 16_384;

    /** After a long pause of this node, at most so many peers are probed at once; the others have their fresh grace. */
    static final int PROBES_AFTER_LATENESS_MAX = 128;
    /** Verifications that a late verdict timer may prolong before it counts after all: else a busy node would never decide. */
    static final int EXTRA_ROUNDS_MAX = 3;
    /** A verdict timer later than this may have unread answers behind it. */
    static final long VERDICT_LATENESS_MS = 25;

    private static final String VERIFYING = "verification asked for by another member";

    private final NodeRef self;
    private final Host host;
    private final Links links;
    private final DetectorListener listener;
    private final HeartbeatSettings settings;
    private final Relays relays;
    private final Prober prober;
    private final Beat beat;
    private final Timers<Uid> steps;
    private final Map<Uid, Watched> watched = new LinkedHashMap<>();
    private boolean leaving;

    public FailureDetector(NodeRef self, Host host, Links links, DetectorListener listener, HeartbeatSettings settings) {
        this.self = self;
        this.host = host;
        this.links = links;
        this.listener = listener;
        this.settings = settings;
        this.relays = new Relays(host, links);
        this.prober = new Prober(host, links, this::isDoubtful);
        this.beat = new Beat(host, settings, listener::onBeat, this::checkAll, this::takeAllBack);
        this.steps = new Timers<>(host, this::onStep);
    }

    // ---------------------------------------------------------------- calls from the roles

    /** Starts the beat, the first after a random part of a tenth of the period, and the watch for silence. */
    public void start() {
        beat.start();
    }

    /** No beat, no verdict any more; probes are still answered unless {@link #leave} was called. */
    public void stop() {
        beat.stop();
        watched.values().forEach(this::endVerification);
    }

    /** This process has said Goodbye: from now on it answers no probe, so that the others need not wait for its end. */
    public void leave() {
        leaving = true;
        stop();
    }

    /**
     * Watches this start of a peer, for one reason more. A newer start of the same uid takes the place of the older one, whose
     * suspicion ends without a verdict.
     *
     * @return false, and nothing is watched, if a newer start is watched already or {@link #WATCHED_MAX} is reached
     */
    public boolean monitor(NodeRef peer, String why) {
        Watched present = watched.get(peer.uid());
        if (present == null || present.peer.incarnation() < peer.incarnation()) {
            if (present == null && watched.size() == WATCHED_MAX || peer.uid().equals(self.uid())) {
                return false;
            }
            remove(present);
            present = new Watched(peer, host.nowMs());
            watched.put(peer.uid(), present);
        }
        if (!present.peer.sameStart(peer)) {
            return false;
        }
        present.reasons.add(why);
        return true;
    }

    /** One reason less to watch this start; with the last one it is forgotten. */
    public void forget(NodeRef peer, String why) {
        Watched present = find(peer.peer());
        if (present != null && present.reasons.remove(why) && present.reasons.isEmpty()) {
            remove(present);
        }
    }

    /** Forgets this start, for whatever reason it was watched. No verdict on it follows. */
    public void forget(NodeRef peer) {
        remove(find(peer.peer()));
    }

    /** Who may be asked to probe for this one: the other members of the view. */
    public void helpers(List<NodeRef> members) {
        prober.helpers(members);
    }

    /** A message of this start arrived. Called for each one. */
    public void heard(PeerId from) {
        Watched peer = watched.get(from.uid());
        if (peer != null && peer.peer.incarnation() == from.incarnation()) {
            peer.lastHeardMs = host.nowMs();
            if (peer.verification != null || peer.dead) {
                onSignOfLife(peer, false);
            }
        }
    }

    /** A reason to verify at once; without effect on one who is not watched. */
    public void hint(PeerId peerId, HintKind kind) {
        Watched peer = find(peerId);
        if (peer != null && (kind != HintKind.PORT_UNREACHABLE || settings.crashHints())) {
            takeUp(peer, kind.sentence);
        }
    }

    /** At once, or, in the quiet time after another hint, at its end. */
    private void takeUp(Watched peer, String why) {
        if (peer.takesUp(why, host.nowMs())) {
            suspect(peer, why, true);
        } else if (peer.verification == null) {
            steps.setIfIdle(peer.peer.uid(), peer.hintsQuietUntilMs - host.nowMs());
        }
    }

    /** Another member accuses this start: a hint, whether it is watched or not. */
    public void verifyNow(NodeRef accused, String why) {
        if (!watched.containsKey(accused.uid())) {
            monitor(accused, VERIFYING);
        }
        Watched peer = find(accused.peer());
        if (peer != null) {
            takeUp(peer, why);
        }
    }

    /** Host time at which this party was last heard, in the start that is watched; -1 if it is not watched. */
    public long lastHeardMs(Uid uid) {
        Watched peer = watched.get(uid);
        return peer == null ? -1 : peer.lastHeardMs;
    }

    public boolean isSuspected(Uid uid) {
        Watched peer = watched.get(uid);
        return peer != null && peer.verification != null;
    }

    /** This start is watched, a verdict was given on it, and nothing of it was heard since. */
    public boolean isDead(PeerId start) {
        Watched peer = find(start);
        return peer != null && peer.dead;
    }

    public List<Suspicion> suspicions() {
        return watched.values().stream().filter(peer -> peer.verification != null)
            .map(peer -> peer.verification.status(peer.peer)).toList();
    }

    // ---------------------------------------------------------------- messages

    /** PROBE, PROBE_REPLY, PROBE_REQUEST, GOODBYE; answers for itself from its making on, member or not. */
    public void onMessage(PeerId from, Address address, Message message) {
        switch (message.type()) {
            case PROBE -> onProbe(from, address, (Message.Probe) message);
            case PROBE_REPLY -> onReply((Message.ProbeReply) message);
            case PROBE_REQUEST -> relays.onRequest(from, address, (Message.ProbeRequest) message);
            case GOODBYE -> onGoodbye(from, (Message.Goodbye) message);
            default -> throw new IllegalArgumentException("not a message of failure detection: " + message.type());
        }
    }

    /** Answers with who is here: whoever asked for another start learns that it is gone from this address. */
    private void onProbe(PeerId from, Address address, Message.Probe probe) {
        if (!leaving) {
            links.sendUnreliable(address, from, Links.NODE_GROUP, new Message.ProbeReply(probe.nonce(), self.peer()));
        }
    }

    private void onReply(Message.ProbeReply reply) {
        if (relays.onReply(reply)) {
            return;
        }
        Watched peer = prober.asked(reply.nonce());
        if (peer == null) {
            onLateReply(reply);
        } else if (reply.target().equals(peer.peer.peer())) {
            peer.lastHeardMs = host.nowMs();
            onSignOfLife(peer, true);
        } else {
            suspect(peer, "its address now belongs to " + reply.target(), true);
        }
    }

    /** Of a twin check, or of a verification that is over: often it was this very datagram that, being heard, ended it. */
    private void onLateReply(Message.ProbeReply reply) {
        Watched peer = find(reply.target());
        if (peer != null && peer.clearedNonces.contains(reply.nonce())) {
            peer.unconfirmed = false;
        }
    }

    private void onGoodbye(PeerId from, Message.Goodbye goodbye) {
        Watched peer = find(goodbye.leaver());
        if (peer != null && from.equals(goodbye.leaver())) {
            peer.saidGoodbye = true;
            suspect(peer, "it said goodbye", true);
        }
    }

    // ---------------------------------------------------------------- transitions

    private void suspect(Watched peer, String why, boolean hinted) {
        boolean first = peer.verification == null;
        if (peer.dead || !first && (peer.verification.hinted || !hinted)) {
            return;
        }
        peer.notedHint = null;
        if (host.processState(peer.peer.process()) == ProcessState.ENDED) {
            becomeDead(peer, true, why + "; its process has ended");
            return;
        }
        endVerification(peer);
        long nowMs = host.nowMs();
        peer.verification = hinted ? Verification.hinted(why, nowMs, links.resendTimerMs(peer.peer), settings)
                : Verification.silent(why, nowMs, settings);
        if (first) {
            trace("suspected", peer, "suspects " + peer.peer + ": " + why);
            listener.onSuspected(peer.peer, why);
        }
        runSteps(peer);
    }

    /** An answer or any message: the suspicion, or a verdict that was wrong, is taken back. */
    private void onSignOfLife(Watched peer, boolean byProbe) {
        if (peer.knownEnded) {
            return; // datagrams that were still under way
        }
        boolean afterHint = peer.verification != null && peer.verification.hinted;
        peer.clearedNonces = peer.verification == null ? List.of() : List.copyOf(peer.verification.nonces);
        endVerification(peer);
        peer.dead = false;
        peer.unconfirmed = afterHint && !byProbe;
        if (peer.unconfirmed) {
            host.atEndOfPass(() -> checkOnceMore(peer));
        }
        trace("cleared", peer, peer.peer + (byProbe ? " answered" : " was heard"));
        listener.onCleared(peer.peer);
        dropIfOnlyVerified(peer);
    }

    /**
     * A hint was cleared by a mere message, perhaps one that was under way when the process ended. One more probe costs nothing, and if
     * the port is dead, the next hint comes at once instead of with the next heartbeat.
     */
    private void checkOnceMore(Watched peer) {
        if (peer.unconfirmed && find(peer.peer.peer()) == peer) {
            peer.unconfirmed = false;
            prober.probeOnce(peer);
        }
    }

    private void becomeDead(Watched peer, boolean knownEnded, String why) {
        endVerification(peer);
        peer.dead = true;
        peer.knownEnded = knownEnded;
        trace("dead", peer, peer.peer + " is dead: " + why + (knownEnded ? " (known ended)" : ""));
        listener.onDead(peer.peer, knownEnded, why);
        dropIfOnlyVerified(peer);
    }

    private void dropIfOnlyVerified(Watched peer) {
        if (peer.reasons.size() == 1) {
            forget(peer.peer, VERIFYING);
        }
    }

    private void endVerification(Watched peer) {
        if (peer.verification != null) {
            prober.forget(peer.verification);
            peer.verification = null;
            steps.cancel(peer.peer.uid());
        }
    }

    private Watched find(PeerId peerId) {
        Watched peer = watched.get(peerId.uid());
        return peer != null && peer.peer.incarnation() == peerId.incarnation() ? peer : null;
    }

    private boolean isDoubtful(NodeRef member) {
        Watched peer = watched.get(member.uid());
        return member.uid().equals(self.uid()) || peer != null && (peer.dead || peer.verification != null);
    }

    private void remove(Watched peer) {
        if (peer != null) {
            endVerification(peer);
            watched.remove(peer.peer.uid());
        }
    }

    // ---------------------------------------------------------------- verification

    private void onStep(Uid uid) {
        Watched peer = watched.get(uid);
        if (peer != null && peer.verification == null && peer.notedHint != null) {
            takeUp(peer, peer.notedHint);
        } else if (peer != null && peer.verification != null && !beat.tookBackForLateness(peer.verification.stepDueMs())) {
            runSteps(peer);
        }
    }

    /** Does what is due of a verification and sets its timer for the rest. A listener may have ended it meanwhile. */
    private void runSteps(Watched peer) {
        Verification v = peer.verification;
        while (v != null && v == peer.verification && v.stepDueMs() <= host.nowMs()) {
            Verification.Kind kind = v.step().kind();
            if (kind == Verification.Kind.VERDICT) {
                verdict(peer, v);
                return;
            }
            v.nextStep++;
            prober.probe(peer, v, kind);
        }
        if (v != null && v == peer.verification) {
            steps.set(peer.peer.uid(), v.stepDueMs() - host.nowMs());
        }
    }

    private void verdict(Watched peer, Verification v) {
        boolean ended = host.processState(peer.peer.process()) == ProcessState.ENDED;
        boolean late = host.nowMs() - v.verdictDueMs() > VERDICT_LATENESS_MS;
        if (!ended && late && v.extraRounds < EXTRA_ROUNDS_MAX) {
            v.beginExtraRound(host.nowMs());
            trace("prolonged", peer, "asks " + peer.peer + " again: own timer was late");
            runSteps(peer);
            return;
        }
        becomeDead(peer, ended || peer.saidGoodbye, v.why + "; no answer within " + v.lengthMs() + " ms");
    }

    // ---------------------------------------------------------------- clocks

    private void checkAll() {
        long nowMs = host.nowMs();
        List<Watched> silent = watched.values().stream().filter(peer -> peer.isDue(nowMs, settings)).toList();
        for (Watched peer : silent) {
            if (find(peer.peer.peer()) == peer) { // a listener's reaction to the one before may have forgotten it
                suspect(peer, "silent for " + (nowMs - peer.lastHeardMs) + " ms", peer.saidGoodbye);
            }
        }
    }

    /** Heard nobody, accuses nobody: suspicions end, everyone gets a fresh grace and is asked first (protocol.md sections 5 and 14). */
    private void takeAllBack(long latenessMs) {
        int asked = 0;
        for (Watched peer : List.copyOf(watched.values())) {
            if (peer.dead) {
                continue;
            }
            peer.lastHeardMs = host.nowMs();
            if (peer.verification != null) {
                endVerification(peer);
                trace("cleared", peer, "doubts itself, not " + peer.peer + ": own timer was " + latenessMs + " ms late");
                listener.onCleared(peer.peer);
            }
            if (asked++ < PROBES_AFTER_LATENESS_MAX) {
                prober.probeOnce(peer);
            }
        }
    }

    private void trace(String kind, Watched peer, String sentence) {
        if (host.tracing()) {
            host.trace(new TraceEvent(host.wallClockMs(), self.uid(), "heartbeat", kind, Links.NODE_GROUP, peer.peer.uid(), sentence));
        }
    }
}
