package org.gavel.desktop.timeline;

import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * Clients tell nobody what they do, but an active says what it takes from them and delivers to them: their ends of those messages are told here on its word. It
 * gives numbers only to commands before which the client had the answers to all its earlier ones, so that these ends stand in the client's own order.
 */
final class ClientEnds {
    private ClientEnds() { }

    /** The event, and before or behind it the client's end of the same message. */
    static List<TraceEvent> with(TraceEvent event) {
        if (event.message() == 0 || event.peerName().isEmpty()) {
            return List.of(event);
        }
        TraceEvent end = end(event);
        return event.isSending() ? List.of(event, end) : List.of(end, event);
    }

    private static TraceEvent end(TraceEvent event) {
        boolean hears = event.isSending();
        String kind = hears ? event.kind().replace("-sent", "-received") : event.kind().replace("-received", "-sent");
        return new TraceEvent(event.atMs(), event.peer(), event.protocol(), kind, event.group(), Uid.NOBODY,
            hears ? "hears the answer from " + event.node().shortForm() : "sends its command to " + event.node().shortForm(), event.node(), event.message());
    }
}
