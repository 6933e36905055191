package org.gavel.protocol.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.multicast.OrderedReceiver;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * One client's part in one auction: follows the total order, sends commands in session order, and does so again with every successor of
 * the active (protocol.md sections 7 and 10). Commands survive the connection: each is answered once, by its entry in the stream or, if
 * that was delivered long ago, by {@link Message.Answer}.
 */
final class AuctionSession implements Attachment.Owner, OrderedReceiver.Sink {
    private static final long SWEEP_MS = 250;

    private enum Timer { SWEEP }

    private final ClientContext context;
    private final ServerCalls calls;
    private final String auctionId;
    private final long session;
    private final Attachment attachment;
    private final Timers<Timer> timers;
    private final ResendPace resends;
    private final SessionWindow window = new SessionWindow();
    private final OrderedReceiver stream = new OrderedReceiver(this);
    private final Audience audience;
    private final Participation part = new Participation();

    /** Of the last entry seen, so that a successor's first one is known to follow it; 0: not known. */
    private long lastChecksum;
    private long behindAt;
    private boolean reconnecting;

    AuctionSession(ClientContext context, ServerCalls calls, String auctionId, ObjLongConsumer<AuctionSession> onGroup) {
        this.context = context;
        this.calls = calls;
        this.auctionId = auctionId;
        session = context.host().random();
        audience = new Audience(auctionId);
        attachment = new Attachment(context, calls, auctionId, this, group -> onGroup.accept(this, group));
        timers = new Timers<>(context.host(), timer -> onSweep());
        resends = new ResendPace(context.host(), session, this::resendFrom);
        attachment.start();
    }

    String auctionId() {
        return auctionId;
    }

    boolean isEnded() {
        return attachment.isEnded();
    }

    /** Ended, and not because the auction closed: a further call deserves a fresh session. */
    boolean isReplaceable() {
        return isEnded() && audience.closing() == null;
    }

    @Override
    public long nextIndex() {
        return stream.nextIndex();
    }

    @Override
    public long attachFrom() {
        return audience.isUntold() ? 0 : stream.nextIndex();
    }

    // ---------------------------------------------------------------- calls

    CompletableFuture<JoinResult> join(AuctionListener listener) {
        if (isEnded() || part.isOver()) {
            audience.tellEnd(listener);
            return CompletableFuture.completedFuture(new JoinResult(auctionId, 0, true));
        }
        if (audience.isFull()) {
            return CompletableFuture.failedFuture(audience.full());
        }
        CompletableFuture<JoinResult> answer = submit(joinCommand());
        if (!answer.isCompletedExceptionally()) {
            listen(listener);
        }
        return answer;
    }

    private void listen(AuctionListener listener) {
        audience.add(listener, stream.nextIndex() > 0);
        if (audience.isUntold() && attachment.isAttached()) {
            attachment.attachAgain();
        }
    }

    void watch(AuctionListener listener) {
        if (isEnded() || part.isOver()) {
            audience.tellEnd(listener);
        } else if (audience.isFull()) {
            listener.onEnd(audience.full());
        } else {
            listen(listener);
        }
    }

    CompletableFuture<BidResult> bid(byte[] body) {
        if (isEnded() || part.isOver()) {
            return CompletableFuture.completedFuture(new BidResult(0, afterTheEnd()));
        }
        if (!part.isJoinAsked()) {
            submit(joinCommand());
        }
        return submit(Command.bid(body));
    }

    CompletableFuture<LeaveResult> leave() {
        if (isEnded() || part.isOver()) {
            return CompletableFuture.completedFuture(new LeaveResult(auctionId, 0));
        }
        part.askToLeave();
        return submit(Command.leave(auctionId));
    }

    void close() {
        end(new NoAnswerException("the client was closed before the answer came"));
    }

