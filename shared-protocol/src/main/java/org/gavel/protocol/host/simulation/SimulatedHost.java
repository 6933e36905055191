package org.gavel.protocol.host.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.DeadlineHeap;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.PassTasks;
import org.gavel.protocol.host.Store;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.monitor.TraceEvent;

/** One simulated process: one start of it. A restart is another object, see {@link SimulatedNetwork#restart}. */
public final class SimulatedHost implements Host, Executor {
    /** Datagrams that wait for a paused host, as in a socket's buffer of 2 MiB. */
    public static final int SOCKET_BUFFER_BYTES_MAX = 2 << 20;

    private static final long WALL_CLOCK_ORIGIN_MS = 1_800_000_000_000L;

    private final SimulatedNetwork network;
    private final String name;
    private final int place;
    private final Address address;
    private final ProcessIdentity process;
    private final SimulatedStore.Disk disk;
    private final SimulatedStore store;
    private final SplittableRandom random;
    /** Each host counts from elsewhere, so that a comparison of two hosts' monotonic clocks fails at once. */
    private final long originNs;
    private final PassTasks passTasks = new PassTasks();
    private final Set<Address> watched = new HashSet<>();
    private final SocketBuffer socketBuffer = new SocketBuffer(SOCKET_BUFFER_BYTES_MAX);
    private final List<Deadline> lateTimers = new ArrayList<>();
    private List<Address> seeds = List.of();
    private DatagramReceiver receiver;
    private boolean alive = true;
    private boolean poweredOff;
    private boolean hearsBroadcasts = true;
    private BooleanSupplier writeFails;
    private boolean passPending;
    private boolean enteredThisStep;
    private long pausedUntilNs;
    private long isolatedUntilNs;
    private long wallClockSkewMs;
    private long storeDelayMaxMs;
    private long latestCompletionNs;
    private long latenessMs;
    private long datagramsSent;

    SimulatedHost(SimulatedNetwork network, String name, int place, Address address, ProcessIdentity process, SimulatedStore.Disk disk,
                  SplittableRandom random) {
        this.network = network;
        this.name = name;
        this.place = place;
        this.address = address;
        this.process = process;
        this.disk = disk;
        this.random = random;
        this.originNs = 1_000_000_000L + random.nextInt(1_000_000) * 1_000_000L;
        this.store = new SimulatedStore(disk, this::completeLater);
    }

    // ---------------------------------------------------------------- what a test does to it
    /** From now on datagrams are delivered; before, they are lost. */
    public SimulatedHost start(DatagramReceiver datagramReceiver) {
        receiver = datagramReceiver;
        return this;
    }

    /** Runs {@code task} as if it were one of the host's own callbacks, at this instant, in a pass of its own. */
    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    /** The process ends here and now: no callback ever again; its port answers 'unreachable'. */
    public void crash() {
        network.crash(this, false);
    }

    /** The machine loses its power: as {@link #crash}, but nothing answers. */
    public void powerOff() {
        network.crash(this, true);
    }

    /** For so long nothing is processed; datagrams wait in a bounded buffer, timers and completions run late. */
    public void pause(long ms) {
        network.pause(this, ms);
    }

    /** For so long every datagram from and to this host is dropped. */
    public void isolate(long ms) {
        isolatedUntilNs = network.nowNs() + ms * 1_000_000;
        network.note(name + " is isolated for " + ms + " ms");
    }

    /** Moves the wall clock by so much; the monotonic one goes on. */
    public void jumpWallClock(long ms) {
        wallClockSkewMs += ms;
    }

    /** Every completion of the store takes 0 to {@code maxMs}, seeded; 0 (default): the end of the pass. */
    public void storeDelay(long maxMs) {
        storeDelayMaxMs = maxMs;
    }

    /** Asked before each write to the disk: true ends the process there and then, of this write on the disk what a torn one leaves; null: no such disk. */
    public void failWrites(BooleanSupplier fails) {
        writeFails = fails;
    }

    /** A client need not hear broadcasts. */
    public void hearBroadcasts(boolean hears) {
        hearsBroadcasts = hears;
    }

    /** Broadcasts go to these addresses as well. */
    public void seeds(List<Address> addresses) {
        seeds = List.copyOf(addresses);
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return alive;
    }

    /** Datagrams this start has sent, a broadcast counted once. */
    public long datagramsSent() {
        return datagramsSent;
    }

    /** Datagrams that a full buffer dropped during pauses. */
    public long socketBufferDrops() {
        return socketBuffer.drops();
    }

    // ---------------------------------------------------------------- Host

    @Override
    public long nowMs() {
        return nowNs() / 1_000_000;
    }

    @Override
    public long nowNs() {
        return originNs + network.nowNs();
    }

