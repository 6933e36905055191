package org.gavel.protocol.client;

import java.util.List;
import java.util.function.LongConsumer;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.Message;

/**
 * Finds the active of one auction, asks it for the stream, notices when it is gone, and finds its successor (protocol.md section 10).
 */
final class Attachment {
    /** An active that does not answer an attach for this long is looked up again. */
    static final long ATTACH_MS = 1_000;
    /** How long another's word that a suspect is the active counts for nothing: its own word counts at once. */
    static final long SUSPECT_MS = 1_000;
    /** Who has just turned us away is not asked again for so long, whatever it or others say: or both would talk as fast as the network can. */
    static final long TURNED_AWAY_MS = 100;
    /** Missed heartbeats that mean silence. */
    static final int MISSED_MAX = 3;
    /** A timer of our own that late means that this process stood still (protocol.md section 5). */
    private static final long LATE_MS = 1_000;

    /** Where the attachment stands. */
    enum State {
        /** Asks by broadcast where the active is. */
        LOOKING,
        /** Asked an active for the stream and waits for it to start. */
        ATTACHING,
        /** Follows the stream. */
        ATTACHED,
        /** Nothing more is heard. */
        ENDED
    }

    /** Whose attachment it is. */
    interface Owner {
        /** The first index not yet seen; 0: none was. */
        long nextIndex();

        /** From where to ask for the stream: the same, or 0 for a snapshot. */
        long attachFrom();

        /** The active is probably gone; a successor is being looked for. */
        void onLooking(String why);

        /** The house does not know this auction, or no active could be found in time. */
        void onFailed(ClientException failure);

        /** Every half heartbeat period while attached. */
        void onBeat();
    }

    private enum Timer { ATTACH, BEAT, DISCOVERY, FIRST_ATTACH }

    private final ClientContext context;
    private final ServerCalls calls;
    private final String auctionId;
    private final Owner owner;
    private final LongConsumer onGroup;
    private final Lookup lookup;
    private final Timers<Timer> timers;
    private State state = State.LOOKING;
    private NodeRef active;
    private long group;
    private PeerId suspect = PeerId.UNKNOWN;
    private long suspectedAtMs;
    private PeerId turnedAwayBy = PeerId.UNKNOWN;
    private long turnedAwayAtMs;
    private long heardAtMs;
    private long beatAtMs;

    /** @param onGroup told the number of the group whose messages are the auction's */
    Attachment(ClientContext context, ServerCalls calls, String auctionId, Owner owner, LongConsumer onGroup) {
        this.context = context;
        this.calls = calls;
        this.auctionId = auctionId;
        this.owner = owner;
        this.onGroup = onGroup;
        lookup = new Lookup(context.host(), context.links(), auctionId);
        timers = new Timers<>(context.host(), this::onTimer);
    }

    void start() {
        timers.set(Timer.DISCOVERY, context.settings().discoveryMs());
        if (context.settings().timeoutMs() > 0) {
            timers.set(Timer.FIRST_ATTACH, context.settings().timeoutMs());
        }
        lookup.start(false);
    }

    State state() {
        return state;
    }

