package org.gavel.protocol.host;

import java.util.List;
import java.util.Optional;

/**
 * The durable log of one node, asynchronous from the start: whatever promises or acknowledges waits for {@code onStored}, which
 * is called on the host's thread in a later step than the call, in the order of the calls. Kept per replicated group. The
 * in-memory store of this version completes at the end of the pass; a durable one follows without touching a protocol.
 */
public interface Store {
    /** Records a promise (or the log id drawn at admission) of one group; replaces the one before. */
    void storePromise(long group, long promisedEpoch, long logId, Runnable onStored);

    /**
     * Appends entries from {@code firstIndex} on, in place of whatever stood at that index and behind it.
     *
     * @param entries each entry as its exact wire bytes, checksum included
     */
    void storeEntries(long group, long firstIndex, List<byte[]> entries, Runnable onStored);

    /** Puts a snapshot up to {@code index} in place of all entries up to it. */
    void storeSnapshot(long group, long index, byte[] snapshot, Runnable onStored);

    /** Records a fact of this node outside any log, such as a refusal to open an auction; a null value removes it. */
    void storeFact(String key, String value, Runnable onStored);

    Optional<String> fact(String key);

    /** Forgets all about a group. */
    void drop(long group, Runnable onStored);

    /** What a group's last start left, or empty. The last entry may be torn: its process ended within the write, and has acknowledged nothing of it. */
    Optional<Recovered> recover(long group);

    /** @param snapshot null if none */
    record Recovered(long promisedEpoch, long logId, long snapshotIndex, byte[] snapshot, long firstIndex, List<byte[]> entries) { }
}
