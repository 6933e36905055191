package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.wire.Acceptor;

/** Five nodes, of which 1, 2 and 3 are the acceptors (or all five), and who of them hears whom. */
abstract class ScenarioLab {
    static final GroupSettings ONE_ENTRY_AN_APPEND = new GroupSettings(1_000, 20, 2_000, 500, 256, 1, 192 << 10, 64 << 10, 64 << 20, 10_000,
            16 << 10, 16_384, 16_384, 256 << 10, 10_000, 1_024);
    static final long X = 901;
    static final long Y = 902;

    TestCluster c;

    final void five(long seed) {
        c = TestCluster.of(seed, ONE_ENTRY_AN_APPEND, 5, 1, 2, 3, 4, 5);
    }

    /** Nodes 1..5, of which 1, 2 and 3 are the acceptors. */
    final void threeOfFive(long seed) {
        c = TestCluster.of(seed, ONE_ENTRY_AN_APPEND, 5, 1, 2, 3);
    }

    final TestNode n(int uid) {
        return c.node(uid);
    }

    final void only(TestNode... together) {
        c.wires.only(c.nodes, together);
        // Appends that were dropped with the links are asked for again.
        for (TestNode a : together) {
            for (TestNode b : together) {
                if (a != b && a.alive()) {
                    a.run(() -> a.group.peerUp(b.ref));
                }
            }
        }
    }

    final void serve(int uid, long epoch) {
        assertThat(c.takeOver(n(uid), epoch)).as("%s serves %s: %s", n(uid), epoch, n(uid).events).isTrue();
    }

    final void configure(int leader, int... acceptors) {
        List<Acceptor> list = new ArrayList<>();
        for (int uid : acceptors) {
            list.add(c.acceptor(n(uid)));
        }
        n(leader).run(() -> assertThat(n(leader).group.reconfigure(list, "{}")).isTrue());
    }
}
