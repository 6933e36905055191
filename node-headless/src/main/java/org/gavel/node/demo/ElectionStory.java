package org.gavel.node.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/** Picks, out of all that the nodes traced around a kill, what tells its story: who noticed, every token, who leads now. */
final class ElectionStory {
    static final int LINES_MAX = 18;
    private static final Pattern SHORT_UID = Pattern.compile("(?:\\b\\w+\\()?\\b([0-9a-f]{4})(?:@\\d+)?\\b\\)?");

    private final Uid killed;
    private final long killedAtMs;
    private final Map<String, String> names;
    private final List<DemoReport.Line> lines = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private int leftOut;

    /**
     * @param killedAtMs wall-clock time of the kill
     * @param group      whose leader was killed
     * @param names      of the nodes, by the short form of their uids
     */
    ElectionStory(Uid killed, long killedAtMs, long group, Map<String, String> names, List<TraceEvent> events) {
        this.killed = killed;
        this.killedAtMs = killedAtMs;
        this.names = names;
        for (TraceEvent event : events) {
            if (event.node().equals(killed) || !tells(event, group)) {
                continue;
            }
            if (lines.size() < LINES_MAX || isEnd(event)) {
                lines.add(line(event));
            } else {
                leftOut++;
            }
        }
    }

    List<DemoReport.Line> lines() {
        return lines;
    }

    int leftOut() {
        return leftOut;
    }

    /** One who noticed, each token's every hop, and the steps of the winner; what all members say alike is told once. */
    private boolean tells(TraceEvent event, long group) {
        if (event.protocol().equals("heartbeat")) {
            return event.subject().equals(killed) && told.add(event.kind());
        }
        if (event.group() != group) {
            return false;
        }
        return switch (event.protocol()) {
            // Passed on is told by the token's being sent, which follows at once; the announcement by who hears of it.
            case "election" -> !event.kind().equals("token-passed") && !event.kind().equals("elected-sent") && (!event.kind().equals("elected") || told.add(event.kind()));
            case "replication" -> switch (event.kind()) {
                case "promised", "serving", "candidate", "take-over-failed" -> true;
                default -> false;
            };
            case "auction" -> event.kind().equals("serving");
            default -> false;
        };
    }

    private static boolean isEnd(TraceEvent event) {
        return event.kind().equals("serving") || event.kind().equals("nominated");
    }

    private DemoReport.Line line(TraceEvent event) {
        String node = names.getOrDefault(event.node().shortForm(), event.node().shortForm());
        return new DemoReport.Line(event.atMs() - killedAtMs, node, event.protocol(), event.kind(), named(event.sentence()));
    }

    /** Names beside uids: people remember names, elections compare uids. */
    private String named(String sentence) {
        Matcher matcher = SHORT_UID.matcher(sentence == null ? "" : sentence);
        return matcher.replaceAll(found -> {
            String name = names.get(found.group(1));
            return name == null ? Matcher.quoteReplacement(found.group()) : found.group(1).equals(killed.shortForm()) ? name : name + " " + found.group(1);
        });
    }
}