    boolean isAttached() {
        return state == State.ATTACHED;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    /** Null before the first was found. */
    NodeRef active() {
        return active;
    }

    /** True if {@code peer} is the active that is asked or followed. */
    boolean isWith(PeerId peer) {
        return (state == State.ATTACHED || state == State.ATTACHING) && active.peer().equals(peer);
    }

    /** To the present active, in order; false if its window is full, or there is none. */
    boolean send(Message message) {
        return state == State.ATTACHED && context.links().send(active, group, message);
    }

    void heard() {
        heardAtMs = context.host().nowMs();
    }

    // ---------------------------------------------------------------- finding

    void onLookupReply(Message.LookupReply reply) {
        NodeRef named = reply.active();
        boolean ownWord = named != null && reply.answerer() != null && named.sameStart(reply.answerer());
        if (named != null && isNews(named, ownWord)) {
            becomeAttaching(named, reply.group());
        } else if (named == null && state == State.LOOKING && "finished".equals(reply.auctionState()) && reply.answerer() != null) {
            becomeAttaching(reply.answerer(), reply.group());
        } else if (named == null && state == State.LOOKING && "unknown".equals(reply.auctionState()) && reply.inm() != null) {
            onUnknown();
        }
    }

    /** An active's own word counts always, even unasked; another's only while looking, and not on one that has just failed us. */
    private boolean isNews(NodeRef named, boolean ownWord) {
        boolean failedUs = named.peer().equals(suspect) && context.host().nowMs() - suspectedAtMs < SUSPECT_MS;
        boolean turnedUsAway = named.peer().equals(turnedAwayBy) && context.host().nowMs() - turnedAwayAtMs < TURNED_AWAY_MS;
        return !turnedUsAway && switch (state) {
            case LOOKING -> ownWord || !failedUs;
            case ATTACHING, ATTACHED -> ownWord && !named.sameStart(active);
            case ENDED -> false;
        };
    }

    /** Said by somebody who should know. Once we have followed the auction, we know better and go on looking. */
    void onUnknown() {
        if (owner.nextIndex() == 0) {
            owner.onFailed(new RefusedException("there is no auction '" + auctionId + "'; 'list' shows those that run"));
        } else if (state != State.LOOKING) {
            becomeLooking(active + " does not know " + auctionId);
        }
    }

    void onSuspicion(PeerId peer, String what) {
        if (isWith(peer)) {
            suspect = peer;
            suspectedAtMs = context.host().nowMs();
            becomeLooking(active + " " + what);
        }
    }

    /** The one that we asked, or followed, says that it is not the active, or lacks what we have been told is committed. */
    void onTurnedAway() {
        turnedAwayBy = active.peer();
        turnedAwayAtMs = context.host().nowMs();
        boolean neverFollowed = state == State.ATTACHING;
        becomeLooking(active + " is not the active of " + auctionId, neverFollowed);
    }

    private void becomeLooking(String why) {
        becomeLooking(why, false);
    }

    /** @param goesOn the search that found the one just asked goes on; else it is a new one */
    private void becomeLooking(String why, boolean goesOn) {
        trace("looking", why);
        unwatch();
        state = State.LOOKING;
        timers.cancel(Timer.ATTACH);
        timers.cancel(Timer.BEAT);
        boolean hurried = owner.nextIndex() > 0;
        if (goesOn) {
            lookup.goOn(hurried);
        } else {
            lookup.start(hurried);
        }
        owner.onLooking(why);
    }

    /** Asks the present active for what is missing. */
    void attachAgain() {
        becomeAttaching(active, group);
    }

    void becomeAttaching(NodeRef to, long itsGroup) {
        follow(to, itsGroup);
        state = State.ATTACHING;
        trace("attaching", "asks " + to + " for the stream from " + owner.attachFrom());
        timers.cancel(Timer.BEAT);
        timers.set(Timer.ATTACH, ATTACH_MS);
        lookup.stop();
        context.links().send(active, group,
                new Message.Attach(auctionId, context.settings().bidder(), context.settings().name(), owner.attachFrom()));
    }

    void becomeAttached(NodeRef by, long itsGroup) {
        follow(by, itsGroup);
        state = State.ATTACHED;
        trace("attached", "follows " + by);
        lookup.conclude();
        timers.cancelAll();
        timers.set(Timer.BEAT, context.settings().heartbeatMs() / 2);
        heard();
        beatAtMs = heardAtMs;
    }

    void becomeEnded(String why) {
        trace("ended", why);
        unwatch();
        state = State.ENDED;
        lookup.stop();
        timers.cancelAll();
    }

    private void follow(NodeRef newActive, long itsGroup) {
        boolean same = state != State.LOOKING && active != null && newActive.sameStart(active);
        if (!same) {
            unwatch();
            context.links().watch(newActive);
        }
        active = newActive;
        group = itsGroup;
        onGroup.accept(group);
    }

    private void unwatch() {
        if (active != null && (state == State.ATTACHING || state == State.ATTACHED)) {
            context.links().unwatch(active);
        }
    }

    // ---------------------------------------------------------------- time

    private void onTimer(Timer timer) {
        switch (timer) {
            case ATTACH -> onSuspicion(active.peer(), "does not answer");
            case BEAT -> onBeatDue();
            case DISCOVERY -> {
                if (!calls.hasHeard()) {
                    owner.onFailed(calls.noCluster());
                }
            }
            case FIRST_ATTACH -> owner.onFailed(calls.hasHeard() ? new NoAnswerException("no active of '" + auctionId
                    + "' answered within " + context.settings().timeoutMs() + " ms") : calls.noCluster());
        }
    }

    private void onBeatDue() {
        long now = context.host().nowMs();
        long periodMs = context.settings().heartbeatMs();
        if (now - beatAtMs > periodMs / 2 + LATE_MS) {
            // This process itself stood still: what it did not hear proves nothing.
            heardAtMs = now;
        }
        beatAtMs = now;
        if (now - heardAtMs > MISSED_MAX * periodMs) {
            onSuspicion(active.peer(), "is silent");
            return;
        }
        long seen = owner.nextIndex() - 1;
        context.links().sendUnreliable(active, group, new Message.Heartbeat(ViewId.NONE, 0, seen, seen, 0, List.of()));
        timers.set(Timer.BEAT, periodMs / 2);
        owner.onBeat();
    }

    void trace(String kind, String sentence) {
        if (context.host().tracing()) {
            context.host().trace(new TraceEvent(context.host().wallClockMs(), context.settings().bidder(), "client", kind, group,
                    active == null ? Uid.NOBODY : active.uid(), sentence));
        }
    }
}
