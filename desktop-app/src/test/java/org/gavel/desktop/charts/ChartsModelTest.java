package org.gavel.desktop.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.desktop.feed.FeedFrame;
import org.gavel.desktop.feed.Market;
import org.gavel.desktop.feed.NodeReport;
import org.gavel.desktop.model.ClusterModel;
import org.gavel.desktop.testing.Statuses;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.monitor.NodeStatus;
import org.junit.jupiter.api.Test;

class ChartsModelTest {
    private static final int RING = 4;
    private final ClusterModel cluster = new ClusterModel();
    private final ChartsModel charts = new ChartsModel();
    private long nowMs = 100_000;

    /** A second later, a ring with one auction. */
    private void second(boolean heard, Market market, long... roundTripsMicros) {
        nowMs += 1_000;
        List<NodeReport> reports = new ArrayList<>();
        for (int i = 0; i < RING; i++) {
            NodeStatus s = Statuses.of(i, RING, i == 0 ? "inm" : i == 1 ? "active" : "follower", i == 0 ? "" : "lamp-1", null);
            NodeStatus.Details d = s.details();
            NodeStatus.LinkReport link = new NodeStatus.LinkReport(20, 15, 0, 3, 0, 0, 4, roundTripsMicros.length == 0 ? 210 : roundTripsMicros[i]);
            NodeStatus told = new NodeStatus(s.uid(), s.name(), s.address(), s.incarnation(), s.phase(), s.role(), s.auctionId(), s.view(), s.epoch(), s.inm(),
                s.caretaker(), s.successor(), s.predecessor(), s.suspicions(), s.election(), s.ringLog(), s.auction(), s.lastHeardMs(), s.datagramsSent(),
                s.datagramsResent(), s.sentAtMs(), new NodeStatus.Details(d.allowFaults(), d.heartbeatMs(), d.elections(), link, d.ringLog(), d.auctionLog(), d.participants(), d.suspicionWhys()));
            reports.add(new NodeReport(told, heard ? nowMs : 100_000, heard ? 0 : 100_001, heard ? "" : "its process has ended"));
        }
        charts.tick(cluster.absorb(new FeedFrame(nowMs, false, reports, List.of(), 0, 0, 0, market, "")));
    }

    private Market bids(long bids) {
        return new Market(new AuctionList(List.of(), List.of(new AuctionInfo("lamp-1", "lamp", "running", "00", List.of(), 4_000, null, bids, 60_000, null)), null), null, nowMs, "");
    }

    private static List<Double> values(TimeSeries series) {
        return series.since(Long.MIN_VALUE).stream().map(TimeSeries.Point::value).toList();
    }

    @Test
    void shouldNotTellBidsOfBeforeTheWindowCameAsTheWorkOfOneSecond() {
        second(true, Market.NONE);
        second(true, bids(27));
        second(true, bids(29));
        assertThat(values(charts.bids())).containsExactly(0.0, 0.0, 2.0);
    }

    @Test
    void shouldCountNoBidTwiceWhenANewManagerHasNotHeardOfThemYet() {
        second(true, bids(27));
        second(true, bids(0));
        second(true, bids(28));
        assertThat(values(charts.bids())).containsExactly(0.0, 0.0, 1.0);
    }

    @Test
    void shouldShowNoFigureRatherThanZeroWhileNobodyIsHeard() {
        second(true, bids(1));
        second(false, bids(1));
        assertThat(charts.isSilent()).isTrue();
        assertThat(List.of(charts.bids().size(), charts.roundTrip().size(), charts.resends().size(), charts.heartbeatAge().size())).containsOnly(1);
        second(true, bids(40));
        assertThat(charts.isSilent()).isFalse();
        assertThat(values(charts.bids())).as("nobody knows when the others came").containsExactly(0.0, 0.0);
    }

    @Test
    void shouldTakeTheMiddleOfTheRoundTripsWithoutThoseThatHaveNone() {
        second(true, Market.NONE, 0, 240_000, 900, 400);
        assertThat(values(charts.roundTrip())).containsExactly(0.9);
        second(true, Market.NONE, 0, 0, 0, 0);
        assertThat(charts.roundTrip().size()).as("none is not 0 ms").isEqualTo(1);
    }

    @Test
    void shouldKeepEightHoursInBoundedMemoryAndTheLastMinutesSecondBySecond() {
        TimeSeries series = new TimeSeries();
        for (int second = 0; second < 8 * 3_600; second++) {
            series.add(second * 1_000L, second < 1_000 ? 7 : 1);
            assertThat(series.size()).isLessThanOrEqualTo(TimeSeries.FINE_MAX + TimeSeries.COARSE_MAX);
        }
        long end = (8 * 3_600 - 1) * 1_000L;
        assertThat(series.since(end - 60_000)).hasSize(61);
        assertThat(series.since(Long.MIN_VALUE).get(0).value()).as("the oldest are still there, as means").isEqualTo(7);
        assertThat(series.since(Long.MIN_VALUE)).isSortedAccordingTo((a, b) -> Long.compare(a.atMs(), b.atMs()));
    }
}
