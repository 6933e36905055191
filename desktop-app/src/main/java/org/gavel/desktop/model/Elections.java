package org.gavel.desktop.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;

/** Who is electing: what the statuses say, and, since an election is over in milliseconds, what happened within the last moments. */
final class Elections {
    /** An election stays visible for so long: shorter than that nobody would see it. */
    static final long VISIBLE_MS = 2_500;
    private static final int NODES_MAX = 512;

    private final Map<Uid, Long> untilMs = new LinkedHashMap<>();

    void absorb(TraceEvent event, long now) {
        if (!event.protocol().equals("election") || event.kind().equals("draining")) {
            return;
        }
        if (untilMs.size() >= NODES_MAX) {
            untilMs.clear();
        }
        untilMs.put(event.node(), now + VISIBLE_MS);
    }

    boolean isElecting(NodeStatus status, long now) {
        boolean said = status.election() != null && !status.election().isEmpty() && !status.election().equals("IDLE");
        return said || untilMs.getOrDefault(Uid.parseHex(status.uid()), 0L) > now;
    }

    void clear() {
        untilMs.clear();
    }
}
