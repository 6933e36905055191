package org.gavel.protocol.multicast;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.Envelope;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageCodec;

/**
 * Reliable FIFO multicast to the members of a view, with agreement: what one correct member delivers, all do, even when the sender dies
 * halfway. See the package description.
 */
public final class FifoMulticast {
    /** Messages of one origin that are not known to be everywhere. */
    public static final int UNSTABLE_MAX = 1024;
    /** Messages of one origin that wait for an earlier one. */
    public static final int EARLY_MAX = 1024;
    /** Messages of views that are not installed here yet. */
    public static final int FUTURE_MAX = 1024;
    /** Origins remembered, members and former ones. */
    public static final int ORIGINS_MAX = 512;
    /** Messages sent again to one who lacks them, at a time. */
    private static final int RESEND_MAX = 64;
    /** How often members tell each other what they have delivered, while anything is unstable. */
    static final long STABILITY_MS = 500;

    /** What of an ended origin came early, and whose predecessor did not come within so many reports, is dropped: see {@link #giveUpEarly}. */
    private static final int REPORTS_IN_VAIN_MAX = 4;

    private enum Timer { STABILITY }

    private final long group;
    private final NodeRef self;
    private final Host host;
    private final Links links;
    private final MulticastDelivery delivery;
    private final MessageCodec codec = new MessageCodec();
    private final Timers<Timer> timers;

    private ViewId view = ViewId.NONE;
    private boolean member;
    /** Number of the view with which we came. */
    private long joinedAt;
    private final Map<PeerId, MulticastMember> others = new LinkedHashMap<>();
    private final Map<PeerId, OriginLog> origins = new LinkedHashMap<>();
    /** Logs of which something was delivered since the last report. */
    private final Set<OriginLog> changed = new LinkedHashSet<>();
    private final FutureMessages future = new FutureMessages(FUTURE_MAX);
    private long sequence;
    private long dropped;

    public FifoMulticast(long group, NodeRef self, Host host, Links links, MulticastDelivery delivery) {
        this.group = group;
        this.self = self;
        this.host = host;
        this.links = links;
        this.delivery = delivery;
        timers = new Timers<>(host, timer -> tellStability());
    }

    // ---------------------------------------------------------------- what the layer above calls

    /**
     * Sends to all members, oneself included (delivered at the end of the pass).
     *
     * @return false, and nothing is sent, if no view with this member is installed or {@link #UNSTABLE_MAX} messages are still unstable
     */
    public boolean multicast(Message inner) {
        OriginLog own = origin(self.peer());
        if (!member || own.unstable.size() >= UNSTABLE_MAX) {
            return false;
        }
        long stable = own.stable();
        own.delivered = ++sequence;
        Message.Multicast message = new Message.Multicast(self.peer(), view, sequence, stable, codec.encode(group, inner));
        host.atEndOfPass(() -> delivery.onDelivered(message, inner));
        if (others.isEmpty()) {
            return true;
        }
        keep(own, message);
        // A full window is repaired like a loss: the member's next stability report shows what it lacks.
        others.values().forEach(other -> links.send(other.node, group, message));
        return true;
    }

    /** A {@link Message.Multicast} or {@link Message.Stability} arrived from a member. */
    public void onMessage(PeerId from, Message message) {
        switch (message.type()) {
            case MULTICAST -> onMulticast((Message.Multicast) message);
            case STABILITY -> onStability(from, (Message.Stability) message);
            default -> throw new IllegalArgumentException("no message of the multicast: " + message.type());
        }
    }

    /** These senders are dead: passes what they left unstable on to all others. To be called before the view without them is installed. */
    public void flush(Collection<PeerId> dead) {
        for (PeerId origin : dead) {
            OriginLog log = origins.get(origin);
            if (log != null && !origin.equals(self.peer())) {
                log.ended = true;
                passOn(log);
                trace("flushed", origin, "passed on " + log.unstable.size() + " of its messages that may not be everywhere");
            }
        }
    }

    /** This view holds from now on; a view of another foundation starts afresh. */
    public void installView(ViewId id, List<NodeRef> members) {
        if (id.equals(view)) {
            return;
        }
        boolean wasMember = member;
        if (!wasMember || id.foundation() != view.foundation()) {
            becomeNewcomer(id);
        }
        view = id;
        member = members.stream().anyMatch(self::sameStart);
        takeMembers(members);
        forgetOrigins();
        future.take(id.foundation()).forEach(this::onMulticast);
        discardStable();
    }

    /** This member gives its group up: its reports end. */
    public void close() {
        member = false;
        timers.cancelAll();
    }

    /** Messages dropped because a bound was reached or they made no sense. */
    public long dropped() {
        return dropped;
    }

    /** Messages kept because they may not be everywhere. */
    public int unstable() {
        return logs().mapToInt(log -> log.unstable.size()).sum();
    }

