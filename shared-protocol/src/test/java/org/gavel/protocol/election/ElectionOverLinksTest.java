package org.gavel.protocol.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.gavel.protocol.heartbeat.HeartbeatSettings;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

/** Links, detector and election together on simulated hosts: leaders die, others follow. */
class ElectionOverLinksTest {
    @Test
    void shouldElectTheNextHighestEachTimeTheLeaderCrashes() {
        SimulatedNetwork network = new SimulatedNetwork(SimulatedNetwork.seedOr(5));
        List<RingNode> nodes = ring(network, 7, new Random(5));
        nodes.get(0).startElection();
        network.run(500);
        for (long expected = 7; expected > 2; expected--) {
            Uid leader = new Uid(expected);
            assertThat(living(nodes)).as(network::describe).allMatch(node -> node.leader.equals(leader) && !node.election.isRunning());
            nodes.stream().filter(node -> node.ref.uid().equals(leader)).forEach(node -> node.host.crash());
            network.run(12_000);
        }
        assertOneNomineePerEpoch(nodes, network);
    }

    @Test
    void shouldElectExactlyOneLivingLeaderPerEpochThoughDatagramsAreLostAndNodesCrash() {
        long first = SimulatedNetwork.seedOr(1);
        int seeds = Long.getLong("gavel.seed") == null ? 60 : 1;
        for (long seed = first; seed < first + seeds; seed++) {
            Random random = new Random(seed);
            SimulatedNetwork network = new SimulatedNetwork(seed);
            network.faults(Faults.NONE.withLoss(10).withDuplicates(5).withReordering(10).withCrashHints(random.nextBoolean()));
            List<RingNode> nodes = ring(network, 4 + random.nextInt(5), random);
            nodes.forEach(RingNode::startElection);
            network.run(random.nextInt(60));
            RingNode victim = nodes.get(random.nextInt(nodes.size()));
            victim.host.crash();
            boolean agreed = network.runUntil(() -> haveOneLivingLeader(nodes), 20_000);
            assertThat(agreed).as(network::describe).isTrue();
            assertOneNomineePerEpoch(nodes, network);
            network.run(10_000);
            assertThat(haveOneLivingLeader(nodes)).as(() -> "it stays so; " + network.describe()).isTrue();
        }
    }

    @Test
    void shouldAccuseNobodyOnALossyNetworkWithForgedHints() {
        SimulatedNetwork network = new SimulatedNetwork(SimulatedNetwork.seedOr(8));
        network.faults(Faults.NONE.withLoss(5).withFalseHints(20));
        List<RingNode> nodes = ring(network, 5, new Random(8));
        nodes.get(0).startElection();
        network.run(60_000);
        assertThat(nodes).as(network::describe).allMatch(node -> node.verdicts.isEmpty());
    }

    @Test
    void shouldKnowWithin150MsThatAProcessOnTheSameMachineHasEnded() {
        SimulatedNetwork network = new SimulatedNetwork(SimulatedNetwork.seedOr(6));
        List<RingNode> nodes = new ArrayList<>();
        for (int uid = 1; uid <= 4; uid++) {
            nodes.add(new RingNode(network.newHost("n" + uid, "one-machine"), uid, HeartbeatSettings.DEFAULT));
        }
        nodes.forEach(node -> node.join(nodes.stream().map(n -> n.ref).toList()));
        network.run(3_000);
        nodes.get(3).host.crash();
        // The next heartbeat to it brings the hint; who is told by a verdict probes at once.
        network.run(2_150);
        for (RingNode node : living(nodes)) {
            assertThat(node.verdicts).as(network::describe).containsExactly(nodes.get(3).ref + " ended");
        }
    }

    private static List<RingNode> ring(SimulatedNetwork network, int n, Random random) {
        List<Long> uids = new ArrayList<>(LongStream.rangeClosed(1, n).boxed().toList());
        Collections.shuffle(uids, random);
        List<RingNode> nodes = new ArrayList<>();
        uids.forEach(uid -> nodes.add(new RingNode(network.newHost("n" + uid), uid, HeartbeatSettings.DEFAULT)));
        nodes.forEach(node -> node.join(nodes.stream().map(other -> other.ref).toList()));
        return nodes;
    }

    private static List<RingNode> living(List<RingNode> nodes) {
        return nodes.stream().filter(node -> node.host.isAlive()).toList();
    }

    private static boolean haveOneLivingLeader(List<RingNode> nodes) {
        List<RingNode> living = living(nodes);
        RingNode any = living.get(0);
        return living.stream().allMatch(node -> node.leader.equals(any.leader) && node.servingEpoch == any.servingEpoch && !node.election.isRunning())
                && living.stream().anyMatch(node -> node.ref.uid().equals(any.leader));
    }

    private static void assertOneNomineePerEpoch(List<RingNode> nodes, SimulatedNetwork network) {
        Map<Long, List<Uid>> nominees = new TreeMap<>();
        nodes.forEach(node -> node.nominated.forEach(epoch -> nominees.computeIfAbsent(epoch, key -> new ArrayList<>()).add(node.ref.uid())));
        nominees.forEach((epoch, who) -> assertThat(who).as(() -> "epoch " + epoch + ", " + network.describe()).hasSize(1));
    }
}
