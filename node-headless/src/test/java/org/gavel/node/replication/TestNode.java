package org.gavel.node.replication;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.LinkSettings;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Checksum64;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/** One start of one node with one group, and a state machine that shows every difference. */
final class TestNode implements StateMachine, GroupListener {
    final TestCluster cluster;
    final SimulatedHost host;
    final NodeRef ref;
    ReplicatedGroup group;
    final List<String> events = new ArrayList<>();
    final List<NodeRef> caughtUp = new ArrayList<>();
    final List<String> corruption = new ArrayList<>();
    String paused = "";
    long servedEpoch;
    /** Taken of its state. */
    int snapshots;
    private long count;
    private long hash;

    TestNode(TestCluster cluster, SimulatedHost host, long uid, long incarnation, long logId, Configuration base, GroupSettings settings) {
        this.cluster = cluster;
        this.host = host;
        ref = new NodeRef(new Uid(uid), incarnation, host.address(), "n" + uid, ProcessIdentity.UNKNOWN);
        Links links = cluster.realLinks ? realLinks() : cluster.wires.attach(this);
        group = new ReplicatedGroup(7, ref, logId, base, host, links, this, this, settings);
    }

    private Links realLinks() {
        LinkLayer layer = new LinkLayer(host, ref, "test", new LinkListener() {
            @Override
            public void onMessage(PeerId from, Address address, long number, Message message) {
                NodeRef sender = new NodeRef(from.uid(), from.incarnation(), address, "n" + from.uid().value(), ProcessIdentity.UNKNOWN);
                receive(sender, message);
            }

            @Override
            public void onUnacknowledged(PeerId peer) { }

            @Override
            public void onCrashHint(PeerId peer) { }

            @Override
            public void onUndelivered(NodeRef peer, long number, Message message) {
                group.onUndelivered(peer);
            }

            @Override
            public void onRoom(NodeRef peer) {
                group.onRoom(peer);
            }
        }, LinkSettings.DEFAULTS.withWindowMessagesMax(Wires.WINDOW));
        host.start(layer);
        return layer;
    }

    void receive(NodeRef from, Message message) {
        if (cluster.tap != null) {
            cluster.tap.accept(this, message);
        }
        group.onMessage(from.peer(), from, message);
        cluster.check(this);
    }

    /** Runs something as the node itself would, in a pass of its own, and waits until it ran. */
    void run(Runnable task) {
        host.execute(task);
        cluster.network.run(0);
    }

    boolean alive() {
        return host.isAlive();
    }

    // ---------------------------------------------------------------- state machine

    @Override
    public byte[] apply(LogEntry entry) {
        count++;
        hash = Checksum64.of(hash, entry.bytes(), 12, entry.bytes().length - 12);
        return ("{\"n\":" + count + "}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] snapshot() {
        snapshots++;
        return (count + " " + hash).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void restore(byte[] snapshot) throws MalformedException {
        String[] parts = new String(snapshot, StandardCharsets.UTF_8).split(" ");
        if (parts.length != 2) {
            throw new MalformedException("no snapshot of this machine");
        }
        count = Long.parseLong(parts[0]);
        hash = Long.parseLong(parts[1]);
    }

    long stateHash() {
        return hash;
    }

    // ---------------------------------------------------------------- listener

    @Override
    public void onServing(long epoch) {
        servedEpoch = epoch;
        events.add("serving " + epoch);
        cluster.serves(this, epoch);
    }

    @Override
    public void onLeader(long epoch, Uid leader) {
        events.add("leader " + epoch + " n" + leader.value());
    }

    @Override
    public void onDeposed(long epoch, long higherEpoch) {
        events.add("deposed " + epoch + " by " + higherEpoch);
    }

    @Override
    public void onTakeOverFailed(long epoch, String reason) {
        events.add("failed " + epoch + ": " + reason);
    }

    @Override
    public void onApplied(LogEntry entry, byte[] outcome) {
        cluster.applied(this, entry, outcome);
    }

    @Override
    public void onRestored(long index) {
        events.add("restored " + index);
        cluster.restored(this, index);
    }

    @Override
    public void onConfiguration(Configuration configuration, boolean committed) {
        cluster.seenConfigurations.add(configuration);
        if (committed) {
            events.add("configuration " + configuration.index());
        }
    }

    @Override
    public void onCaughtUp(NodeRef learner) {
        caughtUp.add(learner);
    }

    @Override
    public void onPaused(boolean isPaused, String sentence) {
        paused = isPaused ? sentence : "";
        events.add(sentence);
    }

    @Override
    public void onCorruption(String sentence) {
        corruption.add(sentence);
    }

    @Override
    public void onReconfigurationFailed(String reason) {
        events.add("reconfiguration failed");
    }

    @Override
    public String toString() {
        return ref.name();
    }
}
