package org.gavel.desktop.screen;

import java.util.List;
import org.gavel.desktop.model.ClusterView;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * What the pump hands over, at most 20 times a second.
 *
 * @param view   the picture now
 * @param events what happened since the last tick, in the order of arrival, at most {@code FeedBuffer.EVENTS_MAX}
 * @param reset  everything before is void: another feed, or a replay that stepped back
 */
public record Tick(ClusterView view, List<TraceEvent> events, boolean reset) { }
