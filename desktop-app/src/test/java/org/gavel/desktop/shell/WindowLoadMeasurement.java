package org.gavel.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javafx.animation.AnimationTimer;
import org.gavel.desktop.testing.Crowd;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.TestWindow;
import org.junit.jupiter.api.Test;

/**
 * No test of the build: measures a ring of 100 nodes and 500 events a second in software rendering (docs/BENCHMARKS.md). Run by
 * {@code mvn -pl desktop-app -am test -Dtest=WindowLoadMeasurement -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class WindowLoadMeasurement {
    private static final int NODES = 100;
    private static final int EVENTS_PER_S = 500;
    private static final long WARM_MS = 5_000;
    private static final long MEASURED_MS = 20_000;
    private static final long STEP_MS = 20;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Long> frameGapsNs = Collections.synchronizedList(new ArrayList<>());

    @Test
    void measure() {
        FakeFeed feed = FakeFeed.ringOf(NODES);
        Crowd crowd = new Crowd(feed, NODES, EVENTS_PER_S);
        try (TestWindow window = TestWindow.open(feed, TestWindow.preferences().withReducedMotion(false), 1_600, 1_000)) {
            TestWindow.await("all nodes", () -> window.window().view().get().nodes().size() == NODES);
            TestWindow.run(this::countFrames);
            drive(crowd, WARM_MS);
            frameGapsNs.clear();
            long fxBefore = cpuNs("JavaFX Application Thread");
            long renderBefore = cpuNs("QuantumRenderer");
            long pumpBefore = cpuNs("pump");
            drive(crowd, MEASURED_MS);
            report(cpuNs("JavaFX Application Thread") - fxBefore, cpuNs("QuantumRenderer") - renderBefore, cpuNs("pump") - pumpBefore);
            assertThat(frameGapsNs).isNotEmpty();
        }
    }

    private void countFrames() {
        new AnimationTimer() {
            private long beforeNs;

            @Override
            public void handle(long nowNs) {
                if (beforeNs != 0) {
                    frameGapsNs.add(nowNs - beforeNs);
                }
                beforeNs = nowNs;
            }
        }.start();
    }

    /** In real time. */
    private static void drive(Crowd crowd, long forMs) {
        long startNs = System.nanoTime();
        for (long doneMs = STEP_MS; doneMs <= forMs; doneMs += STEP_MS) {
            crowd.pass(STEP_MS);
            LockSupport.parkNanos(startNs + TimeUnit.MILLISECONDS.toNanos(doneMs) - System.nanoTime());
        }
    }

    private long cpuNs(String thread) {
        long sum = 0;
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith(thread)) {
                sum += threads.getThreadCpuTime(info.getThreadId());
            }
        }
        return sum;
    }

    private void report(long fxNs, long renderNs, long pumpNs) {
        List<Long> gaps = new ArrayList<>(frameGapsNs);
        Collections.sort(gaps);
        double seconds = MEASURED_MS / 1_000.0;
        System.out.printf(Locale.ROOT, "frames/s %.1f, longest frame %.0f ms, p99 %.0f ms; FX thread %.0f %% of a core, renderer %.0f %%, pump %.0f %%; heap %d MB%n",
            gaps.size() / seconds, gaps.get(gaps.size() - 1) / 1e6, gaps.get(gaps.size() * 99 / 100) / 1e6, fxNs / seconds / 1e7, renderNs / seconds / 1e7,
            pumpNs / seconds / 1e7, (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
}
