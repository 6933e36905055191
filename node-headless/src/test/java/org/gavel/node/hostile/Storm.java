package org.gavel.node.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.node.replication.InvariantViolation;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.WorldSettings;
import org.gavel.protocol.host.simulation.SimulatedHost;

/** One rain on one cluster with one auction after the other. */
final class Storm {
    /** Datagrams at one instant. */
    private static final int DROPS = 10;
    /** Memory is measured so often, and may grow by so much from the first to the last. */
    private static final int MEASUREMENTS = 8;
    private static final long GROWTH_BYTES_MAX = 24L << 20;
    private static final long BID_EVERY_MS = 100;
    private static final int TRACES = Integer.getInteger("gavel.hostile.traces", 0);

    /** Whoever forges all words soon has everybody at odds: then nothing new is met, so a fresh cluster takes the old one's place. */
    private static final long FORGED_ON_ONE_CLUSTER = 20_000;

    private final Rain.Source source;
    private final long seed;
    private final Traffic traffic;
    private final List<Long> heapBytes = new ArrayList<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private Auctioning house;
    private Rain rain;
    private long fallen;
    private long simulatedMs;
    private int accepted;

    Storm(Rain.Source source, long seed) {
        this.source = source;
        this.seed = seed;
        traffic = Traffic.record(seed + 1);
    }

    /** Lets so many fall, and judges. */
    void run(long datagrams) {
        long nextMeasurement = 0;
        for (int cluster = 0; fallen < datagrams; cluster++) {
            becomeFresh(seed + 2 + cluster);
            long here = source == Rain.Source.FORGERS ? Math.min(datagrams, fallen + FORGED_ON_ONE_CLUSTER) : datagrams;
            while (fallen < here) {
                fall(here);
                if (fallen >= nextMeasurement) {
                    heapBytes.add(heapAfterCollection());
                    nextMeasurement += Math.max(1, datagrams / MEASUREMENTS);
                }
            }
            if (source != Rain.Source.FORGERS) {
                house.settleAndJudge(source == Rain.Source.DAMAGE);
                assertThat(house.acceptedCount()).as("accepted bids").isPositive();
            }
            accepted += house.acceptedCount();
        }
        heapBytes.add(heapAfterCollection());
        assertThat(heapBytes.get(heapBytes.size() - 1) - heapBytes.get(1)).as("growth of the heap, which was " + heapBytes).isLessThan(GROWTH_BYTES_MAX);
    }

    private void becomeFresh(long clusterSeed) {
        house = new Auctioning(clusterSeed, WorldSettings.DEFAULTS.withRecentEvents(TRACES));
        house.world.network().onFailure(this::onFailure);
        rain = new Rain(house.world, traffic, source, clusterSeed);
        house.startAuction();
    }

    private void fall(long until) {
        if (source != Rain.Source.FORGERS && house.isOver()) {
            house.startAuction();
        }
        fallen += rain.fall((int) Math.min(DROPS, until - fallen), house.auctionId());
        house.world.run(1);
        if (++simulatedMs % BID_EVERY_MS == 0) {
            house.bid((int) (simulatedMs / BID_EVERY_MS));
            restartTheEnded();
        }
    }

    /** What a node's process does: it ends with its reason. The only one is a broken invariant, which takes a forged member. */
    private void onFailure(SimulatedHost host, RuntimeException failure) {
        if (source != Rain.Source.FORGERS || !(failure instanceof InvariantViolation)) {
            failure.addSuppressed(new IllegalStateException("on " + host + " " + house.describe()));
            throw failure;
        }
        refusals.merge(((InvariantViolation) failure).invariant(), 1, Integer::sum);
        host.crash();
    }

    private void restartTheEnded() {
        for (SimulatedNode node : house.world.nodes()) {
            if (!node.isAlive()) {
                house.world.restart(node, false, false);
            }
        }
    }

    private static long heapAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** For people: what fell, on what, and what came of it. */
    String report() {
        return source + ": " + fallen + " datagrams in " + simulatedMs / 1_000 + " simulated s; heap after collection, MB: "
            + heapBytes.stream().map(b -> String.format(Locale.ROOT, "%.1f", b / 1048576.0)).toList() + "; " + accepted + " bids accepted"
            + (refusals.isEmpty() ? "" : "; nodes ended by a broken invariant: " + refusals);
    }
}
