package org.gavel.protocol.host;

import java.util.Arrays;

/**
 * A binary heap of deadlines, ordered by (deadline, order of insertion), whose entries know their place: taking one back costs
 * O(log n) and leaves nothing behind. A link moves its resend timer with nearly every datagram; a heap that only marks cancelled
 * entries would keep tens of thousands of dead ones until their deadlines pass.
 *
 * @param <T> what is scheduled
 */
public final class DeadlineHeap<T extends DeadlineHeap.Entry> {
    /** One deadline; in at most one heap at a time. */
    public abstract static class Entry {
        private static final int ABSENT = -1;
        private long deadlineNs;
        private long order;
        private int position = ABSENT;

        public final long deadlineNs() {
            return deadlineNs;
        }

        /** Counts the insertions of the heap: a smaller number was inserted earlier. */
        public final long order() {
            return order;
        }

        private boolean isBefore(Entry other) {
            return deadlineNs != other.deadlineNs ? deadlineNs < other.deadlineNs : order < other.order;
        }
    }

    private Entry[] entries = new Entry[64];
    private int size;
    private long inserted;

    public int size() {
        return size;
    }

    /** The order that the next inserted entry will have. */
    public long nextOrder() {
        return inserted;
    }

    /** Inserts an entry that is in no heap. */
    public void add(T entry, long deadlineNs) {
        Entry added = entry;
        if (added.position != Entry.ABSENT) {
            throw new IllegalStateException("the entry is already scheduled");
        }
        added.deadlineNs = deadlineNs;
        added.order = inserted++;
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        siftUp(size++, added);
    }

    /** The earliest entry, or null. */
    @SuppressWarnings("unchecked")
    public T peek() {
        return size == 0 ? null : (T) entries[0];
    }

    /** Takes out the earliest entry, or returns null. */
    public T poll() {
        T first = peek();
        if (first != null) {
            remove(first);
        }
        return first;
    }

    /** Takes an entry back; false if it is not in the heap. */
    public boolean remove(T entry) {
        Entry removed = entry;
        int hole = removed.position;
        if (hole == Entry.ABSENT) {
            return false;
        }
        removed.position = Entry.ABSENT;
        Entry last = entries[--size];
        entries[size] = null;
        if (last != removed) {
            siftDown(hole, last);
            if (entries[hole] == last) {
                siftUp(hole, last);
            }
        }
        return true;
    }

    private void siftUp(int from, Entry entry) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!entry.isBefore(entries[parent])) {
                break;
            }
            place(at, entries[parent]);
            at = parent;
        }
        place(at, entry);
    }

    private void siftDown(int from, Entry entry) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && entries[child + 1].isBefore(entries[child])) {
                child++;
            }
            if (!entries[child].isBefore(entry)) {
                break;
            }
            place(at, entries[child]);
            at = child;
        }
        place(at, entry);
    }

    private void place(int at, Entry entry) {
        entries[at] = entry;
        entry.position = at;
    }
}
