package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/** Nodes of one group on one simulated network, with a judge that sees all of them: what was committed anywhere stays so everywhere. */
final class TestCluster {
    /** One committed entry as the first node that applied it had it. */
    record Committed(LogEntry entry, long stateHash) { }

    final SimulatedNetwork network;
    final Wires wires;
    final GroupSettings settings;
    /** The link layer over lossy datagrams instead of {@link Wires}. */
    final boolean realLinks;
    final List<TestNode> nodes = new ArrayList<>();
    final TreeMap<Long, Committed> committed = new TreeMap<>();
    final Map<Long, Uid> servingByEpoch = new HashMap<>();
    final Map<String, Long> commandAt = new HashMap<>();
    private final Map<String, Long> lastOfSession = new HashMap<>();
    BiConsumer<TestNode, Message> tap;
    /** Told of every command that a serving leader applied: it would answer its client now. */
    BiConsumer<TestNode, LogEntry> acknowledged = (n, e) -> { };
    /** Every one that came into any log. */
    final java.util.Set<Configuration> seenConfigurations = new java.util.LinkedHashSet<>();
    Configuration base;
    private long incarnations = 100;

    TestCluster(long seed, GroupSettings settings, boolean realLinks) {
        this.realLinks = realLinks;
        network = new SimulatedNetwork(seed);
        wires = new Wires(network, seed * 31 + 7);
        this.settings = settings;
    }

    /** Nodes with uids 1..n, of which the given ones are acceptors of the base configuration; all know it. */
    static TestCluster of(long seed, GroupSettings settings, int count, long... acceptorUids) {
        return of(new TestCluster(seed, settings, false), count, acceptorUids);
    }

    static TestCluster of(TestCluster cluster, int count, long... acceptorUids) {
        List<Acceptor> acceptors = new ArrayList<>();
        for (int uid = 1; uid <= count; uid++) {
            var host = cluster.network.newHost("n" + uid);
            NodeRef ref = new NodeRef(new Uid(uid), 1, host.address(), "n" + uid, org.gavel.protocol.identity.ProcessIdentity.UNKNOWN);
            for (long acceptor : acceptorUids) {
                if (acceptor == uid) {
                    acceptors.add(new Acceptor(ref, logIdOf(uid, 1)));
                }
            }
        }
        cluster.base = new Configuration(0, 0, acceptors, "{}");
        cluster.seenConfigurations.add(cluster.base);
        List<org.gavel.protocol.host.simulation.SimulatedHost> hosts = cluster.network.hosts();
        for (int uid = 1; uid <= count; uid++) {
            cluster.nodes.add(new TestNode(cluster, hosts.get(uid - 1), uid, 1, logIdOf(uid, 1), cluster.base, cluster.settings));
        }
        List<NodeRef> all = cluster.nodes.stream().map(n -> n.ref).toList();
        cluster.nodes.forEach(n -> n.group.setMembers(all));
        cluster.network.run(1);
        return cluster;
    }

    static long logIdOf(long uid, long incarnation) {
        return uid * 1_000_000 + incarnation;
    }

    TestNode node(long uid) {
        return nodes.get((int) uid - 1);
    }

    /** Restarts a crashed node; without its disk it comes back as a newcomer that knows nothing. */
    TestNode restart(TestNode ended, boolean withDisk) {
        var host = network.restart(ended.host, true, withDisk);
        long uid = ended.ref.uid().value();
        long incarnation = ++incarnations;
        TestNode started = new TestNode(this, host, uid, incarnation, withDisk ? ended.group.logId() : logIdOf(uid, incarnation),
                null, settings);
        nodes.set((int) uid - 1, started);
        List<NodeRef> all = nodes.stream().map(n -> n.ref).toList();
        for (TestNode n : nodes) {
            if (n.alive()) {
                n.host.execute(() -> {
                    n.group.setMembers(all);
                    n.group.peerUp(started.ref);
                });
            }
        }
        return started;
    }

    /** The same start of a node comes back as a newcomer with a fresh log: it was told that it is out, and gave its copy up. */
    TestNode reset(TestNode node) {
        var host = network.restart(node.host, true, false);
        long uid = node.ref.uid().value();
        TestNode fresh = new TestNode(this, host, uid, node.ref.incarnation(), logIdOf(uid, ++incarnations), null, settings);
        nodes.set((int) uid - 1, fresh);
        fresh.host.execute(() -> fresh.group.setMembers(nodes.stream().map(n -> n.ref).toList()));
        return fresh;
    }

