package org.gavel.node.cli;

import java.util.List;
import org.gavel.node.server.NodeControl;
import org.gavel.node.server.NodeSettings;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.Host;

/** What a node process runs on its host: the server node. All calls come on the host's thread, or before it starts. */
interface NodeProgram {
    /** Makes the node; nothing happens before {@link #start}. */
    interface Factory {
        NodeProgram create(NodeSettings settings, Host host, List<Item> items, NodeControl control);
    }

    DatagramReceiver receiver();

    /** Starts to look for a ring. */
    void start();

    /** Something was traced on this host, for whoever watches the node. Called on the host's thread. */
    void traced(org.gavel.protocol.monitor.TraceEvent event);

    /** Tells the others that this process ends of its own will (SIGTERM). */
    void goodbye();
}
