package org.gavel.protocol.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Store;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.Message;

/**
 * Messages between parties in virtual time, without datagrams: message counts are exact, and every fate of a message is a test's
 * choice. Each event (an arrival, a timer) is one pass of its party's event loop.
 */
public final class VirtualNetwork {
    /** What becomes of one message: delays in ms of each copy that arrives; empty: lost. */
    public interface Fate {
        List<Long> of(NodeRef from, Address to, Message message);
    }

    /** Above a party: gets what arrives for it. */
    public interface Receiver {
        void onMessage(PeerId from, Address address, long group, Message message);
    }

    private record Event(long atMs, long number, Runnable task) implements Comparable<Event> {
        @Override public int compareTo(Event other) {
            return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Address, Party> parties = new LinkedHashMap<>();
    private final Random random;
    private long nowMs = 1_000_000;
    private long eventNumber;
    private Fate fate = (from, to, message) -> List.of(1L);
    private boolean tracing = true;
    public final List<TraceEvent> traces = new ArrayList<>();
    public final List<Message> sent = new ArrayList<>();

    public VirtualNetwork(long seed) {
        random = new Random(seed);
    }

    public void fate(Fate newFate) {
        fate = newFate;
    }

    /** Thousands of runs that nobody looks at are several times faster without traces. */
    public void withoutTraces() {
        tracing = false;
    }

    public Random random() {
        return random;
    }

    public long nowMs() {
        return nowMs;
    }

    public static NodeRef node(long uid, int port) {
        return node(uid, 1, port);
    }

    public static NodeRef node(long uid, long incarnation, int port) {
        return new NodeRef(new Uid(uid), incarnation, new Address(0x7f000001, port), "", new ProcessIdentity("virtual", port, incarnation));
    }

    public Party party(NodeRef ref) {
        Party party = new Party(ref);
        parties.put(ref.address(), party);
        return party;
    }

    public void runFor(long ms) {
        runUntil(nowMs + ms);
    }

    /** Runs events up to this time, then sets the clock to it. */
    public void runUntil(long untilMs) {
        while (!events.isEmpty() && events.peek().atMs() <= untilMs) {
            step();
        }
        nowMs = Math.max(nowMs, untilMs);
    }

    /** Runs the next event; false if there is none. */
    public boolean step() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        nowMs = Math.max(nowMs, event.atMs());
        event.task().run();
        return true;
    }

    private void at(long atMs, Runnable task) {
        events.add(new Event(atMs, eventNumber++, task));
    }

    /** One process: its host and its links. */
    public final class Party implements Host, Links {
        private final NodeRef ref;
        private Receiver receiver = (from, address, group, message) -> { };
        private final ArrayDeque<Runnable> endOfPass = new ArrayDeque<>();
        private final List<Runnable> held = new ArrayList<>();
        private final Set<ProcessIdentity> ended = new HashSet<>();
        private boolean alive = true;
        private boolean stopped;
        private long resendTimerMs = 30;

        private Party(NodeRef ref) {
            this.ref = ref;
        }

        public NodeRef ref() {
            return ref;
        }

        public void receiver(Receiver newReceiver) {
            receiver = newReceiver;
        }

        /** The process ends: nothing of it runs or arrives any more. */
        public void crash() {
            alive = false;
        }

        public boolean isAlive() {
            return alive;
        }

        /** The process does not run; its timers and arrivals wait. */
        public void pause() {
            stopped = true;
        }

        public void resume() {
            stopped = false;
            List<Runnable> waiting = new ArrayList<>(held);
            held.clear();
            waiting.forEach(task -> at(nowMs, task));
        }

        /** From now on this host reports that process as ended. */
        public void sawEnd(ProcessIdentity process) {
            ended.add(process);
        }

        public void resendTimerMs(long ms) {
            resendTimerMs = ms;
        }

        /** Runs something as one pass of this party's loop. */
        public void pass(Runnable task) {
            if (!alive) {
                return;
            }
            if (stopped) {
                held.add(() -> pass(task));
                return;
            }
            task.run();
            while (!endOfPass.isEmpty()) {
                endOfPass.poll().run();
            }
        }

        private void deliver(NodeRef from, PeerId meantFor, long group, Message message) {
            if (meantFor.equals(PeerId.UNKNOWN) || meantFor.equals(ref.peer())) {
                pass(() -> receiver.onMessage(from.peer(), from.address(), group, message));
            }
        }

        @Override public void sendUnreliable(NodeRef to, long group, Message message) {
            sendUnreliable(to.address(), to.peer(), group, message);
        }

        @Override public void sendUnreliable(Address to, PeerId meantFor, long group, Message message) {
            sent.add(message);
            for (long delayMs : fate.of(ref, to, message)) {
                at(nowMs + delayMs, () -> {
                    Party target = parties.get(to);
                    if (target != null) {
                        target.deliver(ref, meantFor, group, message);
                    }
                });
            }
        }

        @Override public boolean send(NodeRef to, long group, Message message) {
            sendUnreliable(to, group, message);
            return true;
        }

        @Override public Cancellable schedule(long delayMs, Runnable task) {
            boolean[] cancelled = new boolean[1];
            at(nowMs + delayMs, () -> pass(() -> {
                if (!cancelled[0]) {
                    task.run();
                }
            }));
            return () -> cancelled[0] = true;
        }

        @Override public void atEndOfPass(Runnable task) {
            endOfPass.add(task);
        }

        @Override public ProcessState processState(ProcessIdentity process) {
            return ended.contains(process) ? ProcessState.ENDED : ProcessState.UNKNOWN;
        }

        @Override public long nowMs() {
            return nowMs;
        }

        @Override public long nowNs() {
            return nowMs * 1_000_000;
        }

        @Override public long wallClockMs() {
            return nowMs;
        }

        @Override public Address address() {
            return ref.address();
        }

        @Override public long random() {
            return random.nextLong();
        }

        @Override public boolean tracing() {
            return tracing;
        }

        @Override public void trace(TraceEvent event) {
            traces.add(event);
        }

        @Override public long resendTimerMs(NodeRef peer) {
            return resendTimerMs;
        }

        @Override public int room(NodeRef to) {
            return 1_024;
        }

        @Override public long roundTripMicros(NodeRef peer) {
            return 0;
        }

        @Override public void close(NodeRef peer) { }

        @Override public void watch(Address peer) { }

        @Override public void unwatch(Address peer) { }

        @Override public void broadcast(long group, Message message) {
            throw new UnsupportedOperationException("no broadcast here");
        }

        @Override public void broadcast(byte[] datagram, int length) {
            throw new UnsupportedOperationException("no datagrams here");
        }

        @Override public void send(Address to, byte[] datagram, int length) {
            throw new UnsupportedOperationException("no datagrams here");
        }

        @Override public Store store() {
            throw new UnsupportedOperationException("no store here");
        }

        /** How late the present timer runs; timers of a paused party run late by measure of {@link #nowMs}. */
        public long lastTimerLatenessMs() {
            return 0;
        }
    }
}
