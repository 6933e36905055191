package org.gavel.desktop.timeline;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.identity.Uid;

/**
 * The trace as ShiViz reads it (bestchai.bitbucket.io/shiviz): a line with the event, then a line with the host and its vector clock as JSON. The regular
 * expression to give there is {@link #EXPRESSION}.
 */
final class ShiVizLog {
    /** What to enter in ShiViz as the log's format. */
    static final String EXPRESSION = "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})";

    private ShiVizLog() { }

    static String of(List<TimelineEntry> entries) {
        Map<Uid, String> hosts = hosts(entries);
        StringBuilder log = new StringBuilder();
        new HappenedBefore(entries).vectorClocks().forEach((entry, clock) -> {
            JsonObject json = new JsonObject();
            clock.forEach((uid, count) -> json.addProperty(hosts.get(uid), count));
            log.append(oneLine(entry.event().protocol() + " " + entry.event().kind() + ": " + entry.sentence())).append('\n')
                .append(hosts.get(entry.event().node())).append(' ').append(json).append('\n');
        });
        return log.toString();
    }

    /** Hosts there are names without white space; two nodes of one name must differ. */
    private static Map<Uid, String> hosts(List<TimelineEntry> entries) {
        Map<Uid, String> hosts = new HashMap<>();
        for (TimelineEntry entry : entries) {
            hosts.computeIfAbsent(entry.event().node(), uid -> {
                String plain = entry.node().replaceAll("[^A-Za-z0-9_.-]", "_");
                return hosts.containsValue(plain) || plain.isEmpty() ? plain + "-" + uid : plain;
            });
        }
        return hosts;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
