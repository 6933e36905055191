package org.gavel.protocol.host.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.MemoryStore;
import org.gavel.protocol.host.PassTasks;
import org.gavel.protocol.host.Store;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * The real host: one thread, one selector. Between {@link #open} and {@link #start} the opener's thread may use it to build protocols on;
 * from then on only its own, which {@link #execute} reaches from any other.
 */
public final class UdpHost implements Host, Executor, AutoCloseable {
    private static final long TRACE_SEND_FAILURES_EVERY_NS = 1_000_000_000L;

    private final UdpHostSettings settings;
    private final Selector selector;
    private final Sockets sockets;
    private final TimerQueue timers = new TimerQueue();
    private final PassTasks passTasks = new PassTasks();
    private final Store store = new MemoryStore(new MemoryStore.Disk(), passTasks::addCompletion);
    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    private final ProcessIdentity process = LocalProcess.identity();
    private final PostedTasks posted = new PostedTasks();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Consumer<SelectionKey> drain = this::drain;
    private final Consumer<Runnable> guard = this::guarded;
    private final long originNs = System.nanoTime();
    private Consumer<TraceEvent> traceSink;
    private DatagramReceiver receiver;
    private Thread thread;
    private volatile boolean asleep;
    private volatile long pausedUntilNs;
    private volatile long isolatedUntilNs;
    private long nowNs;
    private long tracedSendFailureNs = -TRACE_SEND_FAILURES_EVERY_NS;

    private UdpHost(UdpHostSettings settings, Selector selector) throws PortUnavailableException {
        this.settings = settings;
        this.selector = selector;
        this.traceSink = settings.traceSink();
        this.sockets = new Sockets(settings, selector, new FromSockets());
    }

    /**
     * Opens the sockets; nothing is received before {@link #start}.
     *
     * @throws PortUnavailableException if a port cannot be had, with a sentence and the way out
     */
    public static UdpHost open(UdpHostSettings settings) throws IOException {
        Selector selector = Selector.open();
        try {
            return new UdpHost(settings, selector);
        } catch (PortUnavailableException e) {
            selector.close();
            throw e;
        }
    }

    /** Starts the thread; the receiver is called on it alone. */
    public UdpHost start(DatagramReceiver datagramReceiver) {
        if (thread != null) {
            throw new IllegalStateException("this host was started already");
        }
        receiver = datagramReceiver;
        refreshNow();
        thread = new Thread(this::loop, "gavel-host-" + address().port());
        thread.setDaemon(settings.daemon());
        thread.start();
        return this;
    }

    /** Ends the loop behind its present pass and closes the sockets; waits for it, unless called on the host's own thread. */
    @Override
    public void close() {
        closing.countDown();
        if (thread == null) {
            closeSockets();
        } else if (Thread.currentThread() != thread) {
            selector.wakeup();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Runs {@code task} on the host's thread, in a later pass. From any thread.
     *
     * @throws RejectedExecutionException if the host is closed or {@link PostedTasks#POSTED_MAX} tasks wait
     */
    @Override
    public void execute(Runnable task) {
        if (isClosed()) {
            throw new RejectedExecutionException("this host is closed");
        }
        posted.post(task);
        // Pairs with the loop, which first says that it sleeps and then looks at the queue: one of the two sees the other.
        if (asleep) {
            asleep = false;
            selector.wakeup();
        }
    }

    public boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** Behind the present pass nothing is processed for so long; datagrams wait in the kernel, timers run late. From any thread. */
    public void pauseFor(long ms) {
        pausedUntilNs = sinceOrigin() + TimeUnit.MILLISECONDS.toNanos(ms);
        selector.wakeup();
    }

    /** Every datagram is dropped, both ways, for so long. From any thread. */
    public void isolateFor(long ms) {
        isolatedUntilNs = sinceOrigin() + TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Replaces the sink of the settings; null traces nothing. On the host's thread, or before its start. */
    public void traceTo(Consumer<TraceEvent> sink) {
        traceSink = sink;
    }

    /** On the host's thread. */
    public UdpCounters counters() {
        assert onThread();
        return sockets.counters();
    }

    public UdpHostSettings settings() {
        return settings;
    }

    // ---------------------------------------------------------------- the loop

    private void loop() {
        try {
            while (!isClosed()) {
                sleepThroughPause();
                select();
                hints();
                posted.run(guard);
                refreshNow();
                timers.run(nowNs, guard);
                endPass();
                sockets.closeUnwanted();
            }
        } catch (IOException e) {
            settings.onFailure().accept(new UncheckedIOException("the selector broke; this host ends", e));
        } catch (InterruptedException e) {
            settings.onFailure().accept(new IllegalStateException("the host's thread belongs to the host; it was interrupted and ends", e));
        } catch (Error e) {
            settings.onFailure().accept(e);
        } finally {
            closing.countDown();
            closeSockets();
        }
    }

    private void closeSockets() {
        sockets.close();
        try {
            selector.close();
        } catch (IOException e) {
            settings.onFailure().accept(e);
        }
    }

    private void sleepThroughPause() throws InterruptedException {
        for (long leftNs = pausedUntilNs - sinceOrigin(); leftNs > 0 && pausedUntilNs != 0; leftNs = pausedUntilNs - sinceOrigin()) {
            if (closing.await(leftNs, TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    private void select() throws IOException {
        if (!passTasks.isEmpty() || sockets.hasWork()) {
            selector.selectNow(drain);
        } else {
            asleep = true;
            long waitMs = posted.isEmpty() && !isClosed() ? timers.untilFirstMs(sinceOrigin()) : 0;
            if (waitMs == 0) {
                asleep = false;
                selector.selectNow(drain);
            } else {
                // Draining happens inside of select: the loop is awake from the first key on, see drain().
                selector.select(drain, waitMs == Long.MAX_VALUE ? 0 : waitMs);
                asleep = false;
            }
        }
        refreshNow();
    }

    private void drain(SelectionKey key) {
        if (asleep) {
            asleep = false;
        }
        sockets.drain(key);
    }

    private void hints() {
        for (Address peer = sockets.nextHint(); peer != null; peer = sockets.nextHint()) {
            Address about = peer;
            guarded(() -> receiver.onCrashHint(about));
        }
    }

    private void endPass() {
        for (Runnable task = passTasks.next(); task != null; task = passTasks.next()) {
            guarded(task);
        }
    }

    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            settings.onFailure().accept(e);
        }
    }

    private long sinceOrigin() {
        return System.nanoTime() - originNs;
    }

    private void refreshNow() {
        nowNs = sinceOrigin();
    }

    private boolean onThread() {
        return thread == null || Thread.currentThread() == thread;
    }

    private final class FromSockets implements Sockets.Sink {
        @Override
        public boolean isIsolated() {
            return nowNs < isolatedUntilNs;
        }

        @Override
        public void onDatagram(Address from, byte[] bytes, int length) {
            refreshNow(); // 25 ns; a pass of 256 datagrams lasts long enough to blur round trips
            try {
                receiver.onDatagram(from, bytes, length);
            } catch (RuntimeException e) {
                settings.onFailure().accept(e);
            }
        }

        @Override
        public void onSendFailed(Address to, IOException failure) {
            if (tracing() && nowNs - tracedSendFailureNs >= TRACE_SEND_FAILURES_EVERY_NS) {
                tracedSendFailureNs = nowNs;
                trace(new TraceEvent(wallClockMs(), Uid.NOBODY, "host", "send-failed", 0, Uid.NOBODY,
                    "a datagram to " + to + " did not leave: " + failure.getMessage()));
            }
        }
    }

    // ---------------------------------------------------------------- Host

    @Override
    public long nowMs() {
        return nowNs / 1_000_000;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public long wallClockMs() {
        return System.currentTimeMillis();
    }

    @Override
    public Address address() {
        return sockets.local();
    }

    @Override
    public void send(Address to, byte[] datagram, int length) {
        assert onThread();
        sockets.send(to, datagram, length);
    }

    @Override
    public void broadcast(byte[] datagram, int length) {
        assert onThread();
        sockets.broadcast(datagram, length);
    }

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        assert onThread();
        return timers.add(task, nowNs + Math.max(0, delayMs) * 1_000_000);
    }

    @Override
    public void atEndOfPass(Runnable task) {
        assert onThread();
        passTasks.addEnd(task);
    }

    @Override
    public void atFlush(Runnable task) {
        assert onThread();
        passTasks.addFlush(task);
    }

    @Override
    public long lastTimerLatenessMs() {
        return timers.latenessMs();
    }

    @Override
    public long random() {
        return random.nextLong();
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public void watch(Address peer) {
        assert onThread();
        sockets.watch(peer);
    }

    @Override
    public void unwatch(Address peer) {
        assert onThread();
        sockets.unwatch(peer);
    }

    @Override
    public boolean tracing() {
        return traceSink != null;
    }

    @Override
    public void trace(TraceEvent event) {
        if (traceSink != null) {
            traceSink.accept(event);
        }
    }

    @Override
    public ProcessState processState(ProcessIdentity other) {
        return LocalProcess.state(other);
    }

    @Override
    public ProcessIdentity process() {
        return process;
    }
}
