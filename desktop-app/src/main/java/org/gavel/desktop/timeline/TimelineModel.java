package org.gavel.desktop.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gavel.desktop.model.Sentences;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/** The event log: what happened, what of it the filter lets through. Knows no control. */
final class TimelineModel {
    /** Events remembered; the oldest give way. */
    static final int ENTRIES_MAX = 20_000;
    /** Events shown, the newest of those that fit. */
    static final int SHOWN_MAX = 2_000;

    /** Batches of several nodes cross on their way here: events wait for so many ticks, and are told in the order of their clocks. */
    static final int SETTLE_TICKS = 6;

    private record Heard(TraceEvent event, long tick) { }

    private final List<Heard> waiting = new ArrayList<>();
    private long ticks;
    private final Deque<TimelineEntry> entries = new ArrayDeque<>();
    private final Deque<TimelineEntry> fitting = new ArrayDeque<>();
    private final Deque<TimelineEntry> drawn = new ArrayDeque<>();
    private final Set<Way> withdrawn = EnumSet.noneOf(Way.class);
    private final Set<String> protocols = new TreeSet<>();
    private final Set<String> hidden = new TreeSet<>();
    private String words = "";
    private boolean routine;
    private long last;
    private long changes;

    /**
     * Takes in what a tick brought, and tells what has waited long enough.
     *
     * @param names of all nodes known
     */
    void tick(List<TraceEvent> events, Map<Uid, String> names) {
        ticks++;
        events.forEach(event -> waiting.add(new Heard(event, ticks)));
        // Who has waited long enough takes along whatever happened before, though it came later.
        long until = waiting.stream().filter(heard -> heard.tick <= ticks - SETTLE_TICKS).mapToLong(heard -> heard.event.atMs()).max().orElse(Long.MIN_VALUE);
        boolean full = waiting.size() > ENTRIES_MAX;
        List<TraceEvent> due = new ArrayList<>();
        waiting.removeIf(heard -> (full || heard.event.atMs() <= until) && due.add(heard.event));
        CausalOrder.of(due).forEach(event -> add(event, names));
    }

    /** @param names of all nodes known */
    void add(TraceEvent event, Map<Uid, String> names) {
        protocols.add(event.protocol());
        for (TraceEvent each : ClientEnds.with(event)) {
            boolean client = each != event;
            String node = client ? event.peerName() : names.getOrDefault(each.node(), each.node().shortForm());
            remember(new TimelineEntry(++last, each, node, Sentences.withNames(each.sentence(), names), client));
        }
    }

    private void remember(TimelineEntry entry) {
        bounded(entries, ENTRIES_MAX, entry);
        if (fits(entry)) {
            bounded(fitting, SHOWN_MAX, entry);
            changes++;
        }
        if (isDrawn(entry)) {
            bounded(drawn, SHOWN_MAX, entry);
            changes++;
        }
    }

    private static void bounded(Deque<TimelineEntry> all, int max, TimelineEntry next) {
        if (all.size() >= max) {
            all.poll();
        }
        all.add(next);
    }

    void clear() {
        waiting.clear();
        entries.clear();
        fitting.clear();
        drawn.clear();
        changes++;
    }

    /** @param text words that all must be in the line */
    void words(String text) {
        words = text.strip().toLowerCase(Locale.ROOT);
        refilter();
    }

    /** Heartbeats and other routine are hidden by default: they would drown everything else. */
    void routine(boolean shown) {
        routine = shown;
        refilter();
    }

    void protocol(String protocol, boolean shown) {
        if (shown ? hidden.remove(protocol) : hidden.add(protocol)) {
            refilter();
        }
    }

    /** Messages of this way are drawn or not; without bids the log tells of no commits either. */
    void way(Way way, boolean shown) {
        if (shown ? withdrawn.remove(way) : withdrawn.add(way)) {
            refilter();
        }
    }

    private void refilter() {
        fitting.clear();
        drawn.clear();
        for (var each = entries.descendingIterator(); each.hasNext() && (fitting.size() < SHOWN_MAX || drawn.size() < SHOWN_MAX);) {
            TimelineEntry entry = each.next();
            if (fitting.size() < SHOWN_MAX && fits(entry)) {
                fitting.addFirst(entry);
            }
            if (drawn.size() < SHOWN_MAX && isDrawn(entry)) {
                drawn.addFirst(entry);
            }
        }
        changes++;
    }

    private boolean fits(TimelineEntry entry) {
        boolean news = Sentences.isNews(entry.event()) || Sentences.isCommit(entry.event()) && !withdrawn.contains(Way.BID);
        return (routine || news) && isAsked(entry);
    }

    /** The diagram is there for messages: it draws them although the log counts them as routine. */
    private boolean isDrawn(TimelineEntry entry) {
        Way way = Way.of(entry.event());
        return (routine || way != Way.NONE || Sentences.isNews(entry.event())) && !withdrawn.contains(way.whole()) && isAsked(entry);
    }

    private boolean isAsked(TimelineEntry entry) {
        TraceEvent event = entry.event();
        if (hidden.contains(event.protocol())) {
            return false;
        }
        if (words.isEmpty()) {
            return true;
        }
        String line = (entry.node() + " " + event.protocol() + " " + event.kind() + " " + entry.sentence()).toLowerCase(Locale.ROOT);
        for (String word : words.split("\\s+")) {
            if (!line.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** What fits the filter, the oldest first. */
    List<TimelineEntry> shown() {
        return new ArrayList<>(fitting);
    }

    /** What the diagram draws of it, the oldest first. */
    List<TimelineEntry> drawn() {
        return new ArrayList<>(drawn);
    }

    /** Everything remembered, the oldest first. */
    List<TimelineEntry> all() {
        return new ArrayList<>(entries);
    }

    /** Protocols seen so far. */
    Set<String> protocols() {
        return new TreeSet<>(protocols);
    }

    /** Grows whenever {@link #shown} may have changed. */
    long changes() {
        return changes;
    }

    long total() {
        return last;
    }
}
