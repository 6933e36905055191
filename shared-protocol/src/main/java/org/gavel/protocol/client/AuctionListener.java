package org.gavel.protocol.client;

/** What a participant hears of its auction, on the host's thread. */
public interface AuctionListener {
    /** The next event of the total order. Sequence numbers only grow; what is not shown (empty and config entries) takes numbers too. */
    void onEvent(AuctionEvent event);

    /** Something about the connection or the group that is no event: reconnecting, resumed, paused. */
    default void onNotice(String code, String sentence) { }

    /** The stream ended for good, with the event {@code closed} before it, or because of {@code failure} (else null). */
    default void onEnd(ClientException failure) { }
}
