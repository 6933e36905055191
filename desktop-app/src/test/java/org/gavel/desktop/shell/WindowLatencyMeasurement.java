package org.gavel.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.testing.Crowd;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.desktop.testing.ThreadTimes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No test of the build: measures how long a change in the cluster takes from its arrival to the screen (docs/BENCHMARKS.md). Run by
 * {@code mvn -pl desktop-app -am test -Dtest=WindowLatencyMeasurement -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class WindowLatencyMeasurement {
    private static final int CHANGES = 200;
    private static final int WARM_CHANGES = 150;
    private static final long STEP_MS = 20;
    /** Not in step with the pump's 50 ms. */
    private static final long PAUSE_MS = 137;
    private static final int WATCHED = 5;
    /** Of so many it is said what they waited for. */
    private static final int LONGEST = 8;

    /** How long it took, and what was done meanwhile. */
    private record Took(long ns, String doing) { }

    /** The moment at which the awaited change was seen. */
    private final BlockingQueue<Long> seenAtNs = new ArrayBlockingQueue<>(1);
    private volatile String awaited = "";
    private volatile boolean done;

    @ParameterizedTest
    @CsvSource({"6, 5", "100, 500"})
    void measure(int nodes, int eventsPerS) throws InterruptedException, IOException {
        FakeFeed feed = FakeFeed.ringOf(nodes);
        Crowd crowd = new Crowd(feed, nodes, eventsPerS);
        crowd.mute(WATCHED);
        done = false;
        List<Long> tookNs = new ArrayList<>();
        List<Took> all = new ArrayList<>();
        try (TestWindow window = TestWindow.open(feed, TestWindow.preferences().withReducedMotion(false), 1_600, 1_000)) {
            TestWindow.await("all nodes", () -> window.window().view().get().nodes().size() == nodes);
            ThreadTimes times = new ThreadTimes();
            Node figure = window.find(Ids.Cluster.node(Statuses.uid(WATCHED)), Node.class);
            TestWindow.run(() -> new Watch(figure).start());
            Thread driver = new Thread(() -> drive(crowd), "crowd");
            driver.start();
            for (int change = 0; change < WARM_CHANGES + CHANGES; change++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
                awaited = "probe-" + change;
                List<Long> before = times.now();
                long arrivedNs = System.nanoTime();
                feed.say(Statuses.of(WATCHED, nodes, "follower", awaited, null));
                long took = seenAtNs.take() - arrivedNs;
                if (change >= WARM_CHANGES) {
                    tookNs.add(took);
                    all.add(new Took(took, times.between(before, times.now())));
                }
            }
            done = true;
            driver.join();
        }
        Collections.sort(tookNs);
        System.out.printf(Locale.ROOT, "%d nodes, %d events/s: a change is on the screen after %.0f ms (median), %.0f ms (p95), %.0f ms (p99), %.0f ms (longest of %d)%n",
            nodes, eventsPerS, tookNs.get(CHANGES / 2) / 1e6, tookNs.get(CHANGES * 95 / 100) / 1e6, tookNs.get(CHANGES * 99 / 100) / 1e6,
            tookNs.get(CHANGES - 1) / 1e6, CHANGES);
        all.sort(Comparator.comparingLong(Took::ns).reversed());
        all.subList(0, LONGEST).forEach(took -> System.out.printf(Locale.ROOT, "  %.0f ms: %s%n", took.ns / 1e6, took.doing));
        assertThat(tookNs).hasSize(CHANGES);
    }

    private void drive(Crowd crowd) {
        long nextNs = System.nanoTime();
        while (!done) {
            crowd.pass(STEP_MS);
            nextNs += TimeUnit.MILLISECONDS.toNanos(STEP_MS);
            LockSupport.parkNanos(nextNs - System.nanoTime());
        }
    }

    /**
     * Looks at every pulse. What a pulse lays out is rendered before the one after it may hand over its own picture, so that at the second
     * pulse after the change it is on the screen for certain: the figure is an upper bound.
     */
    private final class Watch extends AnimationTimer {
        private final Node figure;
        private String seen = "";
        private int pulsesSince = -1;

        private Watch(Node figure) {
            this.figure = figure;
        }

        @Override
        public void handle(long pulseNs) {
            String now = awaited;
            if (!now.equals(seen) && figure.getAccessibleText().contains(now)) {
                seen = now;
                pulsesSince = 0;
            } else if (pulsesSince >= 0 && ++pulsesSince == 2) {
                pulsesSince = -1;
                seenAtNs.add(System.nanoTime());
            }
        }
    }
}
