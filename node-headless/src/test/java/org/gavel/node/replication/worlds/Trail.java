package org.gavel.node.replication.worlds;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** How each state was first reached: the number of the state before it, and the move. The last are kept in memory, those before in a temporary file, since it is read only behind a violation. */
final class Trail implements AutoCloseable {
    private static final int KEPT = 1 << 20;

    private final ByteBuffer bytes = ByteBuffer.allocate(KEPT * 8);
    private final IntBuffer kept = bytes.asIntBuffer();
    private Path path;
    private RandomAccessFile file;
    private long stored;
    private long size;

    void add(int before, int move) {
        if (!kept.hasRemaining()) {
            store();
        }
        kept.put(before).put(move);
        size++;
    }

    long size() {
        return size;
    }

    /** The state before, in the upper half, and the move. */
    long get(long state) {
        if (state >= stored) {
            int at = (int) (state - stored) * 2;
            return (long) kept.get(at) << 32 | kept.get(at + 1) & 0xffffffffL;
        }
        try {
            file.seek(state * 8);
            return file.readLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void store() {
        try {
            if (file == null) {
                path = Files.createTempFile("worlds", ".trail");
                file = new RandomAccessFile(path.toFile(), "rw");
            }
            file.seek(stored * 8);
            file.write(bytes.array(), 0, kept.position() * 4);
            stored = size;
            kept.clear();
        } catch (IOException e) {
            throw new UncheckedIOException("the way to each state cannot be kept", e);
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
