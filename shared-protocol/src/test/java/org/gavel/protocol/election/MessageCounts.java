package org.gavel.protocol.election;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/** How many tokens the production election sends on the simulated host, all members starting at once (Chang and Roberts 1979; protocol.md section 6). */
final class MessageCounts {
    /** @param stdDev of one arrangement, over the sample */
    record Row(int n, long best, double average, double stdDev, long worst, int samples) {
        double expectedAverage() {
            return n * harmonic(n);
        }
    }

    /** One run. */
    record Run(long tokens, long announcements, long others, Uid winner) { }

    private static final class Member implements LinkListener, ElectionListener {
        private final LinkLayer links;
        private final LcrElection election;
        private boolean nominated;

        Member(SimulatedHost host, NodeRef self) {
            links = new LinkLayer(host, self, "gavel", this);
            election = new LcrElection(Links.RING_GROUP, self, host, links, this, ElectionSettings.DEFAULT);
            host.start(links);
        }

        @Override
        public void onMessage(PeerId from, Address address, long group, Message message) {
            election.onMessage(from, message);
        }

        @Override
        public void onNominated(long epoch) {
            nominated = true;
        }

        @Override
        public void onElected(long epoch, Uid leader) { }

        @Override
        public void onNoResult(long epoch) { }

        @Override
        public void onUnacknowledged(PeerId peer) { }

        @Override
        public void onCrashHint(PeerId peer) { }

        @Override
        public void onUndelivered(NodeRef peer, long number, Message message) { }

        @Override
        public void onRoom(NodeRef peer) { }
    }

    private MessageCounts() { }

    /** All members of a ring start in the same instant; every datagram takes 200 microseconds. */
    static Run electOn(long[] uidsInRingOrder) {
        SimulatedNetwork network = new SimulatedNetwork(1);
        network.faults(Faults.NONE.withDelayNs(200_000, 200_000));
        List<NodeRef> ring = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        List<SimulatedHost> hosts = new ArrayList<>();
        for (long uid : uidsInRingOrder) {
            SimulatedHost host = network.newHost("n" + uid);
            NodeRef ref = new NodeRef(new Uid(uid), 1, host.address(), host.name(), host.process());
            hosts.add(host);
            ring.add(ref);
            members.add(new Member(host, ref));
        }
        var candidates = ring.stream().map(NodeRef::uid).collect(Collectors.toCollection(TreeSet::new));
        for (int i = 0; i < members.size(); i++) {
            LcrElection election = members.get(i).election;
            hosts.get(i).execute(() -> {
                election.installRing(RingNode.VIEW, ring, candidates);
                election.start(1, "count");
            });
        }
        network.run(200);
        Uid winner = Uid.NOBODY;
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).nominated) {
                winner = winner.isNobody() ? ring.get(i).uid() : null;
            }
        }
        List<ElectionCounters> counters = members.stream().map(m -> m.election.counters()).toList();
        return new Run(counters.stream().mapToLong(ElectionCounters::tokensSent).sum(), counters.stream().mapToLong(ElectionCounters::electedSent).sum(),
                counters.stream().mapToLong(c -> c.resends() + c.repairs() + c.dropped()).sum(), winner);
    }

    /** Best and worst arrangement, and so many random ones. */
    static Row measure(int n, int samples, Random random) {
        long[] ascending = LongStream.rangeClosed(1, n).toArray();
        long[] descending = LongStream.rangeClosed(1, n).map(i -> n + 1 - i).toArray();
        List<Long> uids = new ArrayList<>(LongStream.rangeClosed(1, n).boxed().toList());
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < samples; i++) {
            Collections.shuffle(uids, random);
            double tokens = electOn(uids.stream().mapToLong(Long::longValue).toArray()).tokens();
            sum += tokens;
            squares += tokens * tokens;
        }
        double mean = samples == 0 ? Double.NaN : sum / samples;
        double variance = samples < 2 ? Double.NaN : (squares - samples * mean * mean) / (samples - 1);
        return new Row(n, electOn(ascending).tokens(), mean, Math.sqrt(variance), electOn(descending).tokens(), samples);
    }

    static double harmonic(int n) {
        return LongStream.rangeClosed(1, n).mapToDouble(i -> 1.0 / i).sum();
    }

    /** The table of docs/MODEL-CHECKING.md. */
    static String table(int samples) {
        StringBuilder out = new StringBuilder("| n | best, measured | 2n-1 | average, measured | n*H_n | worst, measured | n(n+1)/2 |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        Random random = new Random(42);
        for (int n = 2; n <= 64; n += n < 16 ? 1 : n < 32 ? 4 : 8) {
            Row row = measure(n, samples, random);
            out.append(String.format(Locale.ROOT, "| %d | %d | %d | %.2f ± %.2f | %.2f | %d | %d |%n", n, row.best(), 2 * n - 1, row.average(),
                    2 * row.stdDev() / Math.sqrt(samples), row.expectedAverage(), row.worst(), n * (n + 1) / 2));
        }
        return out.toString();
    }
}
