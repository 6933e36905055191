package org.gavel.protocol.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A {@link Store} in memory. A write takes effect and is reported in the same later step, in the order of the calls; reads show what
 * took effect. A {@link Disk} outlives the store, so that a simulated process can crash and find what it had completed.
 * <p>Nothing here is bounded by itself: the log that replication keeps is (protocol.md section 7, 20,000 entries behind a snapshot), and
 * a group that is over is dropped.
 */
public final class MemoryStore implements Store {
    /** What would be on a disk. One store at a time writes to it. */
    public static final class Disk {
        private final Map<Long, GroupLog> groups = new HashMap<>();
        private final Map<String, String> facts = new HashMap<>();

        private GroupLog group(long group) {
            return groups.computeIfAbsent(group, key -> new GroupLog());
        }
    }

    private static final class GroupLog {
        private long promisedEpoch;
        private long logId;
        private long snapshotIndex;
        private byte[] snapshot;
        private long firstIndex = 1;
        private final List<byte[]> entries = new ArrayList<>();

        private void append(long index, List<byte[]> added) {
            if (entries.isEmpty() && snapshot == null) {
                firstIndex = index;
            }
            if (index > firstIndex + entries.size()) {
                throw new IllegalStateException("held without gaps: the log ends at " + (firstIndex + entries.size() - 1)
                    + ", entries from " + index + " would leave a hole");
            }
            int covered = (int) Math.min(added.size(), Math.max(0, firstIndex - index));
            int kept = (int) Math.max(0, index - firstIndex);
            entries.subList(kept, entries.size()).clear();
            entries.addAll(added.subList(covered, added.size()));
        }

        private void replaceBySnapshot(long index, byte[] state) {
            if (snapshot != null && index < snapshotIndex) {
                return; // the newer one contains it
            }
            snapshotIndex = index;
            snapshot = state;
            int covered = (int) Math.max(0, Math.min(entries.size(), index + 1 - firstIndex));
            entries.subList(0, covered).clear();
            if (!entries.isEmpty() && firstIndex + covered > index + 1) {
                entries.clear(); // they began behind a hole that the snapshot does not reach
            }
            firstIndex = index + 1;
        }

        private Recovered recovered() {
            return new Recovered(promisedEpoch, logId, snapshotIndex, snapshot, firstIndex, List.copyOf(entries));
        }
    }

    private final Disk disk;
    private final Consumer<Runnable> later;

    /**
     * @param disk  what an earlier store left, or a new one
     * @param later runs what it is given in a later step of the host, in the order of the calls
     */
    public MemoryStore(Disk disk, Consumer<Runnable> later) {
        this.disk = disk;
        this.later = later;
    }

    @Override
    public void storePromise(long group, long promisedEpoch, long logId, Runnable onStored) {
        complete(onStored, () -> {
            GroupLog log = disk.group(group);
            log.promisedEpoch = promisedEpoch;
            log.logId = logId;
        });
    }

    @Override
    public void storeEntries(long group, long firstIndex, List<byte[]> entries, Runnable onStored) {
        List<byte[]> kept = List.copyOf(entries);
        complete(onStored, () -> disk.group(group).append(firstIndex, kept));
    }

    @Override
    public void storeSnapshot(long group, long index, byte[] snapshot, Runnable onStored) {
        complete(onStored, () -> disk.group(group).replaceBySnapshot(index, snapshot));
    }

    @Override
    public void storeFact(String key, String value, Runnable onStored) {
        complete(onStored, () -> {
            if (value == null) {
                disk.facts.remove(key);
            } else {
                disk.facts.put(key, value);
            }
        });
    }

    @Override
    public Optional<String> fact(String key) {
        return Optional.ofNullable(disk.facts.get(key));
    }

    @Override
    public void drop(long group, Runnable onStored) {
        complete(onStored, () -> disk.groups.remove(group));
    }

    @Override
    public Optional<Recovered> recover(long group) {
        return Optional.ofNullable(disk.groups.get(group)).map(GroupLog::recovered);
    }

    private void complete(Runnable onStored, Runnable write) {
        later.accept(() -> {
            write.run();
            onStored.run();
        });
    }
}
