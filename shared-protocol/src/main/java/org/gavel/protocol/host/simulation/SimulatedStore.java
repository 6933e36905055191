package org.gavel.protocol.host.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.gavel.protocol.host.MemoryStore;
import org.gavel.protocol.host.Store;

/**
 * The {@link MemoryStore} of a simulated process, and what only a crash shows: of the write under way as much reaches the disk as a torn one leaves. A
 * {@link Disk} outlives the store, so that the next start finds what this one had completed.
 */
final class SimulatedStore implements Store {
    /** What is on a simulated disk. One store at a time writes to it. */
    static final class Disk {
        private final MemoryStore.Disk whole = new MemoryStore.Disk();
        /** By group: what a write that its process did not live to see left behind the last whole entry. */
        private final Map<Long, byte[]> torn = new HashMap<>();
    }

    /** Promises, snapshots and facts are replaced whole or not at all; only entries can be torn. */
    private static final LongConsumer NOTHING_LEFT = lot -> { };

    private final Disk disk;
    private final MemoryStore memory;
    /** What a crash makes of each write under way, oldest first. */
    private final Deque<LongConsumer> underWay = new ArrayDeque<>();

    /**
     * @param disk  what an earlier start left, or a new one
     * @param later runs what it is given in a later step of the host, in the order of the calls
     */
    SimulatedStore(Disk disk, Consumer<Runnable> later) {
        this.disk = disk;
        this.memory = new MemoryStore(disk.whole, write -> later.accept(() -> {
            underWay.poll();
            write.run();
        }));
    }

    @Override
    public void storePromise(long group, long promisedEpoch, long logId, Runnable onStored) {
        underWay.add(NOTHING_LEFT);
        memory.storePromise(group, promisedEpoch, logId, onStored);
    }

    @Override
    public void storeEntries(long group, long firstIndex, List<byte[]> entries, Runnable onStored) {
        List<byte[]> kept = List.copyOf(entries);
        underWay.add(lot -> tear(group, firstIndex, kept, lot));
        memory.storeEntries(group, firstIndex, kept, () -> {
            disk.torn.remove(group);
            onStored.run();
        });
    }

    @Override
    public void storeSnapshot(long group, long index, byte[] snapshot, Runnable onStored) {
        underWay.add(NOTHING_LEFT);
        memory.storeSnapshot(group, index, snapshot, () -> {
            if (memory.recover(group).filter(r -> r.snapshotIndex() > index).isEmpty()) { // an older one changes nothing
                disk.torn.remove(group);
            }
            onStored.run();
        });
    }

    @Override
    public void storeFact(String key, String value, Runnable onStored) {
        underWay.add(NOTHING_LEFT);
        memory.storeFact(key, value, onStored);
    }

    @Override
    public Optional<String> fact(String key) {
        return memory.fact(key);
    }

    @Override
    public void drop(long group, Runnable onStored) {
        underWay.add(NOTHING_LEFT);
        memory.drop(group, () -> {
            disk.torn.remove(group);
            onStored.run();
        });
    }

    @Override
    public Optional<Recovered> recover(long group) {
        byte[] tail = disk.torn.get(group);
        if (tail == null) {
            return memory.recover(group);
        }
        Recovered whole = memory.recover(group).orElse(new Recovered(0, 0, 0, null, 1, List.of()));
        List<byte[]> found = new ArrayList<>(whole.entries());
        found.add(tail);
        return Optional.of(new Recovered(whole.promisedEpoch(), whole.logId(), whole.snapshotIndex(), whole.snapshot(), whole.firstIndex(), List.copyOf(found)));
    }

    /**
     * The process ends within the oldest write that is under way, if there is one: of entries some reach the disk whole, and one in part.
     *
     * @param lot decides how much
     */
    void tearOldestWrite(LongSupplier lot) {
        LongConsumer oldest = underWay.poll();
        if (oldest != null) {
            oldest.accept(lot.getAsLong());
        }
    }

    /** Some entries are whole; of the next one the rest was cut off, or never left the buffer. */
    private void tear(long group, long firstIndex, List<byte[]> entries, long lot) {
        if (entries.isEmpty()) {
            return;
        }
        int whole = (int) Long.remainderUnsigned(lot >>> 1, entries.size());
        if (whole > 0) {
            new MemoryStore(disk.whole, Runnable::run).storeEntries(group, firstIndex, entries.subList(0, whole), () -> { });
        }
        byte[] next = entries.get(whole);
        byte[] half = Arrays.copyOf(next, next.length / 2);
        disk.torn.put(group, (lot & 1) == 0 ? half : Arrays.copyOf(half, next.length));
    }
}
