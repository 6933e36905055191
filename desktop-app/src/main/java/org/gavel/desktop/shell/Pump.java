package org.gavel.desktop.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.FeedFrame;
import org.gavel.desktop.model.ClusterModel;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.screen.Tick;

/**
 * The only way onto the FX thread: 20 times a second it takes the feed's newest frame, makes a picture of it on a thread of its own, and hands
 * that over together with whatever futures have completed. While the FX thread is busy with one tick no other is sent: what comes meanwhile
 * waits in the feed's bounded buffer, and what does not fit there is counted as dropped.
 */
public final class Pump implements Executor, AutoCloseable {
    public static final long PERIOD_MS = 50;
    /** Completed futures waiting for the next tick; beyond, further ones are refused. */
    public static final int TASKS_MAX = 8_192;

    private final Executor fx;
    private final Consumer<Tick> show;
    private final Consumer<Throwable> onFailure;
    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;
    private volatile ClusterFeed feed;
    private ClusterFeed modelled;
    private ClusterModel model;

    /**
     * @param fx        runs on the FX thread
     * @param show      shows a tick, there
     * @param onFailure told, there, when the pump cannot go on
     */
    public Pump(Executor fx, Consumer<Tick> show, Consumer<Throwable> onFailure) {
        this.fx = fx;
        this.show = show;
        this.onFailure = onFailure;
        thread = new Thread(this::run, "pump");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((which, failure) -> fx.execute(() -> this.onFailure.accept(failure)));
    }

    public void start() {
        thread.start();
    }

    /** From the next tick on, another feed. */
    public void feed(ClusterFeed newFeed) {
        feed = newFeed;
    }

    @Override
    public void execute(Runnable task) {
        if (!tasks.offer(task)) {
            throw new RejectedExecutionException("more than " + TASKS_MAX + " answers wait for the window");
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            beat();
            LockSupport.parkNanos(PERIOD_MS * 1_000_000);
        }
    }

    private void beat() {
        ClusterFeed now = feed;
        if (now == null || !underWay.compareAndSet(false, true)) {
            return;
        }
        boolean other = now != modelled;
        if (other) {
            modelled = now;
            model = new ClusterModel();
        }
        FeedFrame frame = now.take();
        ClusterView view = model.absorb(frame);
        Tick tick = new Tick(view, frame.events(), other || frame.reset());
        fx.execute(() -> handOver(tick));
    }

    private void handOver(Tick tick) {
        try {
            List<Runnable> ready = new ArrayList<>();
            tasks.drainTo(ready);
            ready.forEach(Runnable::run);
            show.accept(tick);
        } finally {
            underWay.set(false);
        }
    }
}
