package org.gavel.node.cli;

import org.gavel.node.server.ServerNode;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.monitor.TraceEvent;

/** The server node as a {@link NodeProgram}. */
final class ServerProgram implements NodeProgram {
    static final NodeProgram.Factory FACTORY = (settings, host, items, control) -> new ServerProgram(new ServerNode(settings, host, items, control));

    private final ServerNode node;

    private ServerProgram(ServerNode node) {
        this.node = node;
    }

    @Override
    public DatagramReceiver receiver() {
        return node.receiver();
    }

    @Override
    public void start() {
        node.start();
    }

    @Override
    public void goodbye() {
        node.goodbye();
    }

    @Override
    public void traced(TraceEvent event) {
        node.watch(event);
    }
}
