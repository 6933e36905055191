package org.gavel.desktop.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * Gathers what a feed hears on its own thread until the pump takes it on another: the newest status of each node, and the newest events up to
 * a bound. Older events give way and are counted. All methods may be called from any thread.
 */
public final class FeedBuffer {
    /** Events kept between two frames: 20 frames a second make this 80,000 a second, far above what can be looked at. */
    public static final int EVENTS_MAX = 4_096;
    /** Nodes remembered, lost ones included: a cluster has up to 100, and each may come back under another uid. */
    public static final int NODES_MAX = 512;

    private final Map<String, NodeReport> nodes = new TreeMap<>();
    private final Deque<TraceEvent> events = new ArrayDeque<>();
    private int past;
    private long total;
    private long dropped;
    private boolean reset;
    private Market market = Market.NONE;
    private String trouble = "";

    public synchronized void status(NodeStatus status, long nowMs) {
        if (nodes.size() >= NODES_MAX && !nodes.containsKey(status.uid())) {
            forgetLongestSilent();
        }
        NodeReport known = nodes.get(status.uid());
        if (known == null || known.status().incarnation() <= status.incarnation()) {
            nodes.put(status.uid(), new NodeReport(status, nowMs, 0, ""));
        }
    }

    /** @param droppedByNode events that the sender had dropped before these */
    public synchronized void events(Collection<TraceEvent> batch, long droppedByNode) {
        dropped += droppedByNode;
        total += batch.size();
        for (TraceEvent event : batch) {
            if (events.size() >= EVENTS_MAX) {
                events.poll();
                past = Math.max(0, past - 1);
                dropped++;
            }
            events.add(event);
        }
    }

    /** An event that a jump in time has passed over: for the log, and nothing of it is under way any more. */
    public synchronized void passed(TraceEvent event) {
        boolean onlyPast = past == events.size();
        events(List.of(event), 0);
        past += onlyPast ? 1 : 0;
    }

    /** This start of a node is not heard any more; a later start, if one is known, is not meant. */
    public synchronized void lost(String uid, long incarnation, String why, long nowMs) {
        NodeReport known = nodes.get(uid);
        if (known != null && known.status().incarnation() == incarnation && !known.isLost()) {
            nodes.put(uid, new NodeReport(known.status(), known.heardMs(), nowMs, why));
        }
    }

    /** The person has seen enough of a lost node. */
    public synchronized void dismiss(String uid) {
        nodes.remove(uid);
    }

    public synchronized void market(Market newest) {
        market = newest;
    }

    public synchronized Market market() {
        return market;
    }

    /** @param sentence what is wrong with the feed itself; empty: nothing any more */
    public synchronized void trouble(String sentence) {
        trouble = sentence;
    }

    /** Everything so far is void: the feed has jumped. */
    public synchronized void reset() {
        nodes.clear();
        events.clear();
        past = 0;
        market = Market.NONE;
        trouble = "";
        reset = true;
    }

    /** Hands out the frame, and begins the next one. */
    public synchronized FeedFrame take(long nowMs) {
        FeedFrame frame = new FeedFrame(nowMs, reset, new ArrayList<>(nodes.values()), List.copyOf(events), Math.min(past, events.size()), total, dropped, market, trouble);
        events.clear();
        past = 0;
        reset = false;
        return frame;
    }

    private void forgetLongestSilent() {
        String oldest = null;
        long oldestMs = Long.MAX_VALUE;
        for (NodeReport report : nodes.values()) {
            if (report.heardMs() < oldestMs) {
                oldestMs = report.heardMs();
                oldest = report.status().uid();
            }
        }
        nodes.remove(oldest);
    }
}
