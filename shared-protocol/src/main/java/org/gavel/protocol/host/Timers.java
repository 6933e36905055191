package org.gavel.protocol.host;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A protocol's table of deadlines: at most one per key. Setting a key again moves its deadline.
 *
 * @param <K> usually a small enum of the protocol's timers, or a record where a timer exists per peer
 */
public final class Timers<K> {
    private final Host host;
    private final Consumer<K> onTimer;
    private final Map<K, Host.Cancellable> running = new HashMap<>();

    public Timers(Host host, Consumer<K> onTimer) {
        this.host = host;
        this.onTimer = onTimer;
    }

    /** Sets or moves the deadline of {@code key} to {@code delayMs} from now. */
    public void set(K key, long delayMs) {
        cancel(key);
        Host.Cancellable[] self = new Host.Cancellable[1];
        self[0] = host.schedule(delayMs, () -> {
            if (running.remove(key, self[0])) {
                onTimer.accept(key);
            }
        });
        running.put(key, self[0]);
    }

    /** Sets the deadline only if none is running for {@code key}. */
    public void setIfIdle(K key, long delayMs) {
        if (!running.containsKey(key)) {
            set(key, delayMs);
        }
    }

    public boolean isRunning(K key) {
        return running.containsKey(key);
    }

    public void cancel(K key) {
        Host.Cancellable timer = running.remove(key);
        if (timer != null) {
            timer.cancel();
        }
    }

    public void cancelAll() {
        running.values().forEach(Host.Cancellable::cancel);
        running.clear();
    }
}
