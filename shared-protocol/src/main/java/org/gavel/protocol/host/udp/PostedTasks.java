package org.gavel.protocol.host.udp;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Tasks of other threads for the host's own, in the order in which they came. Any thread posts, only the host's runs them. */
final class PostedTasks {
    /** Tasks that wait. */
    static final int POSTED_MAX = 65_536;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** @throws RejectedExecutionException if {@link #POSTED_MAX} wait already */
    void post(Runnable task) {
        if (count.incrementAndGet() > POSTED_MAX) {
            count.decrementAndGet();
            throw new RejectedExecutionException(POSTED_MAX + " tasks wait for the host's thread already");
        }
        tasks.add(task);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Runs what waits now. What is posted meanwhile waits for the next pass: the sockets get their turn. */
    void run(Consumer<Runnable> runner) {
        for (int left = count.get(); left > 0; left--) {
            Runnable task = tasks.poll();
            if (task == null) {
                return; // counted by its poster, but not in the queue yet
            }
            count.decrementAndGet();
            runner.accept(task);
        }
    }
}
