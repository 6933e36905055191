package org.gavel.desktop.feed;

import java.util.List;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * What a feed has gathered since it was asked last: the newest of every node, and a bounded batch of events.
 *
 * @param nowMs         the feed's own clock: wall clock (live), virtual time (simulation), the scrubbed moment (replay)
 * @param reset         the feed has jumped (another file, a step back): everything seen so far is void
 * @param nodes         in the order of their uids, lost ones included
 * @param events        in the order of their arrival, at most {@link FeedBuffer#EVENTS_MAX}
 * @param past          so many of them, the first ones, are told again after a jump: they are over, and nothing of them is under way any more
 * @param eventsTotal   events that arrived since the feed was opened
 * @param eventsDropped events that the nodes or this feed dropped since the feed was opened
 * @param market        answers of the INM
 * @param trouble       what is wrong with the feed itself, as a sentence, or empty
 */
public record FeedFrame(long nowMs, boolean reset, List<NodeReport> nodes, List<TraceEvent> events, int past, long eventsTotal, long eventsDropped,
                        Market market, String trouble) {
    public FeedFrame {
        nodes = List.copyOf(nodes);
        events = List.copyOf(events);
    }
}
