package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that was ever committed anywhere, in order; each such history once, by number. 0 is the empty one. */
final class Committed {
    /** One entry. {@code epoch}: the lowest in which a leader committed it. {@code bid}: 0 for other entries. */
    record Entry(long checksum, long epoch, long bid, String entry) { }

    private record Extension(int history, GroupSeen.Applied applied) { }

    private final Map<List<Entry>, Integer> ids = new HashMap<>();
    private final List<List<Entry>> histories = new ArrayList<>();
    private final Map<Extension, Integer> extended = new HashMap<>();

    Committed() {
        intern(List.of());
    }

    List<Entry> entries(int history) {
        return histories.get(history);
    }

    /** The history with what a node applied; throws if the two contradict. */
    int with(int history, GroupSeen.Applied applied) {
        return extended.computeIfAbsent(new Extension(history, applied), e -> intern(extend(histories.get(history), applied)));
    }

    private int intern(List<Entry> entries) {
        return ids.computeIfAbsent(entries, e -> {
            histories.add(e);
            return histories.size() - 1;
        });
    }

    private static List<Entry> extend(List<Entry> before, GroupSeen.Applied applied) {
        int at = (int) applied.index() - 1;
        List<Entry> after = new ArrayList<>(before);
        if (at < before.size()) {
            Entry known = before.get(at);
            if (known.checksum() != applied.checksum()) {
                throw new Broken("committed-logs-agree", "entry " + applied.index() + " was committed as " + known.entry() + " and is applied as " + applied.entry());
            }
            if (applied.leaderOf() != 0 && applied.leaderOf() < known.epoch()) {
                after.set(at, new Entry(known.checksum(), applied.leaderOf(), known.bid(), known.entry()));
            }
            return after;
        }
        if (at > before.size() || applied.leaderOf() == 0) {
            throw new Broken("committed-by-a-leader", "entry " + applied.index() + " (" + applied.entry() + ") is applied where " + before.size() + " are committed");
        }
        long bids = before.stream().filter(e -> e.bid() != 0).count();
        if (applied.bid() != 0 && applied.bid() != bids + 1) {
            throw new Broken("bids-once-and-in-order", "bid " + applied.bid() + " is committed behind " + bids + " bids");
        }
        after.add(new Entry(applied.checksum(), applied.leaderOf(), applied.bid(), applied.entry()));
        return after;
    }
}
