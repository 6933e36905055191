package org.gavel.protocol.host.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.gavel.protocol.monitor.TraceEvent;

/** Remembers what a run did: a hash over all of it, the last traces for people, and who listens. */
final class Recorder {
    private record Hook(Predicate<TraceEvent> when, Consumer<TraceEvent> action) { }

    private final List<Consumer<TraceEvent>> listeners = new ArrayList<>();
    private final List<Hook> hooks = new ArrayList<>();
    private final Deque<String> recent = new ArrayDeque<>();
    private final CRC32 crc = new CRC32();
    private int recentMax = 400;
    private boolean messages;
    private long hash = 0x243F6A8885A308D3L;

    boolean tracing() {
        return recentMax > 0 || !listeners.isEmpty() || !hooks.isEmpty();
    }

    boolean tracesMessages() {
        return messages;
    }

    void traceMessages() {
        messages = true;
    }

    void listen(Consumer<TraceEvent> listener) {
        listeners.add(listener);
    }

    void hook(Predicate<TraceEvent> when, Consumer<TraceEvent> action) {
        hooks.add(new Hook(when, action));
    }

    void keep(int events) {
        recentMax = events;
    }

    void traced(SimulatedHost host, long nowNs, TraceEvent event) {
        mix(nowNs);
        mix(((long) event.kind().hashCode() << 32) ^ event.sentence().hashCode() ^ host.place());
        if (recentMax > 0) {
            note(nowNs, host.name() + " " + event.protocol() + " " + event.kind() + (event.group() == 0 ? "" : " group " + event.group())
                + (event.subject().isNobody() ? "" : " " + event.subject().shortForm()) + ": " + event.sentence());
        }
        listeners.forEach(listener -> listener.accept(event));
        for (int i = 0; i < hooks.size(); i++) {
            if (hooks.get(i).when().test(event)) {
                hooks.get(i).action().accept(event);
            }
        }
    }

    /** A line among the recent ones: a fault injected, a crash. */
    void note(long nowNs, String line) {
        if (recentMax > 0) {
            recent.addLast(String.format(Locale.ROOT, "%12.3f ms  %s", nowNs / 1e6, line));
            if (recent.size() > recentMax) {
                recent.removeFirst();
            }
        }
    }

    void mix(long value) {
        hash = (Long.rotateLeft(hash, 5) ^ value) * 0x9E3779B97F4A7C15L;
    }

    void mix(byte[] bytes) {
        crc.reset();
        crc.update(bytes, 0, bytes.length);
        mix(crc.getValue() << 16 ^ bytes.length);
    }

    long hash() {
        return hash;
    }

    List<String> recent() {
        return List.copyOf(recent);
    }
}
