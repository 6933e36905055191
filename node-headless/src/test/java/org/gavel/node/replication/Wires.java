package org.gavel.node.replication;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/** Reliable FIFO links between test nodes, with seeded delays, small windows, cuts (messages wait) and renewals (messages are lost, both ends are told). */
final class Wires {
    static final int WINDOW = 40;

    private record Pair(PeerId from, PeerId to) { }

    private record Queued(Message message, long readyAtNs) { }

    private final SimulatedNetwork network;
    private final SplittableRandom random;
    private final Map<PeerId, TestNode> nodes = new HashMap<>();
    private final Map<Pair, ArrayDeque<Queued>> queues = new HashMap<>();
    private final Map<Pair, Long> slowUntilNs = new HashMap<>();
    private final Set<Pair> cuts = new HashSet<>();
    private final Set<Pair> full = new HashSet<>();
    /** Messages that a golden test wants to never arrive. */
    Predicate<Message> lost = m -> false;
    long delayMaxMs = 3;
    long delivered;

    Wires(SimulatedNetwork network, long seed) {
        this.network = network;
        this.random = new SplittableRandom(seed);
    }

    Links attach(TestNode node) {
        nodes.put(node.ref.peer(), node);
        return new FakeLinks(node);
    }

    void cut(TestNode a, TestNode b) {
        cuts.add(new Pair(a.ref.peer(), b.ref.peer()));
        cuts.add(new Pair(b.ref.peer(), a.ref.peer()));
    }

    /** Everything flows again. */
    void mend() {
        Set<Pair> were = new HashSet<>(cuts);
        cuts.clear();
        slowUntilNs.clear();
        were.stream().sorted((x, y) -> x.toString().compareTo(y.toString())).forEach(this::pump);
    }

    /** Whatever is under way never arrives, and nobody is told: as if the receivers were gone before. */
    void dropAll() {
        queues.clear();
        full.clear();
    }

    /** Only these talk to each other, all others to nobody. */
    void only(java.util.List<TestNode> all, TestNode... together) {
        dropAll();
        cuts.clear();
        java.util.List<TestNode> group = java.util.List.of(together);
        for (TestNode a : all) {
            for (TestNode b : all) {
                if (a != b && !(group.contains(a) && group.contains(b))) {
                    cut(a, b);
                }
            }
        }
    }

    void isolate(TestNode node, Iterable<TestNode> others) {
        for (TestNode other : others) {
            if (other != node) {
                cut(node, other);
            }
        }
    }

    void slow(TestNode from, TestNode to, long ms) {
        slowUntilNs.put(new Pair(from.ref.peer(), to.ref.peer()), network.nowNs() + ms * 1_000_000);
    }

    /** What is under way between the two is lost; both start anew, as when a link was given up and opened again. */
    void renew(TestNode a, TestNode b) {
        queues.remove(new Pair(a.ref.peer(), b.ref.peer()));
        queues.remove(new Pair(b.ref.peer(), a.ref.peer()));
        full.remove(new Pair(a.ref.peer(), b.ref.peer()));
        full.remove(new Pair(b.ref.peer(), a.ref.peer()));
        a.host.execute(() -> a.group.onUndelivered(b.ref));
        b.host.execute(() -> b.group.onUndelivered(a.ref));
    }

    private void enqueue(Pair pair, Message message) {
        long ready = network.nowNs() + (random.nextInt((int) delayMaxMs * 1000) + 50) * 1000L;
        queues.computeIfAbsent(pair, p -> new ArrayDeque<>()).add(new Queued(message, ready));
        pump(pair);
    }

    private void pump(Pair pair) {
        ArrayDeque<Queued> queue = queues.get(pair);
        TestNode to = nodes.get(pair.to());
        if (queue == null || queue.isEmpty() || to == null || !to.host.isAlive()) {
            return;
        }
        Queued head = queue.peek();
        long at = Math.max(head.readyAtNs(), slowUntilNs.getOrDefault(pair, 0L));
        long delayMs = Math.max(0, (at - network.nowNs() + 999_999) / 1_000_000);
        to.host.schedule(delayMs, () -> arrive(pair, queue, head));
    }

    private void arrive(Pair pair, ArrayDeque<Queued> queue, Queued head) {
        if (cuts.contains(pair) || queues.get(pair) != queue || queue.peek() != head || slowUntilNs.getOrDefault(pair, 0L) > network.nowNs()) {
            if (!cuts.contains(pair) && queues.get(pair) == queue && queue.peek() == head) {
                pump(pair);
            }
            return;
        }
        queue.poll();
        TestNode from = nodes.get(pair.from());
        if (full.remove(pair) && from.host.isAlive()) {
            from.host.execute(() -> from.group.onRoom(nodes.get(pair.to()).ref));
        }
        delivered++;
        pump(pair);
        if (!lost.test(head.message())) {
            nodes.get(pair.to()).receive(from.ref, head.message());
        }
    }

    private final class FakeLinks implements Links {
        private final TestNode self;

        FakeLinks(TestNode self) {
            this.self = self;
        }

        @Override
        public boolean send(NodeRef to, long group, Message message) {
            Pair pair = new Pair(self.ref.peer(), to.peer());
            if (room(to) <= 0) {
                full.add(pair);
                return false;
            }
            enqueue(pair, message);
            return true;
        }

        @Override
        public int room(NodeRef to) {
            ArrayDeque<Queued> queue = queues.get(new Pair(self.ref.peer(), to.peer()));
            return WINDOW - (queue == null ? 0 : queue.size());
        }

        @Override
        public void sendUnreliable(NodeRef to, long group, Message message) {
            throw new UnsupportedOperationException("a group sends reliably");
        }

        @Override
        public void sendUnreliable(Address to, PeerId receiver, long group, Message message) {
            throw new UnsupportedOperationException("a group sends reliably");
        }

        @Override
        public void broadcast(long group, Message message) {
            throw new UnsupportedOperationException("a group never broadcasts");
        }

        @Override
        public void close(NodeRef peer) { }

        @Override
        public long roundTripMicros(NodeRef peer) {
            return 0;
        }

        @Override
        public long resendTimerMs(NodeRef peer) {
            return 30;
        }
    }
}