    Acceptor acceptor(TestNode node) {
        return new Acceptor(node.ref, node.group.logId());
    }

    void run(long ms) {
        network.run(ms);
        nodes.forEach(this::check);
    }

    /** Runs a take-over and waits until it served or failed. */
    boolean takeOver(TestNode node, long epoch) {
        node.run(() -> node.group.takeOver(epoch));
        network.runUntil(() -> node.group.isServing() && node.group.epoch() == epoch || !node.events.isEmpty()
                && node.events.get(node.events.size() - 1).startsWith("failed " + epoch), 1_500);
        return node.group.isServing() && node.group.epoch() == epoch;
    }

    long highestEpoch() {
        return nodes.stream().mapToLong(n -> n.group.highestEpoch()).max().orElse(0);
    }

    /** One command of one session. */
    static Message.Submit command(long client, long sequence) {
        return new Message.Submit(new Uid(client), 5, sequence, 1, ("{\"c\":" + client + ",\"s\":" + sequence + "}").getBytes(StandardCharsets.UTF_8));
    }

    SubmitResult submit(TestNode node, long client, long sequence) {
        SubmitResult[] result = new SubmitResult[1];
        node.run(() -> result[0] = node.group.submit(command(client, sequence), 0));
        return result[0];
    }

    List<String> commandsCommitted() {
        List<String> commands = new ArrayList<>();
        committed.values().forEach(c -> {
            if (c.entry().kind() == LogEntry.Kind.COMMAND) {
                commands.add(c.entry().client().value() + "." + c.entry().sequence());
            }
        });
        return commands;
    }

    // ---------------------------------------------------------------- the judge

    void applied(TestNode node, LogEntry entry, byte[] outcome) {
        Committed before = committed.get(entry.index());
        if (before == null) {
            assertThat(entry.index()).as("committed-without-a-hole: %s at %s", entry, node).isEqualTo(committed.isEmpty() ? 1 : committed.lastKey() + 1);
            committed.put(entry.index(), new Committed(entry, node.stateHash()));
            if (entry.kind() == LogEntry.Kind.COMMAND && !entry.client().isNobody()) {
                Long earlier = commandAt.put(entry.client() + "." + entry.session() + "." + entry.sequence(), entry.index());
                assertThat(earlier).as("each-command-once: command of %s at %s committed before", entry, node).isNull();
                Long last = lastOfSession.put(entry.client() + "." + entry.session(), entry.sequence());
                assertThat(entry.sequence()).as("fifo-per-sender: %s is command %s of its session, behind %s", entry, entry.sequence(), last)
                        .isEqualTo(last == null ? 1 : last + 1);
            }
        } else {
            assertThat(entry.checksum()).as("committed-logs-agree: %s at %s, first was %s", entry, node, before.entry())
                    .isEqualTo(before.entry().checksum());
            assertThat(node.stateHash()).as("states-agree: at %s of %s", entry, node).isEqualTo(before.stateHash());
        }
        assertThat(outcome).isNotNull();
        if (node.group != null && node.group.isServing()) {
            acknowledged.accept(node, entry);
        }
    }

    void restored(TestNode node, long index) {
        if (index > 0) {
            assertThat(committed.get(index)).as("committed-logs-agree: snapshot at %s of what was never committed", index).isNotNull();
            assertThat(node.stateHash()).as("states-agree: restored at %s of %s", index, node).isEqualTo(committed.get(index).stateHash());
        }
    }

    void serves(TestNode node, long epoch) {
        Uid before = servingByEpoch.putIfAbsent(epoch, node.ref.uid());
        assertThat(before == null || before.equals(node.ref.uid())).as("one-leader-per-epoch: %s and %s in %s", before, node, epoch).isTrue();
    }

    void check(TestNode node) {
        if (node.alive() && node.group != null) {
            long index = node.group.committedIndex();
            LogEntry entry = node.group.entry(index);
            if (entry != null) {
                assertThat(committed.get(index)).as("committed-logs-agree: %s knows %s committed", node, index).isNotNull();
                assertThat(entry.checksum()).as("committed-logs-agree: %s at %s", entry, node).isEqualTo(committed.get(index).entry().checksum());
            }
            assertThat(node.corruption).as("nothing-corrupt: %s", node).isEmpty();
        }
    }

    /** Every living node holds and knows committed the same, all of it. */
    boolean converged() {
        long last = committed.isEmpty() ? 0 : committed.lastKey();
        return nodes.stream().filter(TestNode::alive).allMatch(n -> n.group.committedIndex() == last && n.group.lastIndex() == last);
    }
}
