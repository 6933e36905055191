package org.gavel.desktop.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;

class ClusterModelTest {
    private static final int RING = 6;

    private final FakeFeed feed = FakeFeed.ringOf(RING);
    private final ClusterModel model = new ClusterModel();

    private ClusterView view() {
        return model.absorb(feed.take());
    }

    private NodeView node(int i) {
        return view().node(Statuses.uid(i)).orElseThrow();
    }

    private void allSpeak() {
        for (int i = 0; i < RING; i++) {
            feed.say(Statuses.member(i, RING));
        }
    }

    @Test
    void shouldFindTheRingsOrderFromTheSuccessorsAndBeginWithTheManager() {
        assertThat(view().nodes()).extracting(NodeView::name).containsExactly("birch", "cedar", "amber", "delta", "ember", "fjord");
    }

    @Test
    void shouldLeaveNothingUnderWayThatAJumpInTimePassesOver() {
        view();
        feed.happen(new TraceEvent(1, Statuses.uid(1), "election", "token-sent", 1, Statuses.uid(1), "sent", Statuses.uid(2), 7));
        view();
        feed.pass(TokenTheatre.SETTLE_MS);
        assertThat(view().tokens()).as("on its way").hasSize(1);
        feed.happen(new TraceEvent(2, Statuses.uid(2), "election", "token-sent", 1, Statuses.uid(1), "sent", Statuses.uid(3), 8));
        assertThat(node(1).electing()).isTrue();
        feed.pass(ClusterModel.JUMP_MS + 1);
        allSpeak();
        ClusterView after = view();
        assertThat(after.tokens()).isEmpty();
        assertThat(after.nodes()).noneMatch(NodeView::electing);
    }

    @Test
    void shouldKeepADeadNodesPlaceAndLastValues() {
        view();
        NodeStatus active = Statuses.of(2, RING, "active", "lamp-3", null);
        feed.say(active);
        feed.lose(active, "its port is gone");
        feed.pass(1_200);
        ClusterView view = view();
        assertThat(view.nodes()).extracting(NodeView::name).containsExactly("birch", "cedar", "amber", "delta", "ember", "fjord");
        NodeView dead = view.nodes().get(2);
        assertThat(dead.health()).isEqualTo(Health.DEAD);
        assertThat(dead.duty()).isEqualTo("active of lamp-3");
        assertThat(dead.downMs()).isEqualTo(1_200);
        assertThat(view.alive()).isEqualTo(5);
    }

    @Test
    void shouldShowNobodyAliveWhoMissedTwoBeats() {
        feed.pass(3_900);
        assertThat(node(1).health()).isEqualTo(Health.ALIVE);
        feed.pass(600);
        for (int i = 0; i < RING; i++) {
            if (i != 1) {
                feed.say(Statuses.member(i, RING));
            }
        }
        assertThat(node(1).health()).isEqualTo(Health.LATE);
        assertThat(node(1).seenMsAgo()).isEqualTo(4_500);
        feed.say(Statuses.member(1, RING));
        assertThat(node(1).health()).isEqualTo(Health.ALIVE);
    }

    @Test
    void shouldShowASuspectedNodeAsLongAsALivingOneSuspectsIt() {
        feed.say(Statuses.with(Statuses.member(0, RING), "inm", Statuses.uid(0).toString(), List.of(Statuses.uid(3).toString()), false));
        assertThat(node(3).health()).isEqualTo(Health.SUSPECTED);
        feed.say(Statuses.member(0, RING));
        assertThat(node(3).health()).isEqualTo(Health.ALIVE);
    }

    @Test
    void shouldGreyEverythingWhenTheWholeClusterIsLostAndComeBack() {
        assertThat(view().connection()).isEqualTo(ClusterView.Connection.HEARD);
        feed.pass(5_000);
        assertThat(view().isStale()).isTrue();
        for (int i = 0; i < RING; i++) {
            feed.lose(Statuses.member(i, RING), "not heard");
        }
        feed.pass(ClusterModel.GHOST_MS * 2);
        ClusterView lost = view();
        assertThat(lost.isStale()).isTrue();
        assertThat(lost.nodes()).hasSize(RING);
        assertThat(lost.banners()).extracting(Banner::sentence).anyMatch(sentence -> sentence.contains("No node is heard any more"));
        allSpeak();
        assertThat(view().isStale()).isFalse();
    }

    @Test
    void shouldSaySearchingBeforeAnythingWasHeard() {
        FakeFeed silent = new FakeFeed();
        ClusterView view = new ClusterModel().absorb(silent.take());
        assertThat(view.connection()).isEqualTo(ClusterView.Connection.SEARCHING);
        assertThat(view.feedAgeMs()).isEqualTo(-1);
    }

