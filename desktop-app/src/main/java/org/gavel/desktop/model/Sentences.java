package org.gavel.desktop.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/** Events in plain words. */
public final class Sentences {
    private static final Pattern SHORT_UID = Pattern.compile("(?<![(\\w])[0-9a-f]{4}(?![)\\w])");

    /** Of a bid's way, where they are told without a number. */
    private static final Set<String> STEPS = Set.of("committed", "submit-received");

    private Sentences() { }

    /** Everything but routine is news for the bottom bar. A group's single messages are routine; an election's tokens, which are few and teach the algorithm, are not. */
    public static boolean isNews(TraceEvent event) {
        boolean step = !event.protocol().equals("election") && (event.message() != 0 || STEPS.contains(event.kind()));
        return !step && !event.protocol().equals("link") && !event.kind().equals("prolonged");
    }

    /** A group's leader says that an entry is committed: news for whoever looks at the ring, but one line of it is enough. */
    public static boolean isCommit(TraceEvent event) {
        return event.kind().equals("committed") && event.message() == 0;
    }

    /** 'delta: suspects amber(83d9): ...'; empty for null. */
    public static String of(TraceEvent event, Map<Uid, String> names) {
        return event == null ? "" : names.getOrDefault(event.node(), event.node().shortForm()) + ": " + withNames(event.sentence(), names);
    }

    /** Nodes speak of each other by the first digits of their uids; people by name. Digits that fit no node, or several, stay; so does what stands behind a name already. */
    public static String withNames(String sentence, Map<Uid, String> names) {
        Matcher digits = SHORT_UID.matcher(sentence);
        return digits.replaceAll(found -> {
            List<String> fitting = names.entrySet().stream().filter(node -> node.getKey().shortForm().equals(found.group())).map(Map.Entry::getValue).toList();
            return Matcher.quoteReplacement(fitting.size() == 1 ? fitting.get(0) : found.group());
        });
    }
}