    private Command<JoinResult> joinCommand() {
        part.askToJoin();
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
        if (!attachment.isAttached()) {
            return;
        }
        for (long sequence = window.nextToSend(); sequence != 0; sequence = window.nextToSend()) {
            Command<?> command = window.get(sequence);
            if (command != null) {
                if (!attachment.send(new Message.Submit(context.settings().bidder(), session, sequence, window.lowestUnanswered(), command.body))) {
                    return;
                }
                command.everSent = true;
            }
            window.sent(sequence);
        }
    }

    // ---------------------------------------------------------------- the active

    void onLookupReply(Message.LookupReply reply) {
        attachment.onLookupReply(reply);
    }

    void onSuspicion(PeerId peer, String what) {
        attachment.onSuspicion(peer, what);
    }

    @Override
    public void onLooking(String why) {
        if (!reconnecting && stream.nextIndex() > 0) {
            reconnecting = true;
            audience.notice("reconnecting", why + "; looking for the active of " + auctionId);
        }
    }

    @Override
    public void onFailed(ClientException failure) {
        end(failure);
    }

    @Override
    public void onBeat() {
        pump();
    }

    void onAttached(PeerId from, long group, Message.Attached attached) {
        if (isEnded() || attached.active() == null || !attached.active().peer().equals(from)) {
            return;
        }
        if (attached.nextIndex() < stream.nextIndex()) {
            if (attachment.isAttached() && attachment.isWith(from)) {
                return; // the late answer to an attach that was asked twice; what it delivers again is known
            }
            // Whoever leads has all that was committed before it began; this one was deposed and does not know.
            attachment.onTurnedAway();
            return;
        }
        boolean snapshot = attached.snapshot() != null && !attached.snapshot().isEmpty();
        if (!snapshot && stream.nextIndex() > 0 && attached.nextIndex() > stream.nextIndex()) {
            attachment.becomeAttaching(attached.active(), group);
            return;
        }
        attachment.becomeAttached(attached.active(), group);
        behindAt = 0;
        window.resendFrom(window.lowestUnanswered());
        goOn(attached.nextIndex(), snapshot ? attached.snapshot() : null);
        if (reconnecting) {
            reconnecting = false;
            audience.notice("resumed", "going on with " + attached.active() + " at number " + stream.nextIndex());
        }
        pump();
        endIfDone();
    }

    private void goOn(long nextIndex, String snapshot) {
        if (nextIndex > stream.nextIndex() || snapshot != null && audience.isUntold()) {
            lastChecksum = 0;
            stream.start(nextIndex);
            if (snapshot != null) {
                onSnapshot(nextIndex - 1, Outcome.of(snapshot));
            }
        } else if (lastChecksum != 0) {
            stream.start(stream.nextIndex(), lastChecksum);
        } else {
            stream.start(stream.nextIndex());
        }
    }

    /** Stands for all numbers up to its own; where the auction is over already, for its close too. */
    private void onSnapshot(long index, Outcome state) {
        long timeMs = Math.max(0, state.number("timeMs"));
        audience.tell(new AuctionEvent(auctionId, index, timeMs, state, false, "snapshot"));
        String phase = state.text("state", "");
        if (phase.equals("closed") || phase.equals("cancelled")) {
            part.auctionIsOver();
            audience.tell(new AuctionEvent(auctionId, index, timeMs, Outcome.closedBy(state), false, "closed"));
        }
    }

    void onDetached(PeerId from, Message.Detached detached) {
        if (!attachment.isWith(from)) {
            return;
        }
        switch (detached.code()) {
            case "finished" -> onFinished(Outcome.of(detached.body()));
            case "refused" -> end(new RefusedException(detached.body()));
            case "unknown" -> attachment.onUnknown();
            default -> attachment.onTurnedAway();
        }
    }

    /** The group is gone; the INM, or a former member, answers with the stored result. */
    private void onFinished(Outcome result) {
        if (audience.closing() == null) {
            audience.tell(new AuctionEvent(auctionId, Math.max(0, result.number("seq")), 0, result, false, "closed"));
        }
        end(null);
    }

    // ---------------------------------------------------------------- the stream