    // ---------------------------------------------------------------- views

    /** What went on before, here or in another foundation, is no concern of us; the others' messages tell which of them is the first for us. */
    private void becomeNewcomer(ViewId id) {
        joinedAt = id.number();
        sequence = OriginLog.before(joinedAt);
        others.clear();
        origins.clear();
        changed.clear();
    }

    private void takeMembers(List<NodeRef> members) {
        Set<PeerId> present = new LinkedHashSet<>();
        members.forEach(m -> present.add(m.peer()));
        others.keySet().retainAll(present);
        for (NodeRef node : members) {
            if (!node.sameStart(self) && !others.containsKey(node.peer())) {
                others.put(node.peer(), new MulticastMember(node, view.number()));
                beginStay(node.peer());
            }
            origin(node.peer()).goesOn();
        }
        origins.values().stream().filter(log -> !present.contains(log.origin)).toList().forEach(this::becomeEnded);
    }

    private void becomeEnded(OriginLog log) {
        if (log.endedWith(view.number())) {
            origins.remove(log.origin);
            origins.put(log.origin, log); // those who have been gone for longest come first, and are the first to be forgotten
        }
        if (!log.ended) {
            log.ended = true;
            passOn(log);
        }
    }

    /** Whoever was here before, was put out and is back begins anew. */
    private void beginStay(PeerId origin) {
        OriginLog log = origins.get(origin);
        if (log != null) {
            heardOf(log, OriginLog.before(view.number()));
        }
    }

    /**
     * What comes before it went down with its sender, or is with those that cannot be reached now: as if it had been lost on its way, too. Whoever has what is missing
     * keeps all of it until we have it, and tells us in its own reports; else those that miss it would report for ever.
     */
    private void giveUpEarly(OriginLog log) {
        if (log.ended && !log.early.isEmpty() && ++log.reportsInVain >= REPORTS_IN_VAIN_MAX) {
            trace("gave-up", log.origin, "dropped " + log.early.size() + " of its messages: nobody who has the one before them can be reached");
            log.early.clear();
            log.reportsInVain = 0;
        }
    }

    private void forgetOrigins() {
        for (Iterator<Map.Entry<PeerId, OriginLog>> i = origins.entrySet().iterator(); i.hasNext() && origins.size() > ORIGINS_MAX;) {
            Map.Entry<PeerId, OriginLog> one = i.next();
            if (!others.containsKey(one.getKey()) && !one.getKey().equals(self.peer())) {
                i.remove();
                changed.removeIf(log -> log.origin.equals(one.getKey()));
                others.values().forEach(other -> other.forget(one.getKey()));
            }
        }
    }

    private OriginLog origin(PeerId origin) {
        return origins.computeIfAbsent(origin, key -> {
            OriginLog log = new OriginLog(key);
            if (key.equals(self.peer())) {
                log.heardOf(sequence);
                log.delivered = sequence;
            }
            return log;
        });
    }

    // ---------------------------------------------------------------- messages

    private void onMulticast(Message.Multicast message) {
        boolean ahead = message.view().foundation() != view.foundation() || message.view().number() > view.number();
        if (ahead) {
            dropped += future.keep(message) ? 0 : 1;
            return;
        }
        OriginLog newest = origins.get(message.origin());
        if (newest == null || !member || !OriginLog.fit(message.stableUpTo(), message.sequence())) {
            return;
        }
        heardOf(newest, message.sequence());
        OriginLog log = newest.of(message.sequence());
        if (log == null) {
            return;
        }
        log.beginBehind(message.stableUpTo());
        if (message.sequence() <= log.delivered) {
            return;
        }
        if (log.early.size() >= EARLY_MAX || log.unstable.size() >= UNSTABLE_MAX) {
            dropped++;
            return;
        }
        log.early.put(message.sequence(), message);
        deliverEarly(log);
        if (!log.early.isEmpty()) {
            timers.setIfIdle(Timer.STABILITY, STABILITY_MS);
        }
    }

    /** Whoever was put out and is back begins anew: nobody repairs what it had sent before but the others, as if it were dead. */
    private void heardOf(OriginLog newest, long sequence) {
        OriginLog over = newest.heardOf(sequence);
        if (over != null) {
            passOn(over);
        }
    }

    private void deliverEarly(OriginLog log) {
        Message.Multicast next = log.early.remove(log.delivered + 1);
        for (; next != null; next = log.early.remove(log.delivered + 1)) {
            log.delivered++;
            log.reportsInVain = 0;
            changed.add(log);
            keep(log, next);
            if (log.ended) {
                passOn(log, next);
            }
            if (next.view().number() >= joinedAt) {
                deliver(log.origin, next); // else it is only kept for those who lack it: what we deliver behind it, they can deliver only behind it
            }
        }
    }

