package org.gavel.node.replication;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/**
 * What every replica remembers of clients, so that a repeated command has the first one's answer (protocol.md section 7, exactly once). It changes by
 * applied entries alone and is part of the snapshot: equal logs give equal tables, byte for byte. Sessions are kept in the order of their last applied
 * entry; a new one above the limit retires the first, the idlest.
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

    private final int sessionsMax;
    private final int repliesMax;
    private final Map<Key, Session> sessions = new LinkedHashMap<>();

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
            retireIdlest();
        }
        sessions.put(key, session);
        session.lastSequence = entry.sequence();
        session.answers.add(new Answer(entry.sequence(), entry.index(), outcome));
        while (session.answers.size() > repliesMax
                || !session.answers.isEmpty() && session.answers.peek().sequence() < entry.lowestUnanswered()) {
            session.answers.poll();
        }
    }

    private void retireIdlest() {
        if (sessions.size() >= sessionsMax) {
            Iterator<Key> eldest = sessions.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
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
        ByteBuffer out = ByteBuffer.allocate(length).putInt(sessions.size());
        sessions.forEach((key, session) -> {
            out.putLong(key.client().value()).putLong(key.session()).putLong(session.lastSequence).putInt(session.answers.size());
            for (Answer a : session.answers) {
                out.putLong(a.sequence()).putLong(a.index()).putInt(a.outcome().length).put(a.outcome());
            }
        });
        return out.array();
    }

    /** Takes over what {@link #encode} wrote. */
    void decode(byte[] bytes) throws MalformedException {
        Map<Key, Session> read = read(bytes);
        sessions.clear();
        sessions.putAll(read);
    }

    /** Throws if {@link #decode} would. */
    static void check(byte[] bytes) throws MalformedException {
        read(bytes);
    }

    private static Map<Key, Session> read(byte[] bytes) throws MalformedException {
        Map<Key, Session> read = new LinkedHashMap<>();
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
                read.put(key, session);
            }
        } catch (BufferUnderflowException e) {
            throw new MalformedException("session table truncated", e);
        }
        return read;
    }

    static Key key(LogEntry entry) {
        return new Key(entry.client(), entry.session());
    }
}
