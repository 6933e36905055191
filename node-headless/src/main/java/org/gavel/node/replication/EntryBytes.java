package org.gavel.node.replication;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/** Entries one after the other, as promises, fetches and appends carry them. */
final class EntryBytes {
    private EntryBytes() { }

    /**
     * Reads all of them.
     *
     * @throws MalformedException if one is truncated or something is left over
     */
    static List<LogEntry> read(byte[] bytes) throws MalformedException {
        List<LogEntry> entries = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            LogEntry entry = LogEntry.read(bytes, at, bytes.length);
            entries.add(entry);
            at += entry.bytes().length;
        }
        return entries;
    }

    /**
     * The entries from {@code first} on, as many as fit, at least one.
     *
     * @param bytesMax of all together
     * @param last     highest index to be taken
     */
    static byte[] join(ReplicaLog log, long first, long last, int bytesMax) {
        int length = 0;
        long end = first;
        while (end <= last && (end == first || length + log.entry(end).bytes().length <= bytesMax)) {
            length += log.entry(end).bytes().length;
            end++;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (long i = first; i < end; i++) {
            byte[] bytes = log.entry(i).bytes();
            System.arraycopy(bytes, 0, joined, at, bytes.length);
            at += bytes.length;
        }
        return joined;
    }

    /** Configurations as config entries. Their checksums chain to nothing: they tell who counts, they are no log. */
    static byte[] ofConfigurations(List<Configuration> configurations) {
        List<byte[]> parts = new ArrayList<>();
        int length = 0;
        for (Configuration c : configurations) {
            byte[] part = LogEntry.create(0, c.epoch(), c.index(), 0, LogEntry.Kind.CONFIG, Uid.NOBODY, 0, 0, 0, c.body()).bytes();
            parts.add(part);
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    /** Reads what {@link #ofConfigurations} wrote. */
    static List<Configuration> configurations(byte[] bytes) throws MalformedException {
        List<Configuration> configurations = new ArrayList<>();
        for (LogEntry entry : read(bytes)) {
            configurations.add(Configuration.of(entry));
        }
        return configurations;
    }
}
