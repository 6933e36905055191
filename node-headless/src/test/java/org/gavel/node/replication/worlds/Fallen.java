package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The logs that leaders had when they stopped leading, by epoch; each such collection once, by number. 0 is the empty one. So invariants do not depend on who is deposed before what commits. */
final class Fallen {
    /** @param checksums by index, from 1 on */
    record Log(int epoch, List<Long> checksums) {
        boolean has(long index, long checksum) {
            return index < checksums.size() && checksums.get((int) index) == checksum;
        }
    }

    private final Map<List<Log>, Integer> ids = new HashMap<>();
    private final List<List<Log>> all = new ArrayList<>();

    Fallen() {
        intern(List.of());
    }

    List<Log> logs(int id) {
        return all.get(id);
    }

    int with(int id, int epoch, long[] checksums) {
        List<Log> logs = new ArrayList<>(all.get(id));
        List<Long> log = new ArrayList<>();
        for (long checksum : checksums) {
            log.add(checksum);
        }
        logs.add(new Log(epoch, log));
        logs.sort((a, b) -> a.epoch() - b.epoch());
        return intern(logs);
    }

    private int intern(List<Log> logs) {
        return ids.computeIfAbsent(logs, l -> {
            all.add(l);
            return all.size() - 1;
        });
    }
}
