package org.gavel.node.simulation.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.gavel.node.server.VerdictWatcher;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;

/**
 * The verdicts' reliable multicast, over all nodes and the whole run (invariant 8). At each delivery: per stay of an origin in order, without a gap, each once, as its
 * origin sent it, the same at all. At the end: what one correct member of a message's view delivered, all correct members of that view did. Correct is who has been
 * a member without a break from that view to the end. A message counts even if it came after its view was over: virtual synchrony is not asked for, agreement is.
 */
final class MulticastCheck {
    /** A message first delivered later than so long before the end may still be under way: reports go every 500 ms, and a pause may last 15 of the quiet 30 s. */
    static final long UNDER_WAY_MS = 10_000;

    /** Names a message for ever: the start that sent it, and its number in that ring. */
    private record Name(long foundation, PeerId origin, long number) {
        @Override
        public String toString() {
            return "multicast " + number + " of " + origin;
        }
    }

    private static final class Told {
        private final Message.Multicast sent;
        /** The origin's: who was put out alive begins its messages anew when it is back. */
        private final Seat from;
        private final long firstMs;
        /** Who delivered it, and in which of its seats. */
        private final Map<SimulatedNode, Seat> by = new IdentityHashMap<>();

        Told(Message.Multicast sent, Seat from, long firstMs) {
            this.sent = sent;
            this.from = from;
            this.firstMs = firstMs;
        }
    }

    /** One membership of one start, from its first view to its end. */
    private static final class Seat {
        private ViewId first = ViewId.NONE;
        private long lastNumber;
        private final Map<Seat, Long> heard = new IdentityHashMap<>();
    }

    private final LongSupplier nowMs;
    private final Consumer<Violation> complain;
    private final Map<Name, Told> told = new LinkedHashMap<>();
    /** By foundation and number, as whoever was first installed them. */
    private final Map<Long, TreeMap<Long, RingView>> views = new HashMap<>();
    private final Map<SimulatedNode, Seat> seats = new LinkedHashMap<>();
    private long agreed;

    MulticastCheck(LongSupplier nowMs, Consumer<Violation> complain) {
        this.nowMs = nowMs;
        this.complain = complain;
    }

    /** To be called before the node enters its first ring. */
    void watch(SimulatedNode node) {
        node.inside().watchVerdicts(watcher(node));
    }

    VerdictWatcher watcher(SimulatedNode node) {
        return new VerdictWatcher() {
            @Override
            public void onSeat() {
                seats.put(node, new Seat());
            }

            @Override
            public void onView(RingView view) {
                installed(seats.get(node), view);
            }

            @Override
            public void onDelivered(Message.Multicast sent) {
                delivered(node, seats.get(node), sent);
            }
        };
    }

    /** Deliveries that all correct members share, by the last {@link #judge}. */
    long agreed() {
        return agreed;
    }

    private void installed(Seat seat, RingView view) {
        views.computeIfAbsent(view.id().foundation(), f -> new TreeMap<>()).putIfAbsent(view.id().number(), view);
        if (seat.first.isNone()) {
            seat.first = view.id();
        }
        seat.lastNumber = view.id().number();
    }

    private void delivered(SimulatedNode node, Seat seat, Message.Multicast sent) {
        Name name = new Name(sent.view().foundation(), sent.origin(), sent.sequence());
        Told known = told.get(name);
        if (known == null) {
            known = new Told(sent, seat, nowMs.getAsLong());
            told.put(name, known);
            if (!sent.origin().equals(node.self().peer())) {
                complain(InvariantNames.FIFO, node + " delivers " + name + ", which that one has not sent");
            }
        } else if (!known.sent.view().equals(sent.view()) || !Arrays.equals(known.sent.bytes(), sent.bytes())) {
            complain(InvariantNames.AGREEMENT, node + " delivers " + name + " of view " + sent.view() + ", and others delivered another one of view " + known.sent.view()
                + " as that");
        }
        Long before = seat.heard.put(known.from, sent.sequence());
        if (known.by.put(node, seat) != null) {
            complain(InvariantNames.FIFO, node + " delivers " + name + " again");
        } else if (before != null && sent.sequence() != before + 1) {
            complain(InvariantNames.FIFO, node + " delivers " + name + " behind " + before);
        }
    }

    /** The run is over, and nothing has been disturbed for long enough. */
    void judge() {
        agreed = 0;
        long latestMs = nowMs.getAsLong() - UNDER_WAY_MS;
        Map<SimulatedNode, Seat> present = new LinkedHashMap<>();
        seats.forEach((node, seat) -> {
            if (node.isAlive() && node.inside().isMember()) {
                present.put(node, seat);
            }
        });
        told.forEach((name, one) -> {
            if (one.firstMs <= latestMs) {
                judge(name, one, present);
            }
        });
    }

    private void judge(Name name, Told one, Map<SimulatedNode, Seat> present) {
        SimulatedNode has = null;
        List<SimulatedNode> lack = new ArrayList<>();
        for (Map.Entry<SimulatedNode, Seat> member : present.entrySet()) {
            if (one.by.get(member.getKey()) == member.getValue()) {
                agreed++;
                has = isCorrect(member.getKey(), member.getValue(), one.sent.view()) ? member.getKey() : has;
            } else if (isCorrect(member.getKey(), member.getValue(), one.sent.view())) {
                lack.add(member.getKey());
            }
        }
        if (has != null && !lack.isEmpty()) {
            complain(InvariantNames.AGREEMENT, has + " delivered " + name + " of view " + one.sent.view() + " " + (nowMs.getAsLong() - one.firstMs) + " ms ago at the latest, and "
                + lack + ", a member ever since, never did");
        }
    }

    /** A member in that view and every one since, as they were installed; one that nobody installed proves nothing, and counts as a break. */
    private boolean isCorrect(SimulatedNode node, Seat seat, ViewId view) {
        if (seat.first.foundation() != view.foundation() || seat.first.number() > view.number()) {
            return false;
        }
        TreeMap<Long, RingView> known = views.get(view.foundation());
        for (long number = view.number(); number <= seat.lastNumber; number++) {
            RingView one = known.get(number);
            if (one == null || !one.contains(node.self().peer())) {
                return false;
            }
        }
        return true;
    }

    private void complain(String invariant, String sentence) {
        complain.accept(new Violation(invariant, sentence));
    }
}
