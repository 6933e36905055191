package org.gavel.node.replication.worlds;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Store;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.Message;

/** Host, links and store of one node of a small world: time stands still, timers wait to be chosen, what is sent is caught. */
final class SmallHost implements Host, Links, Store {
    private final NodeRef self;
    private final boolean storeIsSlow;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ArrayDeque<Runnable> completions = new ArrayDeque<>();
    private final ArrayDeque<String> writes = new ArrayDeque<>();
    private final Map<String, Runnable> timers = new TreeMap<>();
    private List<Subject.Sent> sent = new ArrayList<>();

    /** @param storeIsSlow each write completes as an event of its own, else at the end of the pass */
    SmallHost(NodeRef self, boolean storeIsSlow) {
        this.self = self;
        this.storeIsSlow = storeIsSlow;
    }

    /** One pass: the event, then all that was put off to its end. */
    void pass(Runnable event) {
        event.run();
        settle();
    }

    private void settle() {
        while (!tasks.isEmpty() || !storeIsSlow && !completions.isEmpty()) {
            if (tasks.isEmpty()) {
                complete();
            } else {
                tasks.poll().run();
            }
        }
    }

    private void complete() {
        writes.poll();
        completions.poll().run();
    }

    void fire(String timer) {
        pass(timer.equals("STORE") ? this::complete : timers.remove(timer));
    }

    List<String> timers() {
        List<String> names = new ArrayList<>(timers.keySet());
        if (!completions.isEmpty()) {
            names.add("STORE");
        }
        return names;
    }

    /** The writes under way: what a completion runs is decided by what was written. */
    List<String> writes() {
        return List.copyOf(writes);
    }

    List<Subject.Sent> takeSent() {
        List<Subject.Sent> taken = sent;
        sent = new ArrayList<>();
        return taken;
    }

    // ---------------------------------------------------------------- host

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        String name = nameOf(task);
        if (timers.put(name, task) != null) {
            throw new IllegalStateException("timer " + name + " was set while it ran");
        }
        return () -> timers.remove(name, task);
    }

    /** A timer of a {@link org.gavel.protocol.host.Timers} is named by its key, which the scheduled lambda holds. */
    private static String nameOf(Runnable task) {
        try {
            for (Field field : task.getClass().getDeclaredFields()) {
                if (Object.class.isAssignableFrom(field.getType())) {
                    field.setAccessible(true);
                    if (field.get(task) instanceof Enum<?> key) {
                        return key.name();
                    }
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("a timer without a name: " + task);
    }

    @Override
    public void atEndOfPass(Runnable task) {
        tasks.add(task);
    }

    @Override
    public long nowMs() {
        return 0;
    }

    @Override
    public long nowNs() {
        return 0;
    }

    @Override
    public long wallClockMs() {
        return 0;
    }

    @Override
    public Address address() {
        return self.address();
    }

    @Override
    public long random() {
        return 1;
    }

    @Override
    public Store store() {
        return this;
    }

    @Override
    public boolean tracing() {
        return false;
    }

    @Override
    public void trace(TraceEvent event) { }

    @Override
    public ProcessState processState(ProcessIdentity process) {
        return ProcessState.UNKNOWN;
    }

    @Override
    public void watch(Address peer) { }

    @Override
    public void unwatch(Address peer) { }

    @Override
    public void send(Address to, byte[] datagram, int length) {
        throw new UnsupportedOperationException("no datagrams here");
    }

    @Override
    public void broadcast(byte[] datagram, int length) {
        throw new UnsupportedOperationException("no datagrams here");
    }

    // ---------------------------------------------------------------- links

    @Override
    public boolean send(NodeRef to, long group, Message message) {
        sent.add(new Subject.Sent((int) to.uid().value(), message));
        return true;
    }

    @Override
    public void sendUnreliable(NodeRef to, long group, Message message) {
        send(to, group, message);
    }

    @Override
    public void sendUnreliable(Address to, PeerId receiver, long group, Message message) {
        throw new UnsupportedOperationException("nodes here are known by more than an address");
    }

    @Override
    public void broadcast(long group, Message message) {
        throw new UnsupportedOperationException("no broadcast here");
    }

    @Override
    public int room(NodeRef to) {
        return 1_024;
    }

    @Override
    public void close(NodeRef peer) { }

    @Override
    public long roundTripMicros(NodeRef peer) {
        return 0;
    }

    @Override
    public long resendTimerMs(NodeRef peer) {
        return 30;
    }

    // ---------------------------------------------------------------- store

    private void write(String what, Runnable onStored) {
        writes.add(what);
        completions.add(onStored);
    }

    @Override
    public void storePromise(long group, long promisedEpoch, long logId, Runnable onStored) {
        write("promise " + promisedEpoch, onStored);
    }

    @Override
    public void storeEntries(long group, long firstIndex, List<byte[]> entries, Runnable onStored) {
        write("entries", onStored);
    }

    @Override
    public void storeSnapshot(long group, long index, byte[] snapshot, Runnable onStored) {
        write("snapshot", onStored);
    }

    @Override
    public void storeFact(String key, String value, Runnable onStored) {
        write("fact", onStored);
    }

    @Override
    public Optional<String> fact(String key) {
        return Optional.empty();
    }

    @Override
    public void drop(long group, Runnable onStored) {
        write("drop", onStored);
    }

    @Override
    public Optional<Recovered> recover(long group) {
        return Optional.empty();
    }
}
