package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private final SimulatedNetwork network = new SimulatedNetwork(SimulatedNetwork.seedOr(1));
    private final Party a = new Party("a", 0xA);
    private final Party b = new Party("b", 0xB);
    private final Party c = new Party("c", 0xC);
    private final Party d = new Party("d", 0xD);

    /** One node with its verdicts, and those that it heard. */
    private final class Party implements LinkListener {
        private final SimulatedHost host;
        private final NodeRef ref;
        private final Verdicts verdicts;
        private final List<String> heard = new ArrayList<>();

        Party(String name, long uid) {
            host = network.newHost(name);
            ref = new NodeRef(new Uid(uid), 100, host.address(), name, ProcessIdentity.UNKNOWN);
            LinkLayer links = new LinkLayer(host, ref, "gavel", this);
            verdicts = new Verdicts(new NodeContext(null, ref, host, links, null), links, verdict -> heard.add(verdict.dead().name()), VerdictWatcher.NOBODY);
            host.start(links);
        }

        void install(long number, Party... members) {
            host.execute(() -> verdicts.install(view(number, members)));
        }

        void tellOf(Party dead) {
            host.execute(() -> verdicts.tell(new Message.Verdict(dead.ref, false, "silent")));
        }

        @Override
        public void onMessage(PeerId from, Address address, long group, Message message) {
            verdicts.onMessage(from, message);
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

    private static RingView view(long number, Party... members) {
        return new RingView(new ViewId(77, 1, number), Arrays.stream(members).map(p -> new Member(p.ref, number)).toList(), Uid.NOBODY);
    }

    private void install(long number, Party... members) {
        for (Party member : members) {
            member.install(number, members);
        }
        network.run(50);
    }

    @Test
    void shouldTellTheOthersOnce() {
        install(1, a, b, c, d);
        a.tellOf(d);
        network.run(100);
        b.tellOf(d);
        network.run(3_000);

        assertThat(List.of(b.heard, c.heard)).containsOnly(List.of("d"));
        assertThat(a.heard).as("it knows").isEmpty();
    }

    /** An INM that leads through a view without itself can tell nobody; it does once a view with it is installed. */
    @Test
    void shouldTellLaterWhatCouldNotBeToldAtOnce() {
        install(1, a, b, c, d);
        a.host.execute(() -> a.verdicts.leave(view(2, b, c, d)));
        install(2, b, c, d);
        a.tellOf(d);
        network.run(3_000);
        assertThat(b.heard).isEmpty();
        install(3, a, b, c, d);
        network.run(3_000);

        assertThat(List.of(b.heard, c.heard)).containsOnly(List.of("d"));
    }

    @Test
    void shouldNotTellOfOneThatLivesAfterAllNorOfOneThatTheViewNamesNoMore() {
        install(1, a, b, c, d);
        a.host.execute(() -> a.verdicts.leave(view(2, b, c, d)));
        install(2, b, c, d);
        a.tellOf(d);
        a.tellOf(c);
        a.host.execute(() -> a.verdicts.revoke(c.ref.peer()));
        install(3, a, b, c);
        network.run(3_000);

        assertThat(List.of(b.heard, c.heard)).containsOnly(List.of());
    }
}