    private void deliver(PeerId origin, Message.Multicast message) {
        try {
            Envelope inner = codec.decode(message.bytes(), 0, message.bytes().length);
            delivery.onDelivered(message, inner.message());
        } catch (MalformedException e) {
            dropped++;
            trace("dropped", origin, e.getMessage());
        }
    }

    private void keep(OriginLog log, Message.Multicast message) {
        log.unstable.put(message.sequence(), message);
        timers.setIfIdle(Timer.STABILITY, STABILITY_MS);
    }

    private void passOn(OriginLog log) {
        log.unstable.values().forEach(message -> passOn(log, message));
    }

    private void passOn(OriginLog log, Message.Multicast message) {
        Message.Multicast copy = log.copyOf(message);
        for (MulticastMember other : others.values()) {
            if (log.isLackedBy(other, message)) {
                links.send(other.node, group, copy);
            }
        }
    }

    // ---------------------------------------------------------------- stability

    private void tellStability() {
        Set<OriginLog> rows = new LinkedHashSet<>(changed);
        logs().filter(log -> !log.isStable()).forEach(rows::add);
        changed.clear();
        logs().forEach(this::giveUpEarly);
        discardStable();
        if (!rows.isEmpty() && member) {
            others.values().forEach(other -> tell(other, rows, false));
        }
        boolean unfinished = logs().anyMatch(log -> !log.isStable());
        if (unfinished && member) {
            timers.setIfIdle(Timer.STABILITY, STABILITY_MS);
        }
    }

    private void tell(MulticastMember other, Collection<OriginLog> about, boolean answer) {
        sendRows(other, rowsOf(about), answer);
    }

    private static List<Message.DeliveredRow> rowsOf(Collection<OriginLog> logs) {
        return logs.stream().map(log -> new Message.DeliveredRow(log.origin, log.delivered)).toList();
    }

    private void sendRows(MulticastMember other, List<Message.DeliveredRow> rows, boolean answer) {
        // Said again as long as it matters: kept for one that is cut off, it would reach it later with all the others that were true once.
        links.sendUnreliable(other.node, group, new Message.Stability(view, answer, rows));
    }

    private void onStability(PeerId from, Message.Stability stability) {
        MulticastMember other = others.get(from);
        if (other == null || stability.view().foundation() != view.foundation() || stability.view().number() < other.joinedAt) {
            return; // of a stranger, or of its stay before this one: what it had delivered then it has forgotten
        }
        Set<OriginLog> answer = new LinkedHashSet<>();
        List<Message.DeliveredRow> forgotten = new ArrayList<>();
        for (Message.DeliveredRow row : stability.delivered()) {
            OriginLog newest = origins.get(row.origin());
            if (newest != null) {
                heardOf(newest, row.sequence());
            }
            OriginLog log = newest == null ? null : newest.of(row.sequence());
            if (log == null) {
                if (OriginLog.stayOf(row.sequence()) <= view.number()) { // else its sender comes with a view that is not installed here yet
                    forgotten.add(row);
                }
                continue;
            }
            if (row.sequence() > log.delivered) {
                answer.add(log);
            }
            if (row.sequence() > other.delivered(row.origin(), OriginLog.stayOf(row.sequence()))) {
                other.hasDelivered(row.origin(), row.sequence(), newest.oldestStay());
            } else if (log.isStable()) {
                answer.add(log); // it repeats itself, so it lacks our word, which was lost with a link; and no report of ours says it again
            } else {
                resend(other, log);
            }
        }
        discardStable();
        // An answer is never answered: two members with nothing new would go on for ever.
        // What is forgotten here is not lacked any more: whoever keeps it for us need not.
        if (!stability.answer() && !(answer.isEmpty() && forgotten.isEmpty())) {
            forgotten.addAll(rowsOf(answer));
            sendRows(other, forgotten, true);
        }
    }

    // It has stood still since its last report, so what it lacks is not just under way. Only the origin repairs, or anyone if that is dead, or if it came later: the origin
    // may have forgotten it by then. Its next report asks again for what gets lost: a link would keep each copy for one that cannot be reached just now.
    private void resend(MulticastMember other, OriginLog log) {
        boolean all = log.ended || log.origin.equals(self.peer());
        log.unstable.values().stream().filter(m -> log.isLackedBy(other, m) && (all || m.view().number() < other.joinedAt)).limit(RESEND_MAX)
            .forEach(m -> links.sendUnreliable(other.node, group, log.copyOf(m)));
    }

    private void discardStable() {
        logs().forEach(log -> log.discardStable(others.values()));
    }

    private Stream<OriginLog> logs() {
        return origins.values().stream().flatMap(log -> log.all().stream());
    }

    private void trace(String kind, PeerId subject, String sentence) {
        if (host.tracing()) {
            host.trace(new TraceEvent(host.wallClockMs(), self.uid(), "multicast", kind, group, subject.uid(), sentence));
        }
    }
}
