package org.gavel.node.replication;

import java.util.ArrayList;
import java.util.List;

/** The newest configuration known committed, and those behind it in the log, oldest first. Empty in a newcomer that knows none yet. */
final class ConfigurationHistory {
    private final List<Configuration> known = new ArrayList<>();

    /** Starts anew from one that is committed. */
    void reset(Configuration committed) {
        known.clear();
        known.add(committed);
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Newest known committed. */
    Configuration committed() {
        return known.isEmpty() ? null : known.get(0);
    }

    /** The last in the log, committed or not. */
    Configuration latest() {
        return known.isEmpty() ? null : known.get(known.size() - 1);
    }

    /** All, the committed one first. */
    List<Configuration> all() {
        return known;
    }

    boolean isPending() {
        return known.size() > 1;
    }

    void append(Configuration configuration) {
        known.add(configuration);
    }

    /** The log was cut from {@code index} on. */
    void truncateFrom(long index) {
        known.removeIf(c -> c != known.get(0) && c.index() >= index);
    }

    /** The entry of {@code index} is committed: earlier configurations no longer matter. */
    void committed(long index) {
        while (known.size() > 1 && known.get(1).index() <= index) {
            known.remove(0);
        }
    }

    /** The configuration that decides on the entry at {@code index}: the last one before it. */
    Configuration deciding(long index) {
        Configuration found = known.get(0);
        for (Configuration c : known) {
            if (c.index() < index) {
                found = c;
            }
        }
        return found;
    }

    /** The last index that the configuration decides on: the next one's own entry, or all behind it. */
    long decidesUpTo(Configuration configuration) {
        int next = known.indexOf(configuration) + 1;
        return next < known.size() ? known.get(next).index() : Long.MAX_VALUE;
    }
}
