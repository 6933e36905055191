package org.gavel.desktop.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * Plays the hops of LCR tokens again, slower than they were: an election is over within milliseconds, and nobody would see it. What happened
 * first is shown first: a hop begins when all that reached its sender before has arrived on the screen, too.
 */
final class TokenTheatre {
    /** Hops waiting or shown; beyond, the newest are not played. */
    static final int HOPS_MAX = 256;
    /** Batches of several nodes cross on their way here: events wait so long, and are played in the order of their clocks. */
    static final long SETTLE_MS = 150;
    static final long HOP_MS = 650;
    /** When the play lags so far behind, it hurries. */
    private static final long LAG_MS = 4_000;
    private static final long HURRIED_HOP_MS = 180;
    /** How long the cross of a swallowed token, or one that came home, stays. */
    static final long LINGER_MS = 700;

    private record Key(long group, Uid sender, long message) { }

    private record Heard(TraceEvent event, long atMs) { }

    private static final class Hop {
        private final long id;
        private final TraceEvent sent;
        private final long startMs;
        private final long endMs;
        private TokenView.Fate fate = TokenView.Fate.PASSED;

        Hop(long id, TraceEvent sent, long startMs, long endMs) {
            this.id = id;
            this.sent = sent;
            this.startMs = startMs;
            this.endMs = endMs;
        }

        long goneMs() {
            return fate == TokenView.Fate.PASSED ? endMs : endMs + LINGER_MS;
        }
    }

    private final List<Heard> waiting = new ArrayList<>();
    private final Map<Key, Hop> hops = new LinkedHashMap<>();
    private final Map<String, Long> arrivedMs = new HashMap<>();
    private long lastId;

    void absorb(TraceEvent event, long now) {
        boolean hop = event.protocol().equals("election") && event.message() != 0 && (event.kind().startsWith("token-") || event.kind().equals("nominated"));
        if (hop && waiting.size() < HOPS_MAX) {
            waiting.add(new Heard(event, now));
        }
    }

    /** The tokens to be drawn at this moment. */
    List<TokenView> at(long now) {
        stage(now);
        List<TokenView> shown = new ArrayList<>();
        for (Iterator<Hop> each = hops.values().iterator(); each.hasNext();) {
            Hop hop = each.next();
            if (hop.goneMs() <= now) {
                each.remove();
            } else if (hop.startMs <= now) {
                double progress = Math.min(1, (now - hop.startMs) / (double) (hop.endMs - hop.startMs));
                shown.add(new TokenView(hop.id, hop.sent.subject(), hop.sent.node(), hop.sent.peer(), progress, hop.fate));
            }
        }
        if (hops.isEmpty() && waiting.isEmpty()) {
            arrivedMs.clear();
        }
        return shown;
    }

    private void stage(long now) {
        List<TraceEvent> due = new ArrayList<>();
        waiting.removeIf(heard -> heard.atMs <= now - SETTLE_MS && due.add(heard.event));
        due.sort(Comparator.comparingLong(TraceEvent::atMs));
        for (TraceEvent event : due) {
            if (event.kind().equals("token-sent") || event.kind().equals("token-repaired")) {
                send(event, now);
            }
        }
        for (TraceEvent event : due) {
            Hop hop = hops.get(new Key(event.group(), event.peer(), event.message()));
            if (hop != null && hop.sent.peer().equals(event.node())) {
                hop.fate = event.kind().equals("nominated") ? TokenView.Fate.HOME
                    : event.kind().equals("token-swallowed") ? TokenView.Fate.SWALLOWED : hop.fate;
            }
        }
    }

    private void send(TraceEvent sent, long now) {
        if (hops.size() >= HOPS_MAX) {
            return;
        }
        long start = Math.max(now, arrivedMs.getOrDefault(place(sent.group(), sent.node()), now));
        long end = start + (start - now > LAG_MS ? HURRIED_HOP_MS : HOP_MS);
        hops.put(new Key(sent.group(), sent.node(), sent.message()), new Hop(++lastId, sent, start, end));
        arrivedMs.merge(place(sent.group(), sent.peer()), end, Math::max);
    }

    private static String place(long group, Uid node) {
        return group + "/" + node.value();
    }

    void clear() {
        waiting.clear();
        hops.clear();
        arrivedMs.clear();
    }
}
