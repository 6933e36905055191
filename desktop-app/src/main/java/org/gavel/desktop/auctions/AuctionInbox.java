package org.gavel.desktop.auctions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.ClientException;

/**
 * Hears one auction on the client's thread and keeps what it heard until the screen takes it. Every event carries the whole standing, so where more
 * arrives than is kept the oldest give way, counted, and the price shown is still right.
 */
final class AuctionInbox implements AuctionListener {
    /** Events kept between two ticks: twenty ticks a second make this 80,000 a second. */
    static final int EVENTS_MAX = 4_096;

    /**
     * What has come since the last time.
     *
     * @param events  in the auction's order
     * @param dropped events that gave way
     * @param code    of the last notice: reconnecting, resumed, paused; empty if there was none
     * @param notice  its sentence
     * @param ended   nothing follows
     * @param failure why it ended, if not by its close; else empty
     */
    record Mail(List<AuctionEvent> events, long dropped, String code, String notice, boolean ended, String failure) { }

    private final Deque<AuctionEvent> events = new ArrayDeque<>();
    private long dropped;
    private String code = "";
    private String notice = "";
    private boolean ended;
    private String failure = "";

    @Override
    public synchronized void onEvent(AuctionEvent event) {
        if (events.size() >= EVENTS_MAX) {
            events.poll();
            dropped++;
        }
        events.add(event);
    }

    @Override
    public synchronized void onNotice(String newCode, String sentence) {
        code = newCode;
        notice = sentence;
    }

    @Override
    public synchronized void onEnd(ClientException why) {
        ended = true;
        failure = why == null ? "" : String.valueOf(why.getMessage());
    }

    synchronized Mail take() {
        Mail mail = new Mail(new ArrayList<>(events), dropped, code, notice, ended, failure);
        events.clear();
        dropped = 0;
        code = "";
        notice = "";
        return mail;
    }
}
