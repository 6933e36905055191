package org.gavel.desktop.model;

import java.util.Map;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/** Events in plain words. */
public final class Sentences {
    private Sentences() { }

    /** Everything but routine is news for the bottom bar. */
    public static boolean isNews(TraceEvent event) {
        return !event.protocol().equals("link") && !event.kind().equals("prolonged");
    }

    /** 'delta: suspects amber(83d9): ...'; empty for null. */
    public static String of(TraceEvent event, Map<Uid, String> names) {
        return event == null ? "" : names.getOrDefault(event.node(), event.node().shortForm()) + " " + event.sentence();
    }
}
