package org.gavel.node.simulation;

import org.gavel.protocol.client.AuctionEvent;

/**
 * Hears all that the clients of a {@link World} ask and are told, in the order in which it happens: what a history (invoke, ok, fail, info) is written from.
 * Called on the world's thread; {@link World#nowNs} says when.
 */
public interface OperationObserver {
    /** A client calls. */
    default void onInvoke(Operation operation) { }

    /**
     * It was answered.
     *
     * @param result a {@code StartResult}, {@code JoinResult}, {@code BidResult} (accepted or rejected: both have their place in the order; place 0: answered by
     *               the client's own library because the auction was over) or {@code LeaveResult}
     */
    default void onOk(Operation operation, Object result) { }

    /** It certainly had no effect: it was refused before anything was sent. */
    default void onFail(Operation operation, String reason) { }

    /** It failed and may have had its effect, or may have it yet. */
    default void onInfo(Operation operation, String reason) { }

    /** The next event of an auction's total order reached a client that takes part or watches. */
    default void onEvent(String process, AuctionEvent event) { }

    /** A client's stream of an auction ended for good. */
    default void onEnd(String process, String auctionId, boolean failed) { }
}
