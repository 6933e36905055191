package org.gavel.protocol.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

class WatchersTest {
    private final SimulatedNetwork net = new SimulatedNetwork(3);
    private final SimulatedHost nodeHost = net.newHost("node");
    private final SimulatedHost watcherHost = net.newHost("watcher");
    private final List<Message> received = new ArrayList<>();
    private final List<Boolean> watched = new ArrayList<>();
    private final LinkLayer nodeLinks = new LinkLayer(nodeHost, ref(nodeHost, 1), "lab", new Listener());
    private final LinkLayer watcherLinks = new LinkLayer(watcherHost, ref(watcherHost, 2), "lab", new Listener());
    private final Watchers watchers = new Watchers(nodeHost, nodeLinks, watched::add);

    WatchersTest() {
        nodeHost.start(nodeLinks);
        watcherHost.start(watcherLinks);
    }

    @Test
    void shouldSendStatusesAndEventsToWhoeverSubscribed() throws MalformedException {
        onNode(() -> {
            watchers.subscribe(ref(watcherHost, 2), new Message.Subscribe(10_000, true));
            watchers.publish(status());
            watchers.offer(event("token-sent"));
        });

        assertThat(MonitorJson.readStatus(((Message.Status) received.get(0)).status())).isEqualTo(status());
        assertThat(MonitorJson.readEvents(((Message.Traces) received.get(1)).events())).containsExactly(event("token-sent"));
        assertThat(watched).containsExactly(true);
    }

    @Test
    void shouldLapseWithoutRenewal() {
        onNode(() -> watchers.subscribe(ref(watcherHost, 2), new Message.Subscribe(1_000, true)));
        net.run(2_000);
        onNode(() -> watchers.publish(status()));

        assertThat(received).isEmpty();
        assertThat(watchers.isEmpty()).isTrue();
        assertThat(watched).containsExactly(true, false);
    }

    @Test
    void shouldDropAndCountTheOldestEventsWhenTooMany() {
        onNode(() -> {
            watchers.subscribe(ref(watcherHost, 2), new Message.Subscribe(10_000, true));
            for (int i = 0; i < Watchers.EVENTS_MAX + 7; i++) {
                watchers.offer(event("kind-" + i));
            }
        });

        long dropped = received.stream().mapToLong(m -> ((Message.Traces) m).dropped()).sum();
        assertThat(dropped).isEqualTo(7);
    }

    @Test
    void shouldTellAClientsNameAndReadWhatAnEarlierVersionWrote() throws MalformedException {
        TraceEvent taken = new TraceEvent(1, new Uid(1), "replication", "submit-received", 2, new Uid(9), "takes command 3 of tove as entry 41", new Uid(8), 57, "tove");
        String json = MonitorJson.write(List.of(taken));

        assertThat(MonitorJson.readEvents(json)).containsExactly(taken);
        TraceEvent earlier = MonitorJson.readEvents(json.replace(",\"peerName\":\"tove\"", "")).get(0);
        assertThat(earlier.peerName()).isEmpty();
        assertThat(earlier.message()).isEqualTo(57);
    }

    @Test
    void shouldRefuseReportsThatAreNone() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> MonitorJson.readStatus("nonsense{")).isInstanceOf(MalformedException.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> MonitorJson.readEvents("")).isInstanceOf(MalformedException.class);
    }

    private void onNode(Runnable task) {
        nodeHost.execute(task);
        net.run(500);
    }

    private static TraceEvent event(String kind) {
        return new TraceEvent(1, new Uid(1), "election", kind, 1, new Uid(2), "sent 2 to 3", new Uid(3), 7);
    }

    private static NodeStatus status() {
        return new NodeStatus("0000000000000001", "amber", "10.0.0.1:4000", 5, "member", "idle", "", "1.2", 1, "0000000000000002", false, "", "", List.of(),
            "IDLE", new NodeStatus.LogStatus("follower", 1, 9, 8, List.of("1.8+", "1.9-"), ""), null, List.of(new NodeStatus.Heard("0000000000000002", 30)), 4, 0, 1, null);
    }

    private static NodeRef ref(SimulatedHost host, long uid) {
        return new NodeRef(new Uid(uid), 1, host.address(), host.name(), ProcessIdentity.UNKNOWN);
    }

    private final class Listener implements LinkListener {
        @Override
        public void onMessage(PeerId from, Address address, long group, Message message) {
            received.add(message);
        }

        @Override
        public void onUnacknowledged(PeerId peer) { }

        @Override
        public void onCrashHint(PeerId peer) { }

        @Override
        public void onUndelivered(NodeRef peer, long group, Message message) { }

        @Override
        public void onRoom(NodeRef peer) { }
    }
}
