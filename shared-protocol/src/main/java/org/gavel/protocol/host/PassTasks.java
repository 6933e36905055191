package org.gavel.protocol.host;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What is left to do at the end of a pass of the event loop, in three ranks: completions of the store, then end-of-pass tasks, then
 * flushes. A rank runs only while the ranks before it are empty, so whatever a task of a late rank causes in an early one comes first.
 * Within a rank: in the order of the calls.
 */
public final class PassTasks {
    private final Queue<Runnable> completions = new ArrayDeque<>();
    private final Queue<Runnable> ends = new ArrayDeque<>();
    private final Queue<Runnable> flushes = new ArrayDeque<>();

    public void addCompletion(Runnable task) {
        completions.add(task);
    }

    public void addEnd(Runnable task) {
        ends.add(task);
    }

    public void addFlush(Runnable task) {
        flushes.add(task);
    }

    public boolean isEmpty() {
        return completions.isEmpty() && ends.isEmpty() && flushes.isEmpty();
    }

    /** The next task to run, taken out; null when the pass is over. */
    public Runnable next() {
        Runnable task = completions.poll();
        if (task == null) {
            task = ends.poll();
        }
        return task != null ? task : flushes.poll();
    }

    public void clear() {
        completions.clear();
        ends.clear();
        flushes.clear();
    }
}
