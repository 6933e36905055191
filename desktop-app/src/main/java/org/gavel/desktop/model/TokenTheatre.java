package org.gavel.desktop.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gavel.desktop.feed.NodeReport;
import org.gavel.protocol.monitor.TraceEvent;

/** Plays the hops of LCR tokens slower than they were, so that they can be followed. */
final class TokenTheatre {
    private final List<TokenView> shown = new ArrayList<>();

    void absorb(TraceEvent event, long now, Map<String, NodeReport> reports) {
        // Follows with the Cluster screen.
    }

    List<TokenView> at(long now) {
        return List.copyOf(shown);
    }

    void clear() {
        shown.clear();
    }
}
