package org.gavel.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.gavel.desktop.model.ClusterModel;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.Health;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.model.Role;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedFeedTest {
    private static final long SEED = 7;
    private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final SimulatedFeed feed = SimulatedFeed.open(SEED, 5, "mika");
    private final ClusterModel model = new ClusterModel();

    @AfterEach
    void close() {
        feed.close();
    }

    private ClusterView await(String what, Predicate<ClusterView> condition) {
        long deadline = System.nanoTime() + WAIT_NS;
        ClusterView view = model.absorb(feed.take());
        while (!condition.test(view)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("seed " + SEED + ", not seen: " + what + "; last: " + view);
            }
            LockSupport.parkNanos(1_000_000);
            view = model.absorb(feed.take());
        }
        return view;
    }

    private ClusterView settled() {
        feed.speed(SimulatedFeed.SPEED_MAX);
        return await("five agree", view -> view.alive() == 5 && view.leaders().agreed() && view.nodes().stream().allMatch(n -> n.status().phase().equals("member")));
    }

    private static NodeView manager(ClusterView view) {
        return view.nodes().stream().filter(node -> node.role() == Role.INM && node.health() == Health.ALIVE).findFirst().orElse(null);
    }

    @Test
    void shouldElectAnotherManagerWhenTheFirstIsKilledAndTakeItBackAfterItsRestart() {
        NodeView first = manager(settled());
        feed.nodes().kill(first.uid()).join();
        await("another INM, seen with its tokens", view -> manager(view) != null && !manager(view).uid().equals(first.uid()) && !view.tokens().isEmpty());
        await("the killed one is shown dead", view -> view.node(first.uid()).orElseThrow().health() == Health.DEAD);
        feed.nodes().restart(first.uid()).join();
        await("all five again", view -> view.alive() == 5);
    }

    @Test
    void shouldStandStillWhilePausedAndGoOneEventFurtherByAStep() {
        settled();
        feed.paused(true);
        await("the dial has turned", view -> feed.dials().paused());
        long still = feed.take().nowMs();
        assertThat(feed.take().nowMs()).isEqualTo(still);
        long before = feed.take().eventsTotal();
        feed.nodes().kill(manager(model.absorb(feed.take())).uid()).join();
        feed.step();
        await("one event", view -> feed.take().eventsTotal() > before);
        assertThat(feed.dials().paused()).isTrue();
    }

    @Test
    void shouldShowBothSidesOfACutAndOneRingAfterItHasHealed() {
        ClusterView view = settled();
        Uid manager = manager(view).uid();
        Set<Uid> minority = Set.of(view.nodes().stream().map(NodeView::uid).filter(uid -> !uid.equals(manager)).findFirst().orElseThrow(), manager);
        feed.cut(minority);
        await("two sides", v -> v.sides().size() == 2);
        feed.heal();
        await("one ring", v -> v.sides().isEmpty() && v.leaders().agreed() && v.alive() == 5);
    }
}
