package org.gavel.desktop.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.monitor.NodeStatus.LogStatus;

/** The copies of one log, side by side: the same columns for every member, so that a hole or a lag is seen. */
final class LogCells {
    static final int COLUMNS = 8;

    private final long first;
    private final long last;

    /** @param logs every member's copy; columns are the last 8 up to the highest index that any of them has */
    LogCells(List<LogStatus> logs) {
        last = logs.stream().mapToLong(LogStatus::lastIndex).max().orElse(0);
        first = Math.max(1, last - COLUMNS + 1);
    }

    /** @param old this copy's last word is older than those of others: what it does not name, it may hold by now */
    List<LogCell> of(LogStatus log, boolean old) {
        Map<Long, LogCell> held = new HashMap<>();
        for (String entry : log.tail() == null ? List.<String>of() : log.tail()) {
            parse(entry, log.commitIndex(), held);
        }
        List<LogCell> cells = new ArrayList<>();
        for (long index = first; index <= last; index++) {
            LogCell missing = index <= log.lastIndex() && !held.isEmpty() && index < held.keySet().stream().min(Long::compare).orElse(index)
                ? new LogCell(index, "", LogCell.State.COMMITTED)
                : new LogCell(index, "", old && index > log.lastIndex() ? LogCell.State.UNTOLD : LogCell.State.MISSING);
            cells.add(held.getOrDefault(index, missing));
        }
        return cells;
    }

    /** An entry reads 'epoch.index+' (committed), '-' (held only), '?' (on its way to the store). */
    private static void parse(String entry, long commitIndex, Map<Long, LogCell> into) {
        int dot = entry.indexOf('.');
        if (dot < 1 || entry.length() < dot + 3) {
            return;
        }
        String label = entry.substring(0, entry.length() - 1);
        String digits = label.substring(dot + 1);
        if (!digits.chars().allMatch(Character::isDigit) || digits.length() > 18) {
            return;
        }
        long index = Long.parseLong(digits);
        boolean committed = entry.endsWith("+") || index <= commitIndex;
        if (!entry.endsWith("?")) {
            into.put(index, new LogCell(index, label, committed ? LogCell.State.COMMITTED : LogCell.State.HELD));
        }
    }
}
