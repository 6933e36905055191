package org.gavel.protocol.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageCodec;
import org.junit.jupiter.api.Test;

/** Messages of long ago: of before one came, of stays that are over and forgotten. */
class LongAwayTest {
    private final SimulatedNetwork network = new SimulatedNetwork(SimulatedNetwork.seedOr(1));
    private final Member a = new Member(network.newHost("a"), 0xA);
    private final Member b = new Member(network.newHost("b"), 0xB);
    private final Member c = new Member(network.newHost("c"), 0xC);
    private final Member d = new Member(network.newHost("d"), 0xD);

    /**
     * c came late, and holds the fourth and fifth of a's messages for others like itself; the ninth tells it that all who were there have the first eight. Were it to pass the fourth on
     * with 'all have three', d would wait for the sixth for ever.
     */
    @Test
    void shouldDropWhatItHeldForOthersOnceAllAreKnownToHaveIt() {
        List<Member> four = List.of(a, b, c, d);
        c.install(5, four);
        d.install(5, four);
        tellC(4, 4, 3);
        tellC(5, 4, 3);
        tellC(9, 5, 8);
        network.run(5);
        assertThat(c.gotFrom(a)).containsExactly(9L);

        a.host.crash();
        b.host.crash();
        List<Member> rest = List.of(c, d);
        rest.forEach(m -> m.install(6, rest));
        network.run(10_000);

        assertThat(d.gotFrom(a)).as("as c did").containsExactly(9L);
        assertThat(c.multicast.unstable() + d.multicast.unstable()).isZero();
        assertSilent();
    }

    /** One of a's, who came with the first view, by way of b. */
    private void tellC(long number, long view, long stableUpTo) {
        byte[] bytes = new MessageCodec().encode(Links.RING_GROUP, new Message.DeliveredUpTo(number));
        long before = OriginLog.before(1);
        c.host.execute(() -> c.multicast.onMessage(b.ref.peer(),
            new Message.Multicast(a.ref.peer(), new ViewId(77, 1, view), before + number, before + stableUpTo, bytes)));
    }

    /** a and b cannot reach each other; c, put out and taken in again and again, reaches both. What they keep of its first stay arrives when that is long forgotten. */
    @Test
    void shouldNotDeliverAgainWhatItHasForgotten() {
        List<Member> all = List.of(a, b, c);
        List<Member> two = List.of(a, b);
        all.forEach(m -> m.install(1, all));
        network.run(10);
        network.cut(a.host, b.host);
        network.cut(b.host, a.host);
        long view = 1;
        for (int stay = 1; stay <= 7; stay++) {
            c.say();
            network.run(1_000);
            long without = ++view;
            two.forEach(m -> m.install(without, two));
            network.run(10);
            c.forgetAll();
            long with = ++view;
            all.forEach(m -> m.install(with, all));
            network.run(10);
        }
        network.heal();
        long before = network.counters().arrived();
        network.run(10_000);

        two.forEach(m -> assertThat(m.gotFrom(c)).as("what %s got", m.ref).isEqualTo(LongStream.rangeClosed(1, 7).boxed().toList()));
        assertThat(network.counters().arrived() - before).as("datagrams since").isLessThan(200);
        assertSilent();
    }

    private void assertSilent() {
        long before = network.counters().arrived();
        network.run(20_000);
        assertThat(network.counters().arrived()).as("no endless talk").isEqualTo(before);
    }
}
