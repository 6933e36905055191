package org.gavel.node.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Store;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.multicast.EntrySource;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/**
 * One node's copy of a group: promise, log, state, what is stored and what is known committed. It sends nothing and knows no role.
 * <p>Stored means that the host's store completed; entries of one pass go to it together.
 */
final class Replica implements EntrySource {
    private static final byte[] EMPTY_OUTCOME = "{\"type\":\"empty\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};

    private final long group;
    private final Host host;
    private final StateMachine machine;
    private final GroupListener listener;
    private final GroupSettings settings;
    private final ReplicaLog log = new ReplicaLog();
    private final ConfigurationHistory configurations = new ConfigurationHistory();
    private final SessionTable sessions;
    /** Last index of each write to the store that has not completed; a cut lowers it. */
    private final ArrayDeque<long[]> writes = new ArrayDeque<>();
    private final Runnable onStored;
    private final BiConsumer<LogEntry, byte[]> onApplied;
    private long logId;
    private long promisedEpoch;
    private PeerId promisedTo = PeerId.UNKNOWN;
    private long commitIndex;
    private long writtenIndex;
    private long storedIndex;
    private boolean applying;
    private boolean closed;
    /** The log begins behind this one; null in a newcomer. */
    private SnapshotImage snapshot;
    private byte[] snapshotBytes;
    /** Taken later; takes the other's place when the next is due. */
    private SnapshotImage nextSnapshot;

    /**
     * @param onStored  a write completed: {@link #storedIndex} may have grown
     * @param onApplied after an entry was applied
     */
    Replica(long group, long logId, Host host, StateMachine machine, GroupListener listener, GroupSettings settings, Runnable onStored,
            BiConsumer<LogEntry, byte[]> onApplied) {
        this.group = group;
        this.logId = logId != 0 ? logId : host.random() | 1;
        this.host = host;
        this.machine = machine;
        this.listener = listener;
        this.settings = settings;
        this.sessions = new SessionTable(settings);
        this.onStored = onStored;
        this.onApplied = onApplied;
    }

    // ---------------------------------------------------------------- start

    /** Begins from what the store kept, else from the base configuration (null: knows nothing yet). */
    void start(Configuration base, boolean ownLogIdKnown) {
        Optional<Store.Recovered> recovered = host.store().recover(group);
        if (recovered.isPresent() && recovered.get().snapshot() != null && (!ownLogIdKnown || recovered.get().logId() == logId)) {
            recover(recovered.get());
            return;
        }
        if (recovered.isPresent()) {
            host.store().drop(group, () -> { });
        }
        if (base != null) {
            configurations.reset(base);
            keep(presentImage());
        }
        storePromise(() -> { });
    }

