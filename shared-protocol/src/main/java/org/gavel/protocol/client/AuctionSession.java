package org.gavel.protocol.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * One client's part in one auction: finds the active, follows the total order, sends commands in session order, and does so again with
 * every successor (protocol.md sections 7 and 10). Commands survive the connection: each is answered once, by its entry in the stream or,
 * if that was delivered long ago, by {@link Message.Answer}.
 */
final class AuctionSession {
    /** Listeners of one auction in one client. */
    static final int LISTENERS_MAX = 64;
    /** An active that does not answer an attach for this long is looked up again. */
    static final long ATTACH_MS = 1_000;
    /** How long another's word that a suspect is the active counts for nothing: its own word counts at once. */
    static final long SUSPECT_MS = 1_000;
    /** Missed heartbeats that mean silence. */
    static final int MISSED_MAX = 3;
    private static final long SWEEP_MS = 250;
    private static final long LATE_MS = 1_000;

    /** Where the session stands. */
    enum State {
        /** Asks by broadcast where the active is. */
        LOOKING,
        /** Asked an active for the stream and waits for it to start. */
        ATTACHING,
        /** Follows the stream. */
        ATTACHED,
        /** The auction is over, was left, or never was: nothing more is heard. */
        ENDED
    }

    private enum Timer { ATTACH, HEARTBEAT, SWEEP, DISCOVERY, FIRST_ATTACH }

    private final ClientContext context;
    private final ServerCalls calls;
    private final String auctionId;
    private final ObjLongConsumer<AuctionSession> onGroup;
    private final long session;
    private final Lookup lookup;
    private final Timers<Timer> timers;
    private final SessionWindow window = new SessionWindow();
    private final EventStream stream = new EventStream(this::onEntry);
    private final List<AuctionListener> listeners = new ArrayList<>();

    private State state = State.LOOKING;
    private NodeRef active;
    private long group;
    private PeerId suspect = PeerId.UNKNOWN;
    private long suspectedAtMs;
    private long heardAtMs;
    private long beatAtMs;
    private long behindAt;
    private boolean reconnecting;
    private boolean joinAsked;
    private boolean joined;
    private boolean leaveAsked;
    /** No event of interest can follow: the session ends once everything is answered. */
    private boolean over;
    private boolean left;
    private AuctionEvent closing;

    AuctionSession(ClientContext context, ServerCalls calls, String auctionId, ObjLongConsumer<AuctionSession> onGroup) {
        this.context = context;
        this.calls = calls;
        this.auctionId = auctionId;
        this.onGroup = onGroup;
        this.session = context.host().random();
        this.lookup = new Lookup(context.host(), context.links(), auctionId);
        this.timers = new Timers<>(context.host(), this::onTimer);
        timers.set(Timer.DISCOVERY, context.settings().discoveryMs());
        if (context.settings().timeoutMs() > 0) {
            timers.set(Timer.FIRST_ATTACH, context.settings().timeoutMs());
        }
        lookup.start(false);
    }