    void onStream(PeerId from, Message message) {
        if (!attachment.isWith(from)) {
            return;
        }
        attachment.heard();
        switch (message.type()) {
            case DELIVERED -> onDelivered((Message.Delivered) message);
            case ANSWER -> onAnswer((Message.Answer) message);
            case RESEND_FROM -> resends.onResendFrom((Message.ResendFrom) message);
            case HEARTBEAT -> onHeartbeat((Message.Heartbeat) message);
            case NOTICE -> audience.notice(((Message.Notice) message).code(), ((Message.Notice) message).sentence());
            case GOODBYE -> onSuspicion(from, "said goodbye");
            default -> { }
        }
    }

    private void onDelivered(Message.Delivered delivered) {
        if (!attachment.isAttached()) {
            return;
        }
        try {
            stream.onDelivered(delivered);
        } catch (MalformedException e) {
            attachment.trace("malformed", e.getMessage());
            lastChecksum = 0;
            attachment.attachAgain();
        }
        endIfDone();
    }

    @Override
    public void needFrom(long index) {
        attachment.attachAgain();
    }

    @Override
    public void onEntry(LogEntry entry, byte[] answer) {
        lastChecksum = entry.checksum();
        Outcome outcome = new Outcome(answer, 0, answer.length);
        Uid client = entry.client();
        boolean own = entry.session() == session && client.equals(context.settings().bidder());
        Command<?> answered = own ? window.answered(entry.sequence()) : null;
        if (!audience.isEmpty() || !outcome.isBid()) {
            AuctionEvent event = AuctionEvent.of(auctionId, entry.index(), entry.timeMs(), outcome, own);
            if (!event.hidden()) {
                part.note(event, own, client.equals(context.settings().bidder()));
                audience.tell(event);
            }
        }
        if (answered != null) {
            answered.answer(entry.index(), outcome);
        }
    }

    private void onAnswer(Message.Answer answer) {
        Command<?> answered = answer.session() == session ? window.answered(answer.sequence()) : null;
        if (answered != null) {
            Outcome outcome = Outcome.of(answer.outcome());
            part.note(answered, outcome);
            answered.answer(answer.index(), outcome);
            endIfDone();
        }
    }

    private void resendFrom(long sequence) {
        window.resendFrom(sequence);
        pump();
    }

    /** Two heartbeats that name more than was delivered, with nothing delivered between them: the tail was lost, or this client cut. */
    private void onHeartbeat(Message.Heartbeat heartbeat) {
        if (!attachment.isAttached() || heartbeat.commitIndex() < stream.nextIndex()) {
            behindAt = 0;
        } else if (behindAt == stream.nextIndex()) {
            attachment.attachAgain();
        } else {
            behindAt = stream.nextIndex();
        }
    }

    // ---------------------------------------------------------------- the end

    private void onSweep() {
        window.overdue(context.host().nowMs(), command -> command.fail(calls.hasHeard()
                ? new NoAnswerException("no answer from " + auctionId + " within " + context.settings().timeoutMs()
                        + " ms; the command is still under way and may yet take effect")
                : calls.noCluster()));
        if (!window.isEmpty()) {
            timers.set(Timer.SWEEP, SWEEP_MS);
        }
    }

    private void endIfDone() {
        if (part.isOver() && window.isEmpty() && attachment.isAttached()) {
            attachment.send(new Message.DeliveredUpTo(stream.nextIndex() - 1));
            end(null);
        }
    }

    private void end(ClientException failure) {
        if (isEnded()) {
            return;
        }
        attachment.becomeEnded(failure == null ? "is over" : failure.getMessage());
        timers.cancelAll();
        for (Command<?> command : window.clear()) {
            command.end(auctionId, failure, afterTheEnd());
        }
        audience.end(failure);
    }

    private Outcome afterTheEnd() {
        return Outcome.tooLate(part.hasLeft() ? "you have left " + auctionId : "the auction " + auctionId + " is over",
                audience.closing() == null ? Outcome.ABSENT : audience.closing().outcome().priceCents());
    }
}
