package org.gavel.node.simulation.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.protocol.wire.LogEntry;

/** All that was ever committed in one group, by whichever node was seen first to know it; every other node is held against it (invariant 2). */
final class CommittedLog {
    private final GroupKey key;
    private final Consumer<Committed> inOrder;
    /** Index i stands at i - 1; null where only a snapshot stood for it so far. */
    private final List<Committed> entries = new ArrayList<>();
    private int told;

    /** @param inOrder gets every entry once, in order, as soon as all before it are known */
    CommittedLog(GroupKey key, Consumer<Committed> inOrder) {
        this.key = key;
        this.inOrder = inOrder;
    }

    long lastIndex() {
        return entries.size();
    }

    /** The entry of that index, or null. */
    Committed at(long index) {
        return index < 1 || index > entries.size() ? null : entries.get((int) index - 1);
    }

    /** A node knows everything up to its committed index; what is behind {@code checked} has not been looked at. */
    void compare(String node, ReplicatedGroup group, long checked) {
        for (long index = Math.max(checked + 1, group.firstIndex()); index <= group.committedIndex(); index++) {
            LogEntry entry = group.entry(index);
            byte[] outcome = group.outcome(index);
            Committed known = at(index);
            if (known == null) {
                put(index, new Committed(entry, outcome));
            } else if (known.entry().checksum() != entry.checksum() || known.entry().epoch() != entry.epoch()) {
                throw new Violation(InvariantNames.LOGS_AGREE, key + ": " + node + " has committed " + entry + ", another node committed " + known.entry()
                    + " there: " + text(entry.body()) + " against " + text(known.entry().body()));
            } else if (!Arrays.equals(known.outcome(), outcome)) {
                throw new Violation(InvariantNames.LOGS_AGREE, key + ": equal entries " + entry + " had different outcomes, " + text(outcome) + " on " + node
                    + " against " + text(known.outcome()));
            }
        }
    }

    /** Whoever begins to serve has all that was committed in earlier epochs: as checksums are chained, the last such entry stands for all. */
    void compareNewLeader(String node, ReplicatedGroup group, long epoch) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Committed known = entries.get(i);
            if (known != null && known.entry().epoch() < epoch) {
                boolean has = group.lastIndex() >= i + 1 && (group.entry(i + 1) == null || group.entry(i + 1).checksum() == known.entry().checksum());
                if (!has) {
                    throw new Violation(InvariantNames.LOGS_AGREE, key + ": " + node + " serves in epoch " + epoch + " without " + known.entry()
                        + ", which was committed before: " + text(known.entry().body()));
                }
                return;
            }
        }
    }

    private void put(long index, Committed committed) {
        while (entries.size() < index) {
            entries.add(null);
        }
        entries.set((int) index - 1, committed);
        while (told < entries.size() && entries.get(told) != null) {
            inOrder.accept(entries.get(told++));
        }
    }

    private static String text(byte[] json) {
        String text = new String(json, java.nio.charset.StandardCharsets.UTF_8);
        return text.length() > 200 ? text.substring(0, 200) + ".." : text;
    }
}
