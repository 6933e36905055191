package org.gavel.protocol.client;

import java.util.concurrent.CompletableFuture;

/**
 * One command of a session on its way: its bytes, and the future that its one answer completes.
 *
 * @param <T> what the caller is told
 */
final class Command<T> {
    /** Makes what the caller is told of the entry's place and outcome. */
    interface Result<T> {
        T of(long seq, Outcome outcome);
    }

    final byte[] body;
    final boolean join;
    final boolean leave;
    final CompletableFuture<T> future = new CompletableFuture<>();
    private final Result<T> result;
    /** Host time after which the caller is told that no answer came; the command itself stays under way. */
    long deadlineMs = Long.MAX_VALUE;
    /** It left for an active at least once: if no answer comes, nobody here knows whether it took effect. */
    boolean everSent;

    private Command(byte[] body, boolean join, boolean leave, Result<T> result) {
        this.body = body;
        this.join = join;
        this.leave = leave;
        this.result = result;
    }

    static Command<BidResult> bid(byte[] body) {
        return new Command<>(body, false, false, BidResult::new);
    }

    static Command<JoinResult> join(String auctionId, byte[] body) {
        return new Command<>(body, true, false, (seq, outcome) -> {
            refuseUnlessDone(seq, outcome);
            return new JoinResult(auctionId, seq, seq == 0);
        });
    }

    static Command<LeaveResult> leave(String auctionId) {
        return new Command<>(Commands.LEAVE, false, true, (seq, outcome) -> {
            refuseUnlessDone(seq, outcome);
            return new LeaveResult(auctionId, seq);
        });
    }

    /** Number 0 stands for 'the auction was over': nothing to refuse then. */
    private static void refuseUnlessDone(long seq, Outcome outcome) {
        if (seq != 0 && outcome.reason() != null && !outcome.result().equals("accepted")) {
            throw new RefusedException(outcome.reason());
        }
    }

    void answer(long seq, Outcome outcome) {
        T told;
        try {
            told = result.of(seq, outcome);
        } catch (RefusedException e) {
            future.completeExceptionally(e);
            return;
        }
        future.complete(told);
    }

    /**
     * Nothing more is heard of its auction.
     *
     * @param failure   why, or null: it is over
     * @param afterward what the auction would answer now
     */
    void end(String auctionId, ClientException failure, Outcome afterward) {
        if (failure != null) {
            fail(failure);
        } else if (join || leave || !everSent) {
            answer(0, afterward);
        } else {
            fail(new NoAnswerException(auctionId + " ended while this command was under way; its result names the winner"));
        }
    }

    void fail(ClientException failure) {
        future.completeExceptionally(failure);
    }
}
