package org.gavel.node.processes;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gavel.protocol.identity.Uid;

/** The node processes that this program started. None outlives it. */
public final class NodeProcesses implements AutoCloseable {
    /** Started at the same time and alive: what one machine can bear. */
    public static final int PROCESSES_MAX = 128;
    private static final long END_MS = 5_000;

    private final OwnProgram program;
    private final List<LocalNode> nodes = new ArrayList<>();
    private final Thread atShutdown = new Thread(this::end, "end-node-processes");
    private boolean closed;

    public NodeProcesses(OwnProgram program) {
        this.program = program;
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    /**
     * Starts a process and returns at once; {@link LocalNode#awaitReady} waits.
     *
     * @throws NodeFailedException if the operating system refuses
     */
    public synchronized LocalNode start(NodeLaunch launch) {
        if (closed) {
            throw new NodeFailedException("this program ends; it starts no node any more", null);
        }
        nodes.removeIf(node -> !node.isAlive());
        if (nodes.size() >= PROCESSES_MAX) {
            throw new NodeFailedException(PROCESSES_MAX + " node processes run already", null);
        }
        try {
            // Standard input stays a pipe that is never written: its end tells the node that this program is gone.
            List<String> command = new ArrayList<>(launch.runner());
            command.addAll(program.command(launch.jvmFlags(), launch.arguments()));
            Process process = new ProcessBuilder(command).start();
            LocalNode node = new LocalNode(launch, process);
            nodes.add(node);
            return node;
        } catch (IOException e) {
            throw new NodeFailedException("a node process cannot be started: " + e.getMessage(), e);
        }
    }

    /** The living ones, in the order of their start. */
    public synchronized List<LocalNode> living() {
        return nodes.stream().filter(LocalNode::isAlive).toList();
    }

    /** The living process with this uid, if it was started with one. */
    public Optional<LocalNode> byUid(Uid uid) {
        return living().stream().filter(node -> uid.equals(node.launch().uid())).findFirst();
    }

    /** Ends all and waits until they are gone. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The program shuts down already: the hook runs, or has run, and finds nothing left to do.
            assert closed;
        }
    }

    private void end() {
        List<LocalNode> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(nodes);
        }
        ending.forEach(LocalNode::kill);
        try {
            for (LocalNode node : ending) {
                node.awaitEnd(END_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A UDP port that is free now, for a cluster of one's own.
     *
     * @throws NodeFailedException if the system has none
     */
    public static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        } catch (SocketException e) {
            throw new NodeFailedException("no free UDP port: " + e.getMessage(), e);
        }
    }
}
