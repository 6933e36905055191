package org.gavel.desktop.charts;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.GroupView;
import org.gavel.desktop.model.NodeView;

/** Four figures, a point a second by the feed's clock. Knows no control. */
final class ChartsModel {
    static final long PERIOD_MS = 1_000;
    private static final double MICROS_PER_MS = 1_000;
    private static final double MS_PER_S = 1_000;

    private record Counter(long incarnation, long value) { }

    private final TimeSeries bids = new TimeSeries();
    private final TimeSeries roundTrip = new TimeSeries();
    private final TimeSeries resends = new TimeSeries();
    private final TimeSeries heartbeatAge = new TimeSeries();
    private final Map<String, Long> bidsBefore = new HashMap<>();
    private final Map<String, Counter> resentBefore = new HashMap<>();
    private long atMs = Long.MIN_VALUE;
    private boolean silent;

    /** @return true if there is something to draw: a second has passed */
    boolean tick(ClusterView view) {
        if (atMs != Long.MIN_VALUE && view.nowMs() - atMs < PERIOD_MS || view.nodes().isEmpty()) {
            return false;
        }
        double seconds = atMs == Long.MIN_VALUE ? 1 : (view.nowMs() - atMs) / MS_PER_S;
        atMs = view.nowMs();
        silent = view.alive() == 0;
        if (silent) {
            // Nobody says anything: no figure is a figure of 0. What came meanwhile is not told as the work of one second afterwards.
            bidsBefore.clear();
            resentBefore.clear();
            return true;
        }
        bids.add(atMs, newBids(view) / seconds);
        resends.add(atMs, newResends(view) / seconds);
        long[] roundTrips = view.nodes().stream().filter(node -> node.health().isLiving() && node.status().details() != null && node.status().details().link() != null)
            .mapToLong(node -> node.status().details().link().successorRoundTripMicros()).filter(micros -> micros > 0).sorted().toArray();
        if (roundTrips.length > 0) {
            roundTrip.add(atMs, roundTrips[roundTrips.length / 2] / MICROS_PER_MS);
        }
        heartbeatAge.add(atMs, view.nodes().stream().filter(node -> node.health().isLiving()).mapToLong(NodeView::seenMsAgo).max().orElse(0) / MS_PER_S);
        return true;
    }

    private long newBids(ClusterView view) {
        long sum = 0;
        Set<String> there = new LinkedHashSet<>();
        for (GroupView group : view.groups()) {
            there.add(group.auctionId());
            if (group.priceCents() < 0) {
                // Its nodes are heard before anybody has told its bids.
                continue;
            }
            Long before = bidsBefore.get(group.auctionId());
            sum += before == null ? 0 : Math.max(0, group.bids() - before);
            // A new INM tells 0 until the active has reported to it.
            bidsBefore.merge(group.auctionId(), group.bids(), Math::max);
        }
        bidsBefore.keySet().retainAll(there);
        return sum;
    }

    private long newResends(ClusterView view) {
        long sum = 0;
        Set<String> there = new LinkedHashSet<>();
        for (NodeView node : view.nodes()) {
            String uid = node.status().uid();
            there.add(uid);
            Counter now = new Counter(node.status().incarnation(), node.status().datagramsResent());
            Counter before = resentBefore.put(uid, now);
            // A node that started anew counts from 0 again.
            sum += before == null || before.incarnation != now.incarnation ? 0 : Math.max(0, now.value - before.value);
        }
        resentBefore.keySet().retainAll(there);
        return sum;
    }

    void clear() {
        bids.clear();
        roundTrip.clear();
        resends.clear();
        heartbeatAge.clear();
        bidsBefore.clear();
        resentBefore.clear();
        atMs = Long.MIN_VALUE;
        silent = false;
    }

    /** Nobody is heard: there is no present figure. */
    boolean isSilent() {
        return silent;
    }

    long atMs() {
        return atMs;
    }

    /** Accepted bids a second, all auctions together. */
    TimeSeries bids() {
        return bids;
    }

    /** Median of the smoothed round trips between neighbours of the ring, ms. One that was measured while a machine was busy stays until the two speak again. */
    TimeSeries roundTrip() {
        return roundTrip;
    }

    /** Datagrams sent again, a second, all nodes together. */
    TimeSeries resends() {
        return resends;
    }

    /** Age of the oldest last word among living nodes, s. */
    TimeSeries heartbeatAge() {
        return heartbeatAge;
    }
}
