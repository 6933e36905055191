package org.gavel.node.simulation;

import org.gavel.node.server.NodeControl;
import org.gavel.node.server.NodeInspection;
import org.gavel.node.server.NodeSettings;
import org.gavel.node.server.ServerNode;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;

/**
 * One start of one production {@link ServerNode} in a {@link World}. A restart is another object at the same place; see {@link World#restart}.
 * Its own faults (kill, pause, isolate) are real here: a client's {@code fault} call is obeyed as well.
 */
public final class SimulatedNode {
    private final SimulatedHost host;
    private final ServerNode node;
    private final NodeInspection inspection;
    private String refusal = "";

    SimulatedNode(SimulatedHost host, NodeSettings settings, WorldSettings world) {
        this.host = host;
        node = new ServerNode(settings, host, world.items(), new Control());
        inspection = new NodeInspection(node);
        host.start(node.receiver());
        host.execute(node::start);
    }

    public String name() {
        return node.self().name();
    }

    public Uid uid() {
        return node.self().uid();
    }

    /** This very start. */
    public NodeRef self() {
        return node.self();
    }

    public SimulatedHost host() {
        return host;
    }

    /** What the node knows, for checks and pictures. */
    public NodeInspection inside() {
        return inspection;
    }

    /** What the node would tell a watcher now. */
    public NodeStatus status() {
        return inspection.status();
    }

    /** Why it can never be admitted, such as a twin; empty otherwise. */
    public String refusal() {
        return refusal;
    }

    public boolean isAlive() {
        return host.isAlive();
    }

    // ---------------------------------------------------------------- faults

    /** As kill -9: ends here and now; its port answers 'unreachable' where the network's faults allow. */
    public void kill() {
        host.crash();
    }

    /** Says goodbye first, as after SIGTERM: whoever hears it knows for certain that it has ended. */
    public void terminate() {
        host.execute(() -> {
            node.goodbye();
            host.atFlush(host::crash);
        });
    }

    /** The machine loses its power: nothing answers for it. */
    public void powerOff() {
        host.powerOff();
    }

    /** Processes nothing for {@code ms} of simulated time; what arrives waits in a bounded buffer. */
    public void pause(long ms) {
        host.pause(ms);
    }

    /** Drops every packet from and to it for {@code ms}. */
    public void isolate(long ms) {
        host.isolate(ms);
    }

    @Override
    public String toString() {
        return node.self() + (isAlive() ? "" : " (ended)");
    }

    private final class Control implements NodeControl {
        @Override
        public void kill() {
            host.crash();
        }

        @Override
        public void pause(long ms) {
            host.pause(ms);
        }

        @Override
        public void isolate(long ms) {
            host.isolate(ms);
        }

        @Override
        public void watched(boolean byAnyone) {
            // The simulated network always traces.
        }

        @Override
        public void refused(String sentence) {
            refusal = sentence;
            host.execute(host::crash); // as the program does: it says why, and ends
        }
    }
}
