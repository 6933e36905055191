package org.gavel.protocol.heartbeat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Host.ProcessState;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.Message;

/**
 * Restart or twin? A newer start claims the uid of a known one: the old address is probed (protocol.md section 1). A third probe goes
 * out when the 50 ms are over, and its answer is waited for as long as the link's resend timer says: on a network that loses one
 * datagram in ten, two probes alone would call a living twin gone four times in a hundred.
 */
public final class TwinCheck {
    /** Checks under way; beyond, {@link #check} answers false and the newcomer's next Hello tries again. */
    public static final int CHECKS_MAX = 64;
    static final long PROBE_EVERY_MS = 25;
    /** Probes at 0, 25 and 50 ms. */
    static final int PROBES = 3;
    /** An unknown link has a resend timer of up to a second; nobody waits that long for a twin. */
    static final long LAST_ANSWER_MAX_MS = 100;
    /** A timer later than this may have unread answers behind it: it probes once more. */
    static final long LATENESS_MS = 25;
    /** Such extra probes per check. */
    static final int EXTRA_PROBES_MAX = 3;

    private static final class Check {
        final NodeRef older;
        NodeRef newer;
        final long nonce;
        int probes;
        int extraProbes;
        long dueMs;

        Check(NodeRef older, NodeRef newer, long nonce) {
            this.older = older;
            this.newer = newer;
            this.nonce = nonce;
        }
    }

    private final NodeRef self;
    private final Host host;
    private final Links links;
    private final TwinListener listener;
    private final Timers<Uid> timers;
    private final Map<Uid, Check> checks = new LinkedHashMap<>();

    public TwinCheck(NodeRef self, Host host, Links links, TwinListener listener) {
        this.self = self;
        this.host = host;
        this.links = links;
        this.listener = listener;
        this.timers = new Timers<>(host, this::onTimer);
    }

    /**
     * Begins to find out; idempotent while it runs. An even newer start takes the newer one's place. The outcome never comes within the call.
     *
     * @return false, and nothing begins, if {@code newer} is not newer, or too many checks run
     */
    public boolean check(NodeRef older, NodeRef newer) {
        Check running = checks.get(older.uid());
        if (!older.uid().equals(newer.uid()) || newer.incarnation() <= older.incarnation() || running == null && checks.size() == CHECKS_MAX) {
            return false;
        }
        if (running != null && running.older.sameStart(older)) {
            running.newer = newer.incarnation() > running.newer.incarnation() ? newer : running.newer;
            return true;
        }
        Check check = new Check(older, newer, host.random());
        checks.put(older.uid(), check);
        if (host.processState(older.process()) == ProcessState.ENDED) {
            schedule(check, 0);
        } else {
            probe(check);
        }
        return true;
    }

    /** Takes replies to its own probes; true if it was one. */
    public boolean onReply(Message.ProbeReply reply) {
        for (Check check : checks.values()) {
            if (check.nonce == reply.nonce()) {
                boolean lives = reply.target().equals(check.older.peer());
                end(check, lives, lives ? "it still answers at " + check.older.address() : "its address now belongs to " + reply.target());
                return true;
            }
        }
        return false;
    }

    /** Checks under way. */
    public int size() {
        return checks.size();
    }

    private void probe(Check check) {
        check.probes++;
        links.sendUnreliable(check.older.address(), PeerId.UNKNOWN, Links.NODE_GROUP, new Message.Probe(check.nonce, check.older.peer()));
        boolean last = check.probes >= PROBES;
        long answerMs = Math.min(LAST_ANSWER_MAX_MS, Math.max(PROBE_EVERY_MS, links.resendTimerMs(check.older)));
        schedule(check, last ? answerMs : PROBE_EVERY_MS);
    }

    private void schedule(Check check, long delayMs) {
        check.dueMs = host.nowMs() + delayMs;
        timers.set(check.older.uid(), delayMs);
    }

    private void onTimer(Uid uid) {
        Check check = checks.get(uid);
        boolean ended = host.processState(check.older.process()) == ProcessState.ENDED;
        boolean late = host.nowMs() - check.dueMs > LATENESS_MS;
        if (ended) {
            end(check, false, "its process has ended");
        } else if (check.probes < PROBES || late && check.extraProbes++ < EXTRA_PROBES_MAX) {
            probe(check);
        } else {
            end(check, false, "it answers no more at " + check.older.address());
        }
    }

    private void end(Check check, boolean lives, String why) {
        checks.remove(check.older.uid());
        timers.cancel(check.older.uid());
        if (host.tracing()) {
            host.trace(new TraceEvent(host.wallClockMs(), self.uid(), "heartbeat", lives ? "twin" : "restarted", Links.NODE_GROUP,
                    check.older.uid(), "start " + check.older.incarnation() + " of " + check.older + ": " + why));
        }
        if (lives) {
            listener.onTwin(check.older, check.newer);
        } else {
            listener.onRestart(check.older, check.newer, host.processState(check.older.process()) == ProcessState.ENDED);
        }
    }
}