    @Override
    public long wallClockMs() {
        return WALL_CLOCK_ORIGIN_MS + network.nowNs() / 1_000_000 + wallClockSkewMs;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public void send(Address to, byte[] datagram, int length) {
        if (alive) {
            network.transmit(new Sent(this, to, datagram, length, ++datagramsSent));
        }
    }

    @Override
    public void broadcast(byte[] datagram, int length) {
        if (alive) {
            network.transmit(new Sent(this, Address.NONE, datagram, length, ++datagramsSent));
        }
    }

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        Deadline timer = new Deadline(network, this, task, true);
        if (alive) {
            network.enqueue(timer, network.nowNs() + Math.max(0, delayMs) * 1_000_000);
        }
        return timer;
    }

    @Override
    public void atEndOfPass(Runnable task) {
        if (alive) {
            passTasks.addEnd(task);
            needPass();
        }
    }

    @Override
    public void atFlush(Runnable task) {
        if (alive) {
            passTasks.addFlush(task);
            needPass();
        }
    }

    @Override
    public long lastTimerLatenessMs() {
        return latenessMs;
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
        watched.add(peer);
    }

    @Override
    public void unwatch(Address peer) {
        watched.remove(peer);
    }

    @Override
    public boolean tracing() {
        return alive && network.recorder().tracing();
    }

    @Override
    public boolean tracingMessages() {
        return tracing() && network.recorder().tracesMessages();
    }

    @Override
    public void trace(TraceEvent event) {
        if (alive) {
            network.recorder().traced(this, network.nowNs(), event);
        }
    }

    @Override
    public ProcessState processState(ProcessIdentity other) {
        return network.processState(process, other);
    }

    @Override
    public ProcessIdentity process() {
        return process;
    }

    // ---------------------------------------------------------------- what the network asks and does

    int place() {
        return place;
    }

    SimulatedStore.Disk disk() {
        return disk;
    }

    List<Address> seeds() {
        return seeds;
    }

    boolean hearsBroadcasts() {
        return hearsBroadcasts && alive;
    }

    boolean watches(Address peer) {
        return watched.contains(peer);
    }

    public boolean isIsolated() {
        return network.nowNs() < isolatedUntilNs;
    }

    public boolean isPaused() {
        return network.nowNs() < pausedUntilNs;
    }

    boolean answersUnreachable() {
        return !poweredOff;
    }

    void end(boolean withMachine) {
        store.tearOldestWrite(random::nextLong);
        alive = false;
        poweredOff = withMachine;
        passTasks.clear();
        socketBuffer.clear();
        lateTimers.clear();
    }

    /** Says whether this changes it. */
    boolean entered(boolean inThisStep) {
        boolean changes = enteredThisStep != inThisStep;
        enteredThisStep = inThisStep;
        return changes;
    }

    void pausedUntil(long untilNs) {
        pausedUntilNs = Math.max(pausedUntilNs, untilNs);
    }

    void runAfterPause(Deadline late) {
        lateTimers.add(late);
    }

    void ranLate(long ms) {
        latenessMs = ms;
    }

    void arrive(Address from, byte[] bytes) {
        if (receiver == null) {
            return;
        }
        if (isPaused()) {
            socketBuffer.add(from, bytes);
        } else {
            network.enter(this, () -> receiver.onDatagram(from, bytes, bytes.length));
        }
    }

    void hinted(Address peer) {
        if (alive && receiver != null && watched.contains(peer)) {
            if (isPaused()) {
                lateTimers.add(new Deadline(network, this, () -> receiver.onCrashHint(peer), false));
            } else {
                network.enter(this, () -> receiver.onCrashHint(peer));
            }
        }
    }

    /** Goes on after a pause as the real loop does: first what waits in the socket, then the timers that are due, oldest first. */
    void resume() {
        if (!alive || isPaused()) {
            return;
        }
        for (SocketBuffer.Waiting next = socketBuffer.poll(); next != null; next = isPaused() ? null : socketBuffer.poll()) {
            SocketBuffer.Waiting datagram = next;
            network.enter(this, () -> receiver.onDatagram(datagram.from(), datagram.bytes(), datagram.bytes().length));
        }
        List<Deadline> due = new ArrayList<>(lateTimers);
        lateTimers.clear();
        due.sort(Comparator.comparingLong(DeadlineHeap.Entry::deadlineNs));
        due.forEach(Deadline::run);
    }

    /** Runs what is left of this pass. */
    void endPass() {
        try {
            for (Runnable task = passTasks.next(); task != null; task = passTasks.next()) {
                network.enter(this, task);
            }
        } finally {
            passPending = false;
        }
    }

    void needPass() {
        if (!passPending) {
            passPending = true;
            network.passPending(this);
        }
    }

    private void completeLater(Runnable completion) {
        if (!alive) {
            return;
        }
        if (writeFails != null && writeFails.getAsBoolean()) {
            network.crash(this, false);
            return;
        }
        if (storeDelayMaxMs == 0 && latestCompletionNs <= network.nowNs()) {
            passTasks.addCompletion(completion);
            needPass();
            return;
        }
        long wishedNs = network.nowNs() + random.nextLong(storeDelayMaxMs * 1_000_000 + 1);
        latestCompletionNs = Math.max(latestCompletionNs, wishedNs);
        network.enqueue(new Deadline(network, this, completion, false), latestCompletionNs);
    }

    @Override
    public String toString() {
        return name + "/" + address;
    }
}
