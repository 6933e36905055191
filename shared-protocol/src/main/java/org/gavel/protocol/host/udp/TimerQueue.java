package org.gavel.protocol.host.udp;

import java.util.function.Consumer;
import org.gavel.protocol.host.DeadlineHeap;
import org.gavel.protocol.host.Host.Cancellable;

/** The timers of the real host, by deadline; those of one deadline in the order in which they were set. Never early. */
final class TimerQueue {
    private final class Timer extends DeadlineHeap.Entry implements Cancellable {
        private final Runnable task;

        private Timer(Runnable task) {
            this.task = task;
        }

        @Override
        public void cancel() {
            heap.remove(this);
        }
    }

    private final DeadlineHeap<Timer> heap = new DeadlineHeap<>();
    private long latenessMs;

    Cancellable add(Runnable task, long deadlineNs) {
        Timer timer = new Timer(task);
        heap.add(timer, deadlineNs);
        return timer;
    }

    /** Rounded up, so that a timer is never early; 0: due now; Long.MAX_VALUE: there is none. */
    long untilFirstMs(long nowNs) {
        Timer first = heap.peek();
        if (first == null) {
            return Long.MAX_VALUE;
        }
        long leftNs = first.deadlineNs() - nowNs;
        return leftNs <= 0 ? 0 : (leftNs + 999_999) / 1_000_000;
    }

    /** Runs what is due now. What these set for this very instant waits for the next pass. */
    void run(long nowNs, Consumer<Runnable> runner) {
        long limit = heap.nextOrder();
        for (Timer timer = heap.peek(); timer != null && timer.deadlineNs() <= nowNs && timer.order() < limit; timer = heap.peek()) {
            heap.poll();
            latenessMs = (nowNs - timer.deadlineNs()) / 1_000_000;
            runner.accept(timer.task);
        }
    }

    /** Of the timer that ran last, or runs. */
    long latenessMs() {
        return latenessMs;
    }
}