    private void recover(Store.Recovered kept) {
        try {
            logId = kept.logId();
            promisedEpoch = kept.promisedEpoch();
            SnapshotImage image = SnapshotImage.decode(kept.snapshot());
            adopt(image, false);
            snapshot = image;
            snapshotBytes = kept.snapshot();
            recoverEntries(kept.entries());
            writtenIndex = log.last();
            storedIndex = log.last();
        } catch (MalformedException e) {
            throw new IllegalStateException("the stored log of group " + group + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The last one may be torn: nothing of its write was acknowledged. One before others cannot be, and what stands behind it would be held with a hole. */
    private void recoverEntries(List<byte[]> kept) throws MalformedException {
        for (int i = 0; i < kept.size(); i++) {
            LogEntry entry = wholeEntry(kept.get(i));
            if (entry == null && i < kept.size() - 1) {
                listener.onCorruption("stored entry " + (log.last() + 1) + " does not fit its checksum; the log ends before it");
            }
            if (entry == null) {
                return;
            }
            append(entry);
        }
    }

    /** The next entry of the log if these bytes are that, else null. */
    private LogEntry wholeEntry(byte[] bytes) {
        try {
            LogEntry entry = LogEntry.read(bytes, 0, bytes.length);
            return entry.index() == log.last() + 1 && entry.follows(log.lastChecksum()) ? entry : null;
        } catch (MalformedException e) {
            return null; // so much as its length is missing: not an entry
        }
    }

    // ---------------------------------------------------------------- promise

    /** Records a promise; {@code onPromiseStored} runs once it and all of the log before it are stored. */
    void promise(long epoch, PeerId to, Runnable onPromiseStored) {
        promisedEpoch = epoch;
        promisedTo = to;
        flush();
        storePromise(onPromiseStored);
    }

    private void storePromise(Runnable done) {
        host.store().storePromise(group, promisedEpoch, logId, () -> {
            if (!closed) {
                done.run();
            }
        });
    }

    // ---------------------------------------------------------------- log

    /** Sequences a new entry behind the last. */
    LogEntry sequence(long epoch, long timeMs, LogEntry.Kind kind, Uid client, long session, long sequence, long lowestUnanswered, byte[] body) {
        LogEntry entry = LogEntry.create(log.lastChecksum(), epoch, log.last() + 1, Math.max(timeMs, log.lastTimeMs()), kind, client, session,
                sequence, lowestUnanswered, body);
        try {
            append(entry);
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return entry;
    }

    /** Adds an entry whose checksum was found right; its config, if it is one, decides on all that follow. */
    void append(LogEntry entry) throws MalformedException {
        Configuration configuration = entry.kind() == LogEntry.Kind.CONFIG ? Configuration.of(entry) : null;
        log.append(entry);
        if (configuration != null) {
            configurations.append(configuration);
            listener.onConfiguration(configuration, false);
        }
    }

    /** Takes away the tail from {@code index} on, to be replaced. */
    void truncateFrom(long index) {
        if (index <= commitIndex) {
            throw new InvariantViolation(InvariantViolation.COMMITTED_AGREE,
                    "group " + group + ": entry " + index + " is known committed (up to " + commitIndex + ") and was to be replaced");
        }
        log.truncateFrom(index);
        configurations.truncateFrom(index);
        writtenIndex = Math.min(writtenIndex, index - 1);
        storedIndex = Math.min(storedIndex, index - 1);
        writes.forEach(write -> write[0] = Math.min(write[0], index - 1));
    }

    /** Hands what was appended since the last call to the store. */
    void flush() {
        if (writtenIndex == log.last() || closed) {
            return;
        }
        List<byte[]> entries = new ArrayList<>((int) (log.last() - writtenIndex));
        for (long i = writtenIndex + 1; i <= log.last(); i++) {
            entries.add(log.entry(i).bytes());
        }
        writes.add(new long[] {log.last()});
        host.store().storeEntries(group, writtenIndex + 1, entries, this::written);
        writtenIndex = log.last();
    }

    private void written() {
        if (closed) {
            return;
        }
        storedIndex = Math.max(storedIndex, writes.remove()[0]);
        onStored.run();
    }

    // ---------------------------------------------------------------- commit

    /** Applies everything up to {@code index}, which this node now knows committed. */
    void commitTo(long index) {
        long target = Math.min(index, log.last());
        if (applying) {
            return;
        }
        applying = true;
        try {
            while (commitIndex < target && !closed) {
                apply(log.entry(commitIndex + 1));
            }
        } finally {
            applying = false;
        }
    }

    private void apply(LogEntry entry) {
        byte[] outcome = outcomeOf(entry);
        commitIndex = entry.index();
        log.setOutcome(entry.index(), outcome);
        if (entry.kind() == LogEntry.Kind.CONFIG) {
            configurations.committed(entry.index());
            listener.onConfiguration(configurations.committed(), true);
        }
        onApplied.accept(entry, outcome);
        long newest = nextSnapshot != null ? nextSnapshot.index() : snapshot.index();
        if (commitIndex - newest >= settings.snapshotEveryEntries()) {
            takeSnapshot();
        }
    }

    private byte[] outcomeOf(LogEntry entry) {
        if (entry.kind() == LogEntry.Kind.EMPTY) {
            return EMPTY_OUTCOME;
        }
        if (entry.kind() == LogEntry.Kind.CONFIG || entry.client().isNobody()) {
            return machine.apply(entry);
        }
        if (sessions.isRepeat(entry)) {
            // No correct leader appends a command twice; were it to happen, every replica would skip it alike.
            listener.onCorruption("entry " + entry.index() + " repeats command " + entry.sequence() + " of its session");
            SessionTable.Answer answer = sessions.answer(SessionTable.key(entry), entry.sequence());
            return answer == null ? NOTHING : answer.outcome();
        }
        byte[] outcome = machine.apply(entry);
        sessions.record(entry, outcome);
        return outcome;
    }

    // ---------------------------------------------------------------- snapshot

    /** Takes one of the present state; the log then begins behind the one taken before. */
    private void takeSnapshot() {
        if (nextSnapshot != null) {
            flush(); // one pass may bring more than the log keeps
            keep(nextSnapshot);
            log.compactTo(snapshot.index());
        }
        nextSnapshot = presentImage();
    }

    /** All that the committed entries have come to; nothing else, whatever the log holds behind them. */
    SnapshotImage presentImage() {
        return new SnapshotImage(commitIndex, log.epochAt(commitIndex), log.checksumAt(commitIndex), log.timeAt(commitIndex),
                configurations.committed(), machine.snapshot(), sessions.encode());
    }

    private void keep(SnapshotImage image) {
        snapshot = image;
        snapshotBytes = image.encode();
        host.store().storeSnapshot(group, image.index(), snapshotBytes, () -> { });
    }

    /**
     * Puts a received snapshot in place of the state, unless this node is as far already. A tail behind it that hangs on the very same entry is
     * kept: it may be held on others' behalf.
     *
     * @throws MalformedException if it is a snapshot of something else; then nothing has changed
     */
    void install(SnapshotImage image) throws MalformedException {
        if (knowsConfiguration() && image.index() <= commitIndex) {
            return;
        }
        boolean tailFits = image.index() <= log.last() && image.index() >= log.base()
                && log.checksumAt(image.index()) == image.checksum() && knowsConfiguration();
        List<LogEntry> tail = new ArrayList<>();
        for (long i = image.index() + 1; tailFits && i <= log.last(); i++) {
            tail.add(log.entry(i));
        }
        adopt(image, true);
        keep(image);
        nextSnapshot = null;
        // What stands in the store behind the snapshot is replaced by the tail that fits, or by nothing.
        List<byte[]> bytes = new ArrayList<>();
        for (LogEntry entry : tail) {
            try {
                append(entry);
            } catch (MalformedException e) {
                throw new IllegalStateException("entry " + entry.index() + " was in the log already: " + e.getMessage(), e);
            }
            bytes.add(entry.bytes());
        }
        writes.forEach(write -> write[0] = Math.min(write[0], image.index() - 1));
        storedIndex = Math.min(storedIndex, image.index() - 1);
        writes.add(new long[] {log.last()});
        writtenIndex = log.last();
        host.store().storeEntries(group, image.index() + 1, bytes, this::written);
        listener.onRestored(image.index());
    }

    private void adopt(SnapshotImage image, boolean announce) throws MalformedException {
        SessionTable.check(image.sessions());
        machine.restore(image.machine());
        sessions.decode(image.sessions());
        log.reset(image.index(), image.epoch(), image.checksum(), image.timeMs());
        configurations.reset(image.configuration());
        commitIndex = image.index();
        if (announce) {
            listener.onConfiguration(image.configuration(), true);
        }
    }

    // ---------------------------------------------------------------- what is there

    void close() {
        closed = true;
    }

    boolean knowsConfiguration() {
        return !configurations.isEmpty();
    }

    long logId() {
        return logId;
    }

    long promisedEpoch() {
        return promisedEpoch;
    }

    PeerId promisedTo() {
        return promisedTo;
    }

    /** Highest index stored without a hole before it. */
    long storedIndex() {
        return storedIndex;
    }

    ReplicaLog log() {
        return log;
    }

    ConfigurationHistory configurations() {
        return configurations;
    }

    SessionTable sessions() {
        return sessions;
    }

    /** The snapshot that the log begins behind. */
    SnapshotImage snapshot() {
        return snapshot;
    }

    byte[] snapshotBytes() {
        return snapshotBytes;
    }

    @Override
    public long firstIndex() {
        return log.base() + 1;
    }

    @Override
    public long committedIndex() {
        return commitIndex;
    }

    /** Highest index held, committed or not. */
    long lastIndex() {
        return log.last();
    }

    @Override
    public LogEntry entry(long index) {
        return index <= log.base() || index > log.last() ? null : log.entry(index);
    }

    @Override
    public byte[] outcome(long index) {
        return index > commitIndex ? null : log.outcome(index);
    }
}
