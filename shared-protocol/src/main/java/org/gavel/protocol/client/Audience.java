package org.gavel.protocol.client;

import java.util.ArrayList;
import java.util.List;

/** Who listens to one auction in one client, and what a late listener must still be told. */
final class Audience {
    /** Listeners of one auction in one client. */
    static final int LISTENERS_MAX = 64;

    private final String auctionId;
    private final List<AuctionListener> listeners = new ArrayList<>();
    private AuctionEvent closing;
    private boolean untold;
    private long endsAtMs = Outcome.ABSENT;

    Audience(String auctionId) {
        this.auctionId = auctionId;
    }

    boolean isFull() {
        return listeners.size() >= LISTENERS_MAX;
    }

    RefusedException full() {
        return new RefusedException("at most " + LISTENERS_MAX + " listeners follow " + auctionId);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /**
     * The first that comes when the stream has long begun, as after a bid, needs a snapshot of its own: with nobody listening, nothing was kept.
     * Nobody else misses what that stands for, and commands are answered through it as through any other.
     *
     * @param begun the stream has begun
     */
    void add(AuctionListener listener, boolean begun) {
        untold |= begun && listeners.isEmpty();
        listeners.add(listener);
    }

    /** Who listens has not been told yet how the auction stands. */
    boolean isUntold() {
        return untold;
    }

    /** The event that ended the auction; null while it is not known to have ended. */
    AuctionEvent closing() {
        return closing;
    }

    void tell(AuctionEvent event) {
        untold &= !event.type().equals("snapshot");
        if (event.type().equals("closed")) {
            closing = event;
        }
        each(event);
        if (!listeners.isEmpty()) {
            tellExtension(event);
        }
    }

    /** An accepted bid may move the end (protocol.md section 12): told as an event of its own, under the bid's number. */
    private void tellExtension(AuctionEvent event) {
        long end = event.outcome().endsAtMs();
        boolean moved = endsAtMs != Outcome.ABSENT && end > endsAtMs && event.type().equals("bid");
        if (end != Outcome.ABSENT) {
            endsAtMs = end;
        }
        if (moved) {
            each(new AuctionEvent(auctionId, event.seq(), event.timeMs(),
                    Outcome.of("{\"type\":\"extended\",\"endsAtMs\":" + end + "}"), event.own(), "extended"));
        }
    }

    private void each(AuctionEvent event) {
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onEvent(event);
        }
    }

    void notice(String code, String sentence) {
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onNotice(code, sentence);
        }
    }

    void end(ClientException failure) {
        List<AuctionListener> all = List.copyOf(listeners);
        listeners.clear();
        all.forEach(listener -> listener.onEnd(failure));
    }

    /** A listener that comes after the end. */
    void tellEnd(AuctionListener listener) {
        if (closing != null) {
            listener.onEvent(closing);
        }
        listener.onEnd(null);
    }
}
