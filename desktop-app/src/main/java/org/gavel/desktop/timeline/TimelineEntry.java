package org.gavel.desktop.timeline;

import org.gavel.protocol.monitor.TraceEvent;

/**
 * One line of the log.
 *
 * @param number in the order of arrival, from 1
 * @param event  what happened
 * @param node   the name of where
 * @param sentence with names in place of uids
 * @param client it happened at a client, and is told on the word of the active that it spoke with
 */
record TimelineEntry(long number, TraceEvent event, String node, String sentence, boolean client) {
    TimelineEntry(long number, TraceEvent event, String node, String sentence) {
        this(number, event, node, sentence, false);
    }

    /** '14:03:07.250 amber election: passed f25c on, hop 2'. */
    String line() {
        return Clock.ofDay(event.atMs()) + " " + node + " " + event.protocol() + ": " + sentence;
    }
}