    @Test
    void shouldSayWhoNamesWhomManager() {
        assertThat(view().leaders().sentence()).isEqualTo("all name birch as INM");
        feed.say(Statuses.with(Statuses.member(4, RING), "inm", Statuses.uid(4).toString(), List.of(), false));
        feed.say(Statuses.with(Statuses.member(5, RING), "idle", Statuses.uid(4).toString(), List.of(), false));
        LeaderView split = view().leaders();
        assertThat(split.agreed()).isFalse();
        assertThat(split.sentence()).isEqualTo("birch (4) · ember (2)");
    }

    @Test
    void shouldCallADisagreementAPartitionOnlyWhenItLasts() {
        for (int i = 4; i < RING; i++) {
            feed.say(Statuses.with(Statuses.member(i, RING), "idle", "", List.of(), i == 4));
        }
        assertThat(view().sides()).isEmpty();
        feed.pass(Sides.LASTING_MS);
        ClusterView view = view();
        assertThat(view.sides()).containsExactly(List.of(Statuses.uid(0), Statuses.uid(1), Statuses.uid(2), Statuses.uid(3)),
            List.of(Statuses.uid(4), Statuses.uid(5)));
        assertThat(view.banners()).extracting(Banner::sentence)
            .containsExactly("Two sides: birch, cedar, amber, delta (with INM birch); ember, fjord (without an INM, read-only).");
        allSpeak();
        assertThat(view().sides()).isEmpty();
    }

    @Test
    void shouldForgetAGhostThatIsNoMemberAnyMoreButNotWhileNobodyIsHeard() {
        view();
        feed.lose(Statuses.member(5, RING), "said goodbye");
        feed.pass(ClusterModel.GHOST_MS + 1);
        for (int i = 0; i < 5; i++) {
            feed.say(Statuses.member(i, RING));
        }
        assertThat(view().nodes()).hasSize(5);
    }

    @Test
    void shouldAlignTheCopiesOfALogByIndex() {
        feed.say(Statuses.of(1, RING, "active", "lamp-3", log(12, 12, "1.5+", "1.6+", "1.7+", "1.8+", "1.9+", "1.10+", "1.11+", "1.12+")));
        feed.say(Statuses.of(2, RING, "follower", "lamp-3", log(11, 10, "1.4+", "1.5+", "1.6+", "1.7+", "1.8+", "1.9+", "1.10+", "1.11-")));
        List<LogCell> whole = node(1).cells();
        List<LogCell> behind = node(2).cells();
        assertThat(whole).extracting(LogCell::index).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(behind).extracting(LogCell::index).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(whole).extracting(LogCell::state).containsOnly(LogCell.State.COMMITTED);
        assertThat(behind.subList(5, 8)).extracting(LogCell::state).containsExactly(LogCell.State.COMMITTED, LogCell.State.HELD, LogCell.State.MISSING);
    }

    @Test
    void shouldCallNoEntryMissingInACopyThatHasNotSpokenSince() {
        feed.say(Statuses.of(2, RING, "follower", "lamp-3", log(11, 11, "1.10+", "1.11+")));
        feed.pass(ClusterModel.TOLD_MS + 1);
        feed.say(Statuses.of(1, RING, "active", "lamp-3", log(12, 12, "1.11+", "1.12+")));
        assertThat(node(2).cells().get(7).state()).isEqualTo(LogCell.State.UNTOLD);
        feed.say(Statuses.of(2, RING, "follower", "lamp-3", log(11, 11, "1.10+", "1.11+")));
        assertThat(node(2).cells().get(7).state()).isEqualTo(LogCell.State.MISSING);
    }

    @Test
    void shouldShowAnElectionLongEnoughToBeSeen() {
        feed.happen(new TraceEvent(1, Statuses.uid(1), "election", "started", 1, Uid.NOBODY, "election for epoch 2"));
        assertThat(node(1).electing()).isTrue();
        feed.pass(Elections.VISIBLE_MS);
        allSpeak();
        assertThat(node(1).electing()).isFalse();
    }

    @Test
    void shouldLetTheHeartbeatRunOutUntilTheNextOneIsDue() {
        assertThat(node(2).beat()).isEqualTo(1);
        feed.pass(1_500);
        assertThat(node(2).beat()).isEqualTo(0.25);
    }

    @Test
    void shouldBeginAnewAfterAReset() {
        view();
        feed.reset();
        assertThat(view().nodes()).isEmpty();
    }

    private static NodeStatus.LogStatus log(long last, long commit, String... tail) {
        return new NodeStatus.LogStatus("follower", 1, last, commit, List.of(tail), "");
    }
}
