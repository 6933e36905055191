package org.gavel.node.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.gavel.protocol.identity.Uid;

/**
 * A node's data directory: its uid, and the incarnation of its last start (protocol.md section 1). Locked while the node runs, so that two
 * nodes never share one.
 */
final class NodeDataDirectory implements AutoCloseable {
    private static final Gson GSON = new Gson();

    /** What {@code node.json} holds. */
    private record Stored(String uid, long incarnation) { }

    private final Path directory;
    private final FileChannel lockFile;
    private Uid uid;
    private long incarnation;

    private NodeDataDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /**
     * Opens, or makes, the directory and writes down this start.
     *
     * @param wanted    uid asked for, or null: the stored one, else {@code drawn}
     * @param drawn     uid of a new directory without a wanted one
     * @param nowMs     wall-clock time
     * @throws CliException with a sentence if it is locked, unwritable, damaged or another uid's
     */
    static NodeDataDirectory open(Path directory, Uid wanted, Uid drawn, long nowMs) {
        try {
            Files.createDirectories(directory);
            FileChannel lockFile = FileChannel.open(directory.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            NodeDataDirectory opened = new NodeDataDirectory(directory, lockFile);
            boolean done = false;
            try {
                opened.lock();
                opened.startOnce(wanted, drawn, nowMs);
                done = true;
                return opened;
            } finally {
                if (!done) {
                    lockFile.close();
                }
            }
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "the data directory " + directory + " cannot be used (" + reason(e)
                    + "); give --data a directory that can be written", e);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private void lock() throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw CliException.usage("another node runs on the data directory " + directory + "; stop it, or give --data another one");
        }
    }

    private void startOnce(Uid wanted, Uid drawn, long nowMs) throws IOException {
        Path file = directory.resolve("node.json");
        Stored stored = Files.exists(file) ? read(file) : null;
        Uid known = stored == null ? null : Uid.parseHex(stored.uid());
        if (wanted != null && known != null && !wanted.equals(known)) {
            throw CliException.usage("the data directory " + directory + " belongs to uid " + known + ", not " + wanted
                    + "; leave --uid out, or give --data another one");
        }
        uid = known != null ? known : wanted != null ? wanted : drawn;
        incarnation = stored == null ? nowMs : Math.max(stored.incarnation() + 1, nowMs);
        AtomicFile.write(file, GSON.toJson(new Stored(uid.toString(), incarnation)) + "\n");
    }

    private Stored read(Path file) throws IOException {
        try {
            Stored stored = GSON.fromJson(Files.readString(file), Stored.class);
            if (stored != null && stored.uid() != null && stored.incarnation() > 0 && !Uid.parseHex(stored.uid()).isNobody()) {
                return stored;
            }
        } catch (JsonParseException | NumberFormatException e) {
            throw damaged(file);
        }
        throw damaged(file);
    }

    private static CliException damaged(Path file) {
        return CliException.usage(file + " is damaged: it does not hold a uid and an incarnation; remove it to let the node start under a new uid");
    }

    Uid uid() {
        return uid;
    }

    long incarnation() {
        return incarnation;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