    String auctionId() {
        return auctionId;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    /** Ended, and not because the auction closed: a further call deserves a fresh session. */
    boolean isReplaceable() {
        return isEnded() && closing == null;
    }

    // ---------------------------------------------------------------- calls

    CompletableFuture<JoinResult> join(AuctionListener listener) {
        if (listeners.size() >= LISTENERS_MAX) {
            return CompletableFuture.failedFuture(new RefusedException("at most " + LISTENERS_MAX + " listeners follow " + auctionId));
        }
        if (isEnded() || over) {
            tellEnd(listener);
            return CompletableFuture.completedFuture(new JoinResult(auctionId, 0, true));
        }
        CompletableFuture<JoinResult> answer = submit(joinCommand());
        if (!answer.isCompletedExceptionally()) {
            listeners.add(listener);
        }
        return answer;
    }

    void watch(AuctionListener listener) {
        if (isEnded() || over) {
            tellEnd(listener);
        } else if (listeners.size() < LISTENERS_MAX) {
            listeners.add(listener);
        } else {
            listener.onEnd(new RefusedException("at most " + LISTENERS_MAX + " listeners follow " + auctionId));
        }
    }

    CompletableFuture<BidResult> bid(byte[] body) {
        if (isEnded() || over) {
            return CompletableFuture.completedFuture(new BidResult(0, afterTheEnd()));
        }
        if (!joinAsked) {
            submit(joinCommand());
        }
        return submit(Command.bid(body));
    }

    CompletableFuture<LeaveResult> leave() {
        if (isEnded() || over) {
            return CompletableFuture.completedFuture(new LeaveResult(auctionId, 0));
        }
        leaveAsked = true;
        return submit(Command.leave(auctionId));
    }

    void close() {
        becomeEnded(new NoAnswerException("the client was closed before the answer came"));
    }

    private Command<JoinResult> joinCommand() {
        joinAsked = true;
        return Command.join(auctionId, Commands.join(context.settings().name(), context.host().address()));
    }

    private <T> CompletableFuture<T> submit(Command<T> command) {
        if (window.isFull()) {
            command.fail(new RefusedException(SessionWindow.UNANSWERED_MAX + " commands of yours are unanswered in " + auctionId
                    + "; wait for their answers"));
            return command.future;
        }
        if (context.settings().timeoutMs() > 0) {
            command.deadlineMs = context.host().nowMs() + context.settings().timeoutMs();
            timers.setIfIdle(Timer.SWEEP, SWEEP_MS);
        }
        window.add(command);
        pump();
        return command.future;
    }

    /** Sends what may be sent: only while attached, as far as the link's window has room. */
    void pump() {
        if (state != State.ATTACHED) {
            return;
        }
        for (long sequence = window.nextToSend(); sequence != 0; sequence = window.nextToSend()) {
            Command<?> command = window.get(sequence);
            if (command != null) {
                if (!context.links().send(active, group, new Message.Submit(context.settings().bidder(), session, sequence,
                        window.lowestUnanswered(), command.body))) {
                    return;
                }
                command.everSent = true;
            }
            window.sent(sequence);
        }
    }

    // ---------------------------------------------------------------- finding the active

    void onLookupReply(Message.LookupReply reply) {
        boolean ownWord = reply.active() != null && reply.answerer() != null && reply.active().sameStart(reply.answerer());
        if (state == State.ENDED || state == State.ATTACHED && (!ownWord || reply.active().sameStart(active))) {
            return;
        }
        if (reply.active() != null) {
            boolean suspected = reply.active().peer().equals(suspect) && context.host().nowMs() - suspectedAtMs < SUSPECT_MS;
            boolean asked = state == State.ATTACHING && reply.active().sameStart(active);
            if (!asked && (ownWord || !suspected && state == State.LOOKING)) {
                becomeAttaching(reply.active(), reply.group());
            }
        } else if (state == State.LOOKING && "finished".equals(reply.auctionState())) {
            becomeAttaching(reply.answerer(), reply.group());
        } else if (state == State.LOOKING && "unknown".equals(reply.auctionState()) && reply.inm() != null && stream.next() == 0) {
            becomeEnded(new RefusedException("there is no auction '" + auctionId + "'; 'list' shows those that run"));
        }
    }

    /** The active is probably gone, or silent: look for it or its successor at once. */
    void onSuspicion(PeerId peer, String what) {
        if ((state == State.ATTACHED || state == State.ATTACHING) && active.peer().equals(peer)) {
            suspect = peer;
            suspectedAtMs = context.host().nowMs();
            becomeLooking(active + " " + what);
        }
    }

    private void becomeLooking(String why) {
        trace("looking", why);
        unwatch();
        state = State.LOOKING;
        timers.cancel(Timer.ATTACH);
        timers.cancel(Timer.HEARTBEAT);
        if (!reconnecting && stream.next() > 0) {
            reconnecting = true;
            tellNotice("reconnecting", why + "; looking for the active of " + auctionId);
        }
        if (state == State.LOOKING) {
            lookup.start(stream.next() > 0);
        }
    }

    private void becomeAttaching(NodeRef to, long itsGroup) {
        unwatch();
        active = to;
        group = itsGroup;
        state = State.ATTACHING;
        trace("attaching", "asks " + to + " for the stream from " + stream.next());
        timers.cancel(Timer.HEARTBEAT);
        timers.set(Timer.ATTACH, ATTACH_MS);
        lookup.stop();
        onGroup.accept(this, group);
        context.links().watch(active);
        context.links().send(active, group, new Message.Attach(auctionId, context.settings().bidder(), context.settings().name(), stream.next()));
    }

    private void unwatch() {
        if (active != null && state != State.LOOKING) {
            context.links().unwatch(active);
        }
    }

    void onAttached(PeerId from, long itsGroup, Message.Attached attached) {
        if (state == State.ENDED || attached.active() == null || !attached.active().peer().equals(from)) {
            return;
        }
        boolean snapshot = attached.snapshot() != null && !attached.snapshot().isEmpty();
        if (!snapshot && stream.next() > 0 && attached.nextIndex() > stream.next()) {
            becomeAttaching(attached.active(), itsGroup);
            return;
        }
        becomeAttached(attached.active(), itsGroup);
        if (attached.nextIndex() > stream.next()) {
            stream.restore(attached.nextIndex());
            if (snapshot) {
                tell(new AuctionEvent(auctionId, attached.nextIndex() - 1, 0, Outcome.of(attached.snapshot()), false, "snapshot"));
            }
        }
        if (reconnecting) {
            reconnecting = false;
            tellNotice("resumed", "going on with " + attached.active() + " at number " + stream.next());
        }
        pump();
    }

    private void becomeAttached(NodeRef by, long itsGroup) {
        if (active == null || !by.sameStart(active) || state == State.LOOKING) {
            unwatch();
            context.links().watch(by);
        }
        active = by;
        group = itsGroup;
        onGroup.accept(this, group);
        state = State.ATTACHED;
        trace("attached", "follows " + by);
        lookup.stop();
        timers.cancel(Timer.ATTACH);
        timers.cancel(Timer.DISCOVERY);
        timers.cancel(Timer.FIRST_ATTACH);
        timers.set(Timer.HEARTBEAT, context.settings().heartbeatMs() / 2);
        heardAtMs = context.host().nowMs();
        beatAtMs = heardAtMs;
        behindAt = 0;
        window.resendFrom(window.lowestUnanswered());
    }

    void onDetached(PeerId from, Message.Detached detached) {
        if (active == null || state == State.ENDED || state == State.LOOKING || !active.peer().equals(from)) {
            return;
        }
        switch (detached.code()) {
            case "finished" -> onFinished(detached.body());
            case "refused" -> becomeEnded(new RefusedException(detached.body()));
            case "unknown" -> {
                if (stream.next() == 0) {
                    becomeEnded(new RefusedException("there is no auction '" + auctionId + "'; 'list' shows those that run"));
                } else {
                    becomeLooking(active + " does not know " + auctionId);
                }
            }
            default -> becomeLooking(active + " is not the active of " + auctionId);
        }
    }

    /** The group is gone; the INM, or a former member, answers with the stored result. */
    private void onFinished(String result) {
        Outcome outcome = Outcome.of(result);
        closing = new AuctionEvent(auctionId, Math.max(0, outcome.number("seq")), 0, outcome, false, "closed");
        tell(closing);
        becomeEnded(null);
    }

    // ---------------------------------------------------------------- the stream

    void onStream(PeerId from, Message message) {
        if (active == null || state == State.ENDED || !active.peer().equals(from)) {
            return;
        }
        heardAtMs = context.host().nowMs();
        switch (message.type()) {
            case DELIVERED -> onDelivered((Message.Delivered) message);
            case ANSWER -> onAnswer((Message.Answer) message);
            case RESEND_FROM -> onResendFrom((Message.ResendFrom) message);
            case HEARTBEAT -> onHeartbeat((Message.Heartbeat) message);
            case NOTICE -> tellNotice(((Message.Notice) message).code(), ((Message.Notice) message).sentence());
            case GOODBYE -> onSuspicion(from, "said goodbye");
            default -> { }
        }
    }

    private void onDelivered(Message.Delivered delivered) {
        if (state != State.ATTACHED) {
            return;
        }
        try {
            if (!stream.take(delivered)) {
                becomeAttaching(active, group);
            }
        } catch (MalformedException e) {
            trace("malformed", e.getMessage());
            becomeAttaching(active, group);
        }
        endIfDone();
    }

    private void onEntry(long index, long timeMs, Uid client, long itsSession, long sequence, Outcome outcome) {
        boolean own = itsSession == session && client.equals(context.settings().bidder());
        Command<?> answered = own ? window.answered(sequence) : null;
        if (!listeners.isEmpty() || !outcome.isBid()) {
            AuctionEvent event = AuctionEvent.of(auctionId, index, timeMs, outcome, own);
            note(event, own, client);
            if (!event.hidden()) {
                tell(event);
            }
        }
        if (answered != null) {
            answered.answer(index, outcome);
        }
    }

    private void note(AuctionEvent event, boolean own, Uid client) {
        switch (event.type()) {
            case "closed" -> {
                if (!event.outcome().result().equals("void")) {
                    closing = event;
                    over = true;
                }
            }
            case "joined" -> joined |= own;
            case "left" -> {
                if (client.equals(context.settings().bidder()) && (joined || leaveAsked)) {
                    left = true;
                    over = true;
                }
            }
            default -> { }
        }
    }

    private void onAnswer(Message.Answer answer) {
        Command<?> answered = answer.session() == session ? window.answered(answer.sequence()) : null;
        if (answered != null) {
            Outcome outcome = Outcome.of(answer.outcome());
            joined |= answered.join;
            left |= answered.leave;
            over |= answered.leave;
            answered.answer(answer.index(), outcome);
            endIfDone();
        }
    }

    private void onResendFrom(Message.ResendFrom resend) {
        if (resend.session() == session) {
            window.resendFrom(resend.fromSequence());
            pump();
        }
    }

    /** Two heartbeats that name more than was delivered, with nothing delivered between them: the tail was lost, or this client cut. */
    private void onHeartbeat(Message.Heartbeat heartbeat) {
        if (state != State.ATTACHED || heartbeat.commitIndex() < stream.next()) {
            behindAt = 0;
        } else if (behindAt == stream.next()) {
            becomeAttaching(active, group);
        } else {
            behindAt = stream.next();
        }
    }

    private void endIfDone() {
        if (over && window.isEmpty() && state != State.ENDED) {
            context.links().send(active, group, new Message.DeliveredUpTo(stream.next() - 1));
            becomeEnded(null);
        }
    }

    // ---------------------------------------------------------------- time

    private void onTimer(Timer timer) {
        switch (timer) {
            case ATTACH -> onSuspicion(active.peer(), "does not answer");
            case HEARTBEAT -> onHeartbeatDue();
            case SWEEP -> onSweep();
            case DISCOVERY -> {
                if (!calls.hasHeard()) {
                    becomeEnded(calls.noCluster());
                }
            }
            case FIRST_ATTACH -> becomeEnded(calls.hasHeard() ? new NoAnswerException("no active of '" + auctionId + "' answered within "
                    + context.settings().timeoutMs() + " ms") : calls.noCluster());
        }
    }

    private void onHeartbeatDue() {
        long now = context.host().nowMs();
        if (now - beatAtMs > context.settings().heartbeatMs() / 2 + LATE_MS) {
            // This process itself stood still: what it did not hear proves nothing (protocol.md section 5).
            heardAtMs = now;
        }
        beatAtMs = now;
        if (now - heardAtMs > MISSED_MAX * context.settings().heartbeatMs()) {
            onSuspicion(active.peer(), "is silent");
            return;
        }
        context.links().sendUnreliable(active, group, new Message.Heartbeat(ViewId.NONE, 0, stream.next() - 1,
                stream.next() - 1, 0, List.of()));
        timers.set(Timer.HEARTBEAT, context.settings().heartbeatMs() / 2);
        pump();
    }

    private void onSweep() {
        window.overdue(context.host().nowMs(), command -> command.fail(calls.hasHeard()
                ? new NoAnswerException("no answer from " + auctionId + " within " + context.settings().timeoutMs()
                        + " ms; the command is still under way and may yet take effect")
                : calls.noCluster()));
        if (!window.isEmpty()) {
            timers.set(Timer.SWEEP, SWEEP_MS);
        }
    }

    // ---------------------------------------------------------------- the end

    private void becomeEnded(ClientException failure) {
        if (state == State.ENDED) {
            return;
        }
        unwatch();
        state = State.ENDED;
        trace("ended", failure == null ? "is over" : failure.getMessage());
        lookup.stop();
        timers.cancelAll();
        for (Command<?> command : window.clear()) {
            if (failure != null) {
                command.fail(failure);
            } else if (command.join || command.leave || !command.everSent) {
                command.answer(0, afterTheEnd());
            } else {
                command.fail(new NoAnswerException(auctionId + " ended while this command was under way; its result names the winner"));
            }
        }
        for (AuctionListener listener : List.copyOf(listeners)) {
            listener.onEnd(failure);
        }
        listeners.clear();
    }

    private Outcome afterTheEnd() {
        String price = closing == null || closing.outcome().priceCents() < 0 ? "" : ",\"priceCents\":" + closing.outcome().priceCents();
        return Outcome.of("{\"type\":\"bid\",\"result\":\"rejected\"" + price + ",\"reason\":\""
                + (left ? "you have left " : "the auction is over: ") + auctionId + "\"}");
    }

    private void tellEnd(AuctionListener listener) {
        if (closing != null) {
            listener.onEvent(closing);
        }
        listener.onEnd(null);
    }

    private void tell(AuctionEvent event) {
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onEvent(event);
        }
    }

    private void tellNotice(String code, String sentence) {
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onNotice(code, sentence);
        }
    }

    private void trace(String kind, String sentence) {
        if (context.host().tracing()) {
            context.host().trace(new TraceEvent(context.host().wallClockMs(), context.settings().bidder(), "client", kind, group,
                    active == null ? Uid.NOBODY : active.uid(), sentence));
        }
    }
}
