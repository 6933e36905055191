package org.gavel.protocol.monitor;

import java.util.List;
import org.gavel.protocol.identity.NodeRef;

/** What a {@link ClusterWatcher} hands out, on the host's thread. */
public interface WatchListener {
    /** The newest of what this node says of itself. */
    void onStatus(NodeRef node, NodeStatus status);

    /**
     * What happened inside this node, in its own order.
     *
     * @param dropped events that it did not send since the last batch, because it had better things to do
     */
    void onTraces(NodeRef node, List<TraceEvent> events, long dropped);

    /** This start of a node is not heard any more: it ended, or it is cut off. Should it come back, its statuses simply go on. */
    void onLost(NodeRef node, String why);
}
