package org.gavel.node.replication;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * The serving leader's door: takes each session's commands in order, each once (protocol.md section 7, exactly once). While a configuration is pending nothing
 * may be appended behind it: commands wait here, in order, at most {@link GroupSettings#queuedMax}.
 */
final class CommandIntake {
    private record Queued(Uid client, long session, long sequence, long lowestUnanswered, byte[] body, long timeMs) { }

    private final Replica replica;
    private final GroupSettings settings;
    /** Highest sequence under way per session: in the log but not applied, or queued. */
    private final Map<SessionTable.Key, Long> underWay = new HashMap<>();
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private long epoch;

    CommandIntake(Replica replica, GroupSettings settings) {
        this.replica = replica;
        this.settings = settings;
    }

    /** Opens for a leader whose empty entry is committed: the whole old tail before it is applied, so the session table knows all that was under way. */
    void open(long ofEpoch) {
        close();
        epoch = ofEpoch;
    }

    /** Forgets all: the next leader takes what clients send again. */
    void close() {
        underWay.clear();
        queue.clear();
    }

    SubmitResult submit(Message.Submit m, long timeMs, boolean blocked) {
        if (m.client().isNobody() || m.sequence() < 1) {
            return SubmitResult.refused("a command needs a client and a sequence number from 1 on");
        }
        if (m.bytes().length > settings.bodyBytesMax()) {
            return SubmitResult.refused("a command of " + m.bytes().length + " bytes is above the limit of " + settings.bodyBytesMax());
        }
        SessionTable.Key key = new SessionTable.Key(m.client(), m.session());
        long applied = replica.sessions().lastSequence(key);
        if (m.sequence() <= applied) {
            return answered(key, m.sequence());
        }
        long highest = Math.max(applied, underWay.getOrDefault(key, 0L));
        if (m.sequence() <= highest) {
            return SubmitResult.DUPLICATE_PENDING;
        }
        if (highest == 0 && (m.lowestUnanswered() > 1 || replica.sessions().isRetired(key))) {
            return SubmitResult.refused("this session was idle so long that it was retired; start a new one");
        }
        if (m.sequence() > highest + 1) {
            return SubmitResult.gap(highest + 1);
        }
        if (m.sequence() - applied > settings.repliesMax() || replica.log().last() - replica.committedIndex() >= settings.uncommittedMax()
                || queue.size() >= settings.queuedMax()) {
            return SubmitResult.busy("too many commands are under way; try again");
        }
        underWay.put(key, m.sequence());
        if (blocked || !queue.isEmpty()) {
            queue.add(new Queued(m.client(), m.session(), m.sequence(), m.lowestUnanswered(), m.bytes(), timeMs));
            return SubmitResult.QUEUED;
        }
        return SubmitResult.appended(replica.sequence(epoch, timeMs, LogEntry.Kind.COMMAND, m.client(), m.session(), m.sequence(),
                m.lowestUnanswered(), m.bytes()).index());
    }

    private SubmitResult answered(SessionTable.Key key, long sequence) {
        SessionTable.Answer answer = replica.sessions().answer(key, sequence);
        return answer != null ? SubmitResult.answered(answer.index(), answer.outcome())
                : SubmitResult.refused("command " + sequence + " was carried out, and its answer is not kept any more: it was said to have arrived, or there were too many others");
    }

    /** The leader's own command; its index, or 0 if it waits for a pending configuration, or -1 if too many wait. */
    long propose(byte[] body, long timeMs, boolean blocked) {
        if (blocked || !queue.isEmpty()) {
            return queue.size() < settings.queuedMax() && queue.add(new Queued(Uid.NOBODY, 0, 0, 0, body, timeMs)) ? 0 : -1;
        }
        return replica.sequence(epoch, timeMs, LogEntry.Kind.COMMAND, Uid.NOBODY, 0, 0, 0, body).index();
    }

    /** Appends what waited. */
    void unblock() {
        for (Queued q = queue.poll(); q != null; q = queue.poll()) {
            replica.sequence(epoch, q.timeMs, LogEntry.Kind.COMMAND, q.client, q.session, q.sequence, q.lowestUnanswered, q.body);
        }
    }

    void onApplied(LogEntry entry) {
        if (entry.kind() == LogEntry.Kind.COMMAND && !entry.client().isNobody()) {
            underWay.remove(SessionTable.key(entry), entry.sequence());
        }
    }
}
