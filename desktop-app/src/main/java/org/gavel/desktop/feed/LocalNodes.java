package org.gavel.desktop.feed;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.gavel.node.cli.NodeNames;
import org.gavel.node.processes.JvmFlags;
import org.gavel.node.processes.LocalNode;
import org.gavel.node.processes.NodeFailedException;
import org.gavel.node.processes.NodeLaunch;
import org.gavel.node.processes.NodeProcesses;
import org.gavel.node.processes.OwnProgram;
import org.gavel.protocol.identity.Uid;

/**
 * Node processes of this machine, started from the window. They end with it, also when it is killed: their standard input is a pipe from here.
 * All methods may be called from any thread.
 */
public final class LocalNodes implements AutoCloseable {
    /** What one person's machine can bear beside everything else, at about 50 MB each. */
    public static final int NODES_MAX = 32;
    private static final long READY_MS = 45_000;

    private final NodeProcesses processes;
    private final String cluster;
    private final int port;
    private final boolean loopback;
    private final SecureRandom random = new SecureRandom();
    private final Map<Uid, LocalNode> nodes = new LinkedHashMap<>();
    /** Names by uid. */
    private final Map<Uid, String> planned = new LinkedHashMap<>();
    private final ExecutorService waiting = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "local-node-ready");
        thread.setDaemon(true);
        return thread;
    });

    /** @param loopback whether the cluster is on loopback, the only place where nodes are started from here */
    public LocalNodes(OwnProgram program, String cluster, int port, boolean loopback) {
        this.processes = new NodeProcesses(program);
        this.cluster = cluster;
        this.port = port;
        this.loopback = loopback;
    }

    public Optional<String> whyNoStart() {
        if (!loopback) {
            return Optional.of("Nodes are started from here on loopback only; on a LAN run 'gavel-node node --bind lan' on its machine");
        }
        synchronized (this) {
            long living = nodes.values().stream().filter(LocalNode::isAlive).count();
            return living >= NODES_MAX ? Optional.of(NODES_MAX + " nodes run on this machine already") : Optional.empty();
        }
    }

    public Optional<String> whyNoRestart(Uid uid) {
        synchronized (this) {
            LocalNode node = nodes.get(uid);
            if (node == null) {
                return Optional.of("It was not started from this window: start it again on its own machine");
            }
            return node.isAlive() ? Optional.of("Its process runs (pid " + node.pid() + ")") : Optional.empty();
        }
    }

    /** One more node, with a uid drawn at random and a name that goes with it; completes when it receives. */
    public CompletableFuture<Uid> startNode() {
        Uid uid = new Uid(random.nextLong() | 1);
        return startNode(uid, NodeNames.of(uid));
    }

    public CompletableFuture<Uid> startNode(Uid uid, String name) {
        Optional<String> why = whyNoStart();
        if (why.isPresent()) {
            return CompletableFuture.failedFuture(new NodeFailedException(why.get(), null));
        }
        return start(new NodeLaunch(cluster, port, uid, name, JvmFlags.SMALL_FOOTPRINT, List.of("--allow-faults"))).thenApply(nothing -> uid);
    }

    /** Remembers a node that {@link #startPlanned} starts. */
    public synchronized void plan(Uid uid, String name) {
        planned.put(uid, name);
    }

    /** Starts all that were planned, in that order and without waiting for one another; completes when all of them receive, and fails if one does not. */
    public CompletableFuture<Void> startPlanned() {
        Map<Uid, String> due;
        synchronized (this) {
            due = new LinkedHashMap<>(planned);
        }
        List<CompletableFuture<Uid>> started = new ArrayList<>();
        due.forEach((uid, name) -> {
            started.add(startNode(uid, name));
            synchronized (this) {
                planned.remove(uid);
            }
        });
        return CompletableFuture.allOf(started.toArray(CompletableFuture[]::new));
    }

    /** Those that live, and those that are planned. */
    public synchronized int count() {
        return (int) Stream.concat(planned.keySet().stream(), nodes.entrySet().stream().filter(node -> node.getValue().isAlive()).map(Map.Entry::getKey)).distinct().count();
    }

    public CompletableFuture<Void> restart(Uid uid) {
        Optional<String> why = whyNoRestart(uid);
        if (why.isPresent()) {
            return CompletableFuture.failedFuture(new NodeFailedException(why.get(), null));
        }
        synchronized (this) {
            return start(nodes.get(uid).launch());
        }
    }

    /** Kill -9 to a node that was started from here, as the operating system does it; nothing if it has ended. */
    public synchronized void signal(Uid uid) {
        LocalNode node = nodes.get(uid);
        if (node != null) {
            node.kill();
        }
    }

    /** The process of a living node that was started from here. */
    public synchronized OptionalLong pid(Uid uid) {
        LocalNode node = nodes.get(uid);
        return node == null || !node.isAlive() ? OptionalLong.empty() : OptionalLong.of(node.pid());
    }

    private CompletableFuture<Void> start(NodeLaunch launch) {
        try {
            LocalNode started = processes.start(launch);
            synchronized (this) {
                nodes.put(launch.uid(), started);
            }
            return CompletableFuture.runAsync(() -> awaitReady(started), waiting);
        } catch (NodeFailedException e) {
            return CompletableFuture.failedFuture(e);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new NodeFailedException("the window closes; it starts no node any more", e));
        }
    }

    private static void awaitReady(LocalNode node) {
        try {
            node.awaitReady(READY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** Ends all processes and waits until they are gone. */
    @Override
    public void close() {
        waiting.shutdownNow();
        processes.close();
    }
}
