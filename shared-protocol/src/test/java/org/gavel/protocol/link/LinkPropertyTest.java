package org.gavel.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/**
 * Random traffic between three parties through random trouble. Per direction: what arrives is in the order of sending, each at most once; what
 * does not arrive was reported undelivered; and once the trouble is over everything sent arrives and nobody is stuck.
 */
class LinkPropertyTest {
    private static final int PARTIES = 3;
    private static final int ROUNDS = 60;

    @Test
    void shouldStayFifoExactlyOnceAndLiveThroughAnyTrouble() {
        long first = SimulatedNetwork.seedOr(1);
        long last = System.getProperty("gavel.seed") == null ? 12 : first;
        for (long seed = first; seed <= last; seed++) {
            new Run(seed).check();
        }
    }

    private static final class Run {
        final SimulatedNetwork network;
        final SplittableRandom random;
        final List<Party> parties = new ArrayList<>();
        final Map<String, List<Long>> accepted = new LinkedHashMap<>();
        long next;

        Run(long seed) {
            network = new SimulatedNetwork(seed);
            network.keepTraces(0);
            random = new SplittableRandom(seed);
            for (int i = 0; i < PARTIES; i++) {
                parties.add(new Party(network.newHost("p" + i), 1 + i, 100));
            }
        }

        void check() {
            for (int round = 0; round < ROUNDS; round++) {
                trouble();
                sendSome();
                network.run(random.nextInt(60));
            }
            network.faults(Faults.NONE);
            network.heal();
            network.run(3000);
            for (Party from : parties) {
                for (Party to : parties) {
                    if (from != to) {
                        checkDirection(from, to);
                    }
                }
            }
        }

        void trouble() {
            if (random.nextInt(3) == 0) {
                network.faults(Faults.NONE.withLoss(random.nextInt(2) * random.nextInt(31)).withDuplicates(random.nextInt(2) * 20)
                        .withReordering(random.nextInt(2) * 30));
            }
            Party one = any();
            Party other = any();
            switch (random.nextInt(12)) {
                case 0 -> one.host.pause(random.nextInt(400));
                case 1 -> network.cut(one.host, other.host);
                case 2 -> network.heal();
                case 3 -> one.host.execute(() -> one.links.close(other.ref));
                case 4 -> network.clog(one.host, other.host, random.nextInt(300));
                default -> { }
            }
        }

        void sendSome() {
            for (int burst = random.nextInt(4); burst > 0; burst--) {
                Party from = any();
                Party to = any();
                int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 600 : 10);
                int size = count < 10 && random.nextInt(3) == 0 ? random.nextInt(60_000) : random.nextInt(200);
                if (from != to) {
                    from.host.execute(() -> send(from, to, count, size));
                }
            }
        }

        void send(Party from, Party to, int count, int size) {
            List<Long> sent = accepted.computeIfAbsent(from.ref + ">" + to.ref, key -> new ArrayList<>());
            for (int i = 0; i < count; i++) {
                long number = ++next;
                if (from.links.send(to.ref, 5, Party.large(number, size))) {
                    sent.add(number);
                }
            }
        }

        Party any() {
            return parties.get(random.nextInt(PARTIES));
        }

        void checkDirection(Party from, Party to) {
            String what = from.ref + " to " + to.ref + ", " + network.describe() + " mvn test -Dtest=LinkPropertyTest -Dgavel.seed=" + network.seed();
            List<Long> sent = accepted.getOrDefault(from.ref + ">" + to.ref, List.of());
            List<Long> got = to.numbersFrom(from);
            Set<Long> lost = new HashSet<>();
            from.undelivered.forEach(m -> lost.add(((Message.Submit) m).sequence()));
            assertThat(got).as("in order, once: " + what).isSorted().doesNotHaveDuplicates();
            assertThat(sent).as(what).containsAll(got);
            List<Long> missing = new ArrayList<>(sent);
            missing.removeAll(new HashSet<>(got));
            missing.removeAll(lost);
            assertThat(missing).as("neither delivered nor reported: " + what).isEmpty();
            assertThat(from.links.room(to.ref)).as("window free again: " + what).isEqualTo(1024);
        }
    }
}
