package org.gavel.node.replication;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/**
 * What every replica remembers of clients, so that a repeated command has the first one's answer (protocol.md section 7, exactly once). It changes by
 * applied entries alone and is part of the snapshot: equal logs give equal tables, byte for byte. Sessions are kept in the order of their last applied
 * entry; a new one above the limit retires the first, the idlest. A retired session's number is remembered, or its first command, sent once more, would
 * be taken for a new session's; so is the last number of a session whose answers had to go for want of room. In both cases its client is refused, and never served twice.
 */
final class SessionTable {
    /** One process start of one client. */
    record Key(Uid client, long session) { }

    /** An answer that the client may still ask for. */
    record Answer(long sequence, long index, byte[] outcome) { }

    private static final class Session {
        private long lastSequence;
        private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    }

    /** Retired sessions remembered, the latest: who sends again after so many others have come and gone has long given up. */
    static final int RETIRED_MAX = 50_000;
    /** Of all kept answers together; above, those of the idlest sessions go first. */
    static final long ANSWER_BYTES_MAX = 32L << 20;

    private final int sessionsMax;
    private final int repliesMax;
    private final Map<Key, Session> sessions = new LinkedHashMap<>();
    private final Set<Key> retired = new LinkedHashSet<>();
    private long answerBytes;

    SessionTable(GroupSettings settings) {
        sessionsMax = settings.sessionsMax();
        repliesMax = settings.repliesMax();
    }

    /** True if the command of this entry was applied before. */
    boolean isRepeat(LogEntry entry) {
        Session session = sessions.get(key(entry));
        return session != null && entry.sequence() <= session.lastSequence;
    }

    /** The entry was applied, with this outcome. */
    void record(LogEntry entry, byte[] outcome) {
        Key key = key(entry);
        Session session = sessions.remove(key);
        if (session == null) {
            session = new Session();
            retired.remove(key); // a command of it was on its way to here when it was retired
            retireIdlest();
        }
        sessions.put(key, session);
        session.lastSequence = entry.sequence();
        keep(session, new Answer(entry.sequence(), entry.index(), outcome));
        while (session.answers.size() > repliesMax
                || !session.answers.isEmpty() && session.answers.peek().sequence() < entry.lowestUnanswered()) {
            drop(session);
        }
        for (Iterator<Session> idle = sessions.values().iterator(); answerBytes > ANSWER_BYTES_MAX;) {
            dropAll(idle.next());
        }
    }

    private void keep(Session session, Answer answer) {
        session.answers.add(answer);
        answerBytes += answer.outcome().length;
    }

    private void drop(Session session) {
        answerBytes -= session.answers.remove().outcome().length;
    }

    private void dropAll(Session session) {
        while (!session.answers.isEmpty()) {
            drop(session);
        }
    }

    private void retireIdlest() {
        if (sessions.size() >= sessionsMax) {
            Iterator<Map.Entry<Key, Session>> eldest = sessions.entrySet().iterator();
            Map.Entry<Key, Session> idlest = eldest.next();
            dropAll(idlest.getValue());
            retired.add(idlest.getKey());
            eldest.remove();
        }
        if (retired.size() > RETIRED_MAX) {
            Iterator<Key> eldest = retired.iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** It was there, and went as the idlest: what it sent may have been applied. */
    boolean isRetired(Key key) {
        return retired.contains(key);
    }

    /** Highest sequence applied, or 0 for an unknown session. */
    long lastSequence(Key key) {
        Session session = sessions.get(key);
        return session == null ? 0 : session.lastSequence;
    }

    boolean knows(Key key) {
        return sessions.containsKey(key);
    }

    /** The kept answer to a command, or null. */
    Answer answer(Key key, long sequence) {
        Session session = sessions.get(key);
        if (session != null) {
            for (Answer answer : session.answers) {
                if (answer.sequence() == sequence) {
                    return answer;
                }
            }
        }
        return null;
    }

    int size() {
        return sessions.size();
    }

    byte[] encode() {
        int length = 4;
        for (Session session : sessions.values()) {
            length += 8 + 8 + 8 + 4;
            for (Answer answer : session.answers) {
                length += 8 + 8 + 4 + answer.outcome().length;
            }
        }
        ByteBuffer out = ByteBuffer.allocate(length + 4 + 16 * retired.size()).putInt(sessions.size());
        sessions.forEach((key, session) -> {
            out.putLong(key.client().value()).putLong(key.session()).putLong(session.lastSequence).putInt(session.answers.size());
            for (Answer a : session.answers) {
                out.putLong(a.sequence()).putLong(a.index()).putInt(a.outcome().length).put(a.outcome());
            }
        });
        out.putInt(retired.size());
        retired.forEach(key -> out.putLong(key.client().value()).putLong(key.session()));
        return out.array();
    }

    /** Takes over what {@link #encode} wrote. */
    void decode(byte[] bytes) throws MalformedException {
        Map<Key, Session> readSessions = new LinkedHashMap<>();
        Set<Key> readRetired = new LinkedHashSet<>();
        read(bytes, readSessions, readRetired);
        sessions.clear();
        sessions.putAll(readSessions);
        retired.clear();
        retired.addAll(readRetired);
        answerBytes = sessions.values().stream().flatMap(session -> session.answers.stream()).mapToLong(answer -> answer.outcome().length).sum();
    }

    /** Throws if {@link #decode} would. */
    static void check(byte[] bytes) throws MalformedException {
        read(bytes, new LinkedHashMap<>(), new LinkedHashSet<>());
    }

    private static void read(byte[] bytes, Map<Key, Session> sessions, Set<Key> retired) throws MalformedException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            for (int count = in.getInt(); count > 0; count--) {
                Key key = new Key(new Uid(in.getLong()), in.getLong());
                Session session = new Session();
                session.lastSequence = in.getLong();
                for (int answers = in.getInt(); answers > 0; answers--) {
                    long sequence = in.getLong();
                    long index = in.getLong();
                    session.answers.add(new Answer(sequence, index, SnapshotImage.block(in)));
                }
                sessions.put(key, session);
            }
            for (int count = in.getInt(); count > 0; count--) {
                retired.add(new Key(new Uid(in.getLong()), in.getLong()));
            }
        } catch (BufferUnderflowException e) {
            throw new MalformedException("session table truncated", e);
        }
    }

    static Key key(LogEntry entry) {
        return new Key(entry.client(), entry.session());
    }
}
