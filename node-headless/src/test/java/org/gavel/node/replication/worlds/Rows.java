package org.gavel.node.replication.worlds;

import java.util.ArrayDeque;

/**
 * A queue of rows of up to 64 numbers, packed: a bit for each that is not 0, and these in seven bits a byte. What is taken is given back to the heap piece by piece.
 */
final class Rows {
    private static final int PIECE_BYTES = 1 << 16;
    /** A bit for each number, and five bytes for each at most. */
    private static final int ROW_BYTES_MAX = 8 + 64 * 5;

    private final int width;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private byte[] head = new byte[PIECE_BYTES];
    private byte[] tail = head;
    private int read;
    private int written;
    private long size;

    Rows(int width) {
        if (width > 64) {
            throw new IllegalArgumentException("a row has a bit for each of at most 64 numbers, not " + width);
        }
        this.width = width;
    }

    long size() {
        return size;
    }

    void add(int[] row) {
        if (written + ROW_BYTES_MAX > PIECE_BYTES) {
            tail = new byte[PIECE_BYTES];
            pieces.add(tail);
            written = 0;
        }
        long bits = 0;
        for (int i = 0; i < width; i++) {
            bits |= row[i] == 0 ? 0 : 1L << i;
        }
        for (int shift = 0; shift < width; shift += 8) {
            tail[written++] = (byte) (bits >>> shift);
        }
        for (int i = 0; i < width; i++) {
            int value = row[i];
            while (value >>> 7 != 0) {
                tail[written++] = (byte) (value | 0x80);
                value >>>= 7;
            }
            if (row[i] != 0) {
                tail[written++] = (byte) value;
            }
        }
        size++;
    }

    int[] take() {
        if (read + ROW_BYTES_MAX > PIECE_BYTES && head != tail) {
            head = pieces.poll();
            read = 0;
        }
        int[] row = new int[width];
        long bits = 0;
        for (int shift = 0; shift < width; shift += 8) {
            bits |= (head[read++] & 0xffL) << shift;
        }
        for (; bits != 0; bits &= bits - 1) {
            int value = 0;
            int shift = 0;
            byte part = head[read++];
            for (; part < 0; part = head[read++]) {
                value |= (part & 0x7f) << shift;
                shift += 7;
            }
            row[Long.numberOfTrailingZeros(bits)] = value | part << shift;
        }
        size--;
        return row;
    }
}
