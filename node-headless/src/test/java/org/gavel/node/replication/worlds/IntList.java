package org.gavel.node.replication.worlds;

import java.util.Arrays;

/** A list of ints that grows, without boxes. */
final class IntList {
    private int[] values;
    private int size;

    IntList(int capacity) {
        values = new int[capacity];
    }

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1) + 16);
        }
        values[size++] = value;
    }

    void addAll(int[] more) {
        if (size + more.length > values.length) {
            values = Arrays.copyOf(values, Math.max(size + more.length, size + (size >> 1)));
        }
        System.arraycopy(more, 0, values, size, more.length);
        size += more.length;
    }

    int get(int at) {
        return values[at];
    }

    int[] copy(int from, int length) {
        return Arrays.copyOfRange(values, from, from + length);
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }
}
