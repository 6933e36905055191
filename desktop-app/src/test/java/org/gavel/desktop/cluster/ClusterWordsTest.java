package org.gavel.desktop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.gavel.desktop.feed.FeedMode;
import org.gavel.desktop.model.ClusterModel;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.protocol.monitor.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the Cluster screen says and allows, without a toolkit. */
class ClusterWordsTest {
    private final FakeFeed feed = FakeFeed.ringOf(6);
    private final ClusterModel model = new ClusterModel();

    private NodeView node(int i) {
        return model.absorb(feed.take()).node(Statuses.uid(i)).orElseThrow();
    }

    private Optional<String> whyNot(NodeAction action, int i, boolean readOnly) {
        return action.whyNot(node(i), feed, FeedMode.LIVE, readOnly);
    }

    @ParameterizedTest
    @EnumSource(value = NodeAction.class, names = {"KILL", "PAUSE", "ISOLATE"})
    void shouldSayThatANodeWithoutAllowFaultsObeysNone(NodeAction action) {
        assertThat(whyNot(action, 2, false)).isEmpty();
        feed.say(Statuses.allowingFaults(Statuses.member(2, 6), false));
        assertThat(whyNot(action, 2, false)).hasValueSatisfying(why -> assertThat(why).contains("without --allow-faults"));
    }

    @ParameterizedTest
    @EnumSource(value = NodeAction.class, names = {"KILL", "PAUSE", "ISOLATE", "RESTART", "FORGET"})
    void shouldAllowNothingInAReadOnlyWindow(NodeAction action) {
        assertThat(whyNot(action, 2, true)).hasValueSatisfying(why -> assertThat(why).contains("--read-only"));
    }

    @Test
    void shouldForgetOnlyTheDeadAndKillOnlyTheLiving() {
        assertThat(whyNot(NodeAction.FORGET, 3, false)).isPresent();
        feed.lose(Statuses.member(3, 6), "its port is gone");
        assertThat(whyNot(NodeAction.FORGET, 3, false)).isEmpty();
        assertThat(whyNot(NodeAction.KILL, 3, false)).isPresent();
    }

    @Test
    void shouldNameNodeAndRoleBeforeAKill() {
        feed.say(Statuses.of(2, 6, "active", "lamp-3", null));
        assertThat(NodeAction.KILL.question(node(2))).isEqualTo("Kill amber (active of lamp-3)?");
        assertThat(NodeAction.KILL.consequence(node(2))).contains("successor will be elected");
    }

    @Test
    void shouldSayDownForADeadNodeAndLastSeenForALateOne() {
        node(2);
        feed.lose(Statuses.member(2, 6), "its port is gone");
        feed.pass(5_000);
        assertThat(NodeWords.under(node(2))).isEqualTo("was idle\ndown 5.0 s");
        assertThat(NodeWords.under(node(3))).isEqualTo("idle\nlast seen 5.0 s");
    }

    @Test
    void shouldLookGreyWhenTheFeedIsLost() {
        assertThat(NodeLook.of(node(1), true)).isEqualTo(NodeLook.STALE);
        assertThat(NodeLook.of(node(1), true).beats()).isFalse();
        assertThat(NodeLook.of(node(0), false)).isEqualTo(NodeLook.MANAGER);
    }

    @ParameterizedTest
    @EnumSource(InspectorTab.class)
    void shouldFillEveryTabWithValuesThatHaveAMeaning(InspectorTab tab) {
        ClusterView view = model.absorb(feed.take());
        List<InspectorRow> rows = InspectorModel.rows(tab, view.nodes().get(0), view);
        assertThat(rows).isNotEmpty().allMatch(row -> row.meaning().endsWith(".") && !row.value().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(InspectorTab.class)
    void shouldReadTheStatusOfAnOlderNodeWithoutDetails(InspectorTab tab) {
        NodeStatus s = Statuses.member(1, 6);
        feed.say(new NodeStatus(s.uid(), s.name(), s.address(), s.incarnation(), s.phase(), s.role(), "", s.view(), 1, s.inm(), false, null, null, null,
            "IDLE", null, null, null, 0, 0, 0, null));
        ClusterView view = model.absorb(feed.take());
        assertThat(InspectorModel.rows(tab, view.node(Statuses.uid(1)).orElseThrow(), view)).isNotEmpty();
    }

    @Test
    void shouldSayWhatABoundNodeWaitsForAndTheWayOut() {
        NodeStatus s = Statuses.of(1, 6, "follower", "lamp-3", null);
        feed.say(new NodeStatus(s.uid(), s.name(), s.address(), s.incarnation(), "bound", s.role(), s.auctionId(), s.view(), 1, s.inm(), false, null, null, null,
            "IDLE", null, null, null, 0, 0, 0, null));
        assertThat(NodeWords.under(node(1))).isEqualTo("bound");
        assertThat(InspectorModel.rows(InspectorTab.DISCOVERY, node(1), model.absorb(feed.take()))).anySatisfy(row ->
            assertThat(row.meaning()).contains("waits for that auction's ring", "start it again"));
    }

    @Test
    void shouldSpanTheShortestArcThatMeetsAllMembers() {
        CircleSpan overTheTop = new CircleSpan(List.of(0, 1, 7), 8);
        assertThat(overTheTop.start()).isEqualTo(7);
        assertThat(overTheTop.length()).isEqualTo(2);
        assertThat(new CircleSpan(List.of(3), 8).length()).isZero();
    }
}
