package org.gavel.protocol.host.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The state of every directed pair of places: cut, clogged, and when its latest datagram arrives. Looked up by key, never iterated. */
final class Routes {
    private final Set<Long> cut = new HashSet<>();
    private final Map<Long, Long> clogUntilNs = new HashMap<>();
    private final Map<Long, Long> latestArrivalNs = new HashMap<>();

    private long clogged;

    void cut(int from, int to) {
        cut.add(key(from, to));
    }

    void mend(int from, int to) {
        cut.remove(key(from, to));
        clogUntilNs.remove(key(from, to));
    }

    void mendAll() {
        cut.clear();
        clogUntilNs.clear();
    }

    void clog(int from, int to, long untilNs) {
        clogUntilNs.put(key(from, to), untilNs);
    }

    long clogged() {
        return clogged;
    }

    boolean isCut(int from, int to) {
        return !cut.isEmpty() && cut.contains(key(from, to));
    }

    /** When a datagram that would take until {@code wishedNs} arrives: behind a clog, and, unless it is held back, behind those before it. */
    long arrivalNs(int from, int to, long wishedNs, boolean overtaken) {
        long key = key(from, to);
        long arrival = Math.max(wishedNs, clogUntilNs.isEmpty() ? 0 : clogUntilNs.getOrDefault(key, 0L));
        clogged += arrival > wishedNs ? 1 : 0;
        if (overtaken) {
            return arrival;
        }
        arrival = Math.max(arrival, latestArrivalNs.getOrDefault(key, 0L));
        latestArrivalNs.put(key, arrival);
        return arrival;
    }

    private static long key(int from, int to) {
        // Spread by itself: a Long's own hash makes one bucket of all pairs with equal from ^ to.
        return ((long) from << 32 | to & 0xffffffffL) * 0x9E3779B97F4A7C15L;
    }
}
