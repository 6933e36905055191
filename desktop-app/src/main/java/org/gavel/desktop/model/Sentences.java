package org.gavel.desktop.model;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/** Events in plain words. */
public final class Sentences {
    private static final Pattern SHORT_UID = Pattern.compile("(?<![(\\w])[0-9a-f]{4}(?![)\\w])");

    private Sentences() { }

    /** Everything but routine is news for the bottom bar. */
    public static boolean isNews(TraceEvent event) {
        return !event.protocol().equals("link") && !event.kind().equals("prolonged");
    }

    /** 'delta: suspects amber(83d9): ...'; empty for null. */
    public static String of(TraceEvent event, Map<Uid, String> names) {
        return event == null ? "" : names.getOrDefault(event.node(), event.node().shortForm()) + " " + withNames(event.sentence(), names);
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
