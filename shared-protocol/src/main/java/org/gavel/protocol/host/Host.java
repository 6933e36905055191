package org.gavel.protocol.host;

import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * All that a protocol knows of the machine it runs on. Single-threaded: every call comes from, and every callback goes to, the
 * host's one thread. Two implementations: {@code UdpHost} (one NIO selector, real clock) and {@code SimulatedHost} (virtual
 * clock, seeded network). Nothing above this interface touches a thread, socket, wall clock, {@code Random}, file or logger.
 */
public interface Host {
    /** Monotonic time in ms, from an arbitrary origin. Constant within one pass of the event loop is allowed. */
    long nowMs();

    /** Monotonic time in ns, same origin as {@link #nowMs}; for round-trip estimates. */
    long nowNs();

    /** Wall-clock time in ms since 1970; for incarnations and display only, never for deadlines. */
    long wallClockMs();

    /** The unicast address that this host receives on, to be announced to others. */
    Address address();

    /** Sends one datagram; it may be lost, doubled, delayed or reordered. The bytes are copied or sent before the call returns. */
    void send(Address to, byte[] datagram, int length);

    /** Sends one datagram to the discovery port of every machine of the LAN (and every process of this one), the sender included. */
    void broadcast(byte[] datagram, int length);

    /** Runs {@code task} once, {@code delayMs} (0 or more) from now, unless cancelled. Never runs it within the call. */
    Cancellable schedule(long delayMs, Runnable task);

    /**
     * Runs {@code task} at the end of the present pass of the event loop: after all datagrams that had arrived together and all
     * timers that were due. What a pass produced for one peer so leaves in one datagram. Tasks run in the order of the calls.
     */
    void atEndOfPass(Runnable task);

    /**
     * Runs {@code task} when this pass has nothing else left to do: behind every {@link #atEndOfPass} task and every completion of
     * the store, those that came of them included. The place where datagrams are put together and leave; were it just another
     * end-of-pass task, what a later task produces (a 'held' after its store completed) would need a datagram of its own.
     */
    default void atFlush(Runnable task) {
        atEndOfPass(task);
    }

    /**
     * By how many ms the most recent timer ran later than asked for: a node that was not scheduled, or was paused, learns so that its own
     * suspicions are worth nothing (protocol.md section 5).
     */
    default long lastTimerLatenessMs() {
        return 0;
    }

    /** Which process this is, to be announced; {@code UNKNOWN} where there is no way to tell. */
    default ProcessIdentity process() {
        return ProcessIdentity.UNKNOWN;
    }

    /** 64 random bits (seeded in simulation). */
    long random();

    /** The durable log of this node. */
    Store store();

    /** Asks for crash hints about this address (a connected channel); idempotent. Hints come by {@link DatagramReceiver#onCrashHint}. */
    void watch(Address peer);

    /** Ends {@link #watch}. */
    void unwatch(Address peer);

    /** True if a trace would be looked at: guards the cost of making one. */
    boolean tracing();

    /** True if traces of a group's single messages, sampled, would be looked at too: by people who watch a diagram, not by the report of a failure. */
    default boolean tracingMessages() {
        return tracing();
    }

    void trace(TraceEvent event);

    /** What the operating system says of a process on this same machine. */
    ProcessState processState(ProcessIdentity process);

    /** Answer of {@link #processState}. */
    enum ProcessState {
        /** That pid with that start time runs. */
        RUNNING,
        /** That pid with that start time is gone for good. */
        ENDED,
        /** Another machine, another pid namespace, or no way to tell. */
        UNKNOWN
    }

    /** A timer that can be taken back; cancelling twice, or after it ran, does nothing. */
    interface Cancellable {
        void cancel();
    }
}
