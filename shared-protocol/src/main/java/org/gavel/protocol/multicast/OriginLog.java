package org.gavel.protocol.multicast;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.Message;

/**
 * What one member knows of one origin's messages: how far it has delivered, what it keeps for others, what came early. An origin that is put out though it lives
 * comes back as the same start, and remembers nothing: its numbers tell its stays apart, and each stay has a log of its own, the former ones like a dead origin's.
 */
final class OriginLog {
    /** Nothing has come of this origin yet. */
    static final long UNKNOWN = -1;
    /** A number is that of the view with which its sender came, and behind it a count from 1. */
    private static final int COUNT_BITS = 32;
    /** Former stays that still count; what is older has reached whom it could reach. */
    private static final int FORMER_MAX = 4;

    final PeerId origin;
    /** Highest sequence number delivered, or {@link #UNKNOWN}. */
    long delivered = UNKNOWN;
    /** Delivered here, perhaps not everywhere. */
    final TreeMap<Long, Message.Multicast> unstable = new TreeMap<>();
    /** Came before one that is missing. */
    final TreeMap<Long, Message.Multicast> early = new TreeMap<>();
    /** Its sender is dead, or begins anew: what is unstable, or still comes, is passed on by everyone. */
    boolean ended;
    /** Since it ended: reports that brought nothing of what is missing before {@link #early}. */
    int reportsInVain;
    /** Number of the first view without it. */
    private long endedWith = Long.MAX_VALUE;
    private long stay;
    /** By stay; of the newest one's log only. */
    private final TreeMap<Long, OriginLog> former = new TreeMap<>();
    /** The newest stay whose log was dropped. */
    private long forgottenStay = UNKNOWN;

    OriginLog(PeerId origin) {
        this.origin = origin;
    }

    /** The number before the first of one who comes with this view. */
    static long before(long joinedAt) {
        return joinedAt << COUNT_BITS;
    }

    /** A message may say this of what comes before it. */
    static boolean fit(long stableUpTo, long sequence) {
        return stableUpTo < sequence && stayOf(stableUpTo) == stayOf(sequence);
    }

    /** With which view its sender came. */
    static long stayOf(long sequence) {
        return sequence >> COUNT_BITS;
    }

    /** It is a member. */
    void goesOn() {
        ended = false;
        endedWith = Long.MAX_VALUE;
    }

    /**
     * This is a view without it; the first one counts.
     *
     * @return whether it is the first one
     */
    boolean endedWith(long view) {
        boolean first = endedWith == Long.MAX_VALUE;
        endedWith = Math.min(endedWith, view);
        return first;
    }

    /** All have what is below, as far as this member knows. */
    long stable() {
        return unstable.isEmpty() ? delivered : unstable.firstKey() - 1;
    }

    /** Who lately came begins there; whoever was here has delivered that much, or nobody would call it stable. */
    void beginBehind(long number) {
        if (number > delivered) {
            delivered = number;
            early.headMap(number, true).clear();
        }
    }

    /** As this member passes it on. */
    Message.Multicast copyOf(Message.Multicast message) {
        return new Message.Multicast(message.origin(), message.view(), message.sequence(), stable(), message.bytes());
    }

    /**
     * It was here together with the origin, and has not said that it has this message. One that came later than the message needs it as well, to pass it on: it
     * will deliver what comes behind it, and others can do so only behind this one.
     */
    boolean isLackedBy(MulticastMember other, Message.Multicast message) {
        return other.joinedAt < endedWith && !other.node.peer().equals(origin) && other.delivered(origin, stay) < message.sequence();
    }

    /** Nothing of it is kept for others, nor waits. */
    boolean isStable() {
        return unstable.isEmpty() && early.isEmpty();
    }

    /** What all others have delivered need not be kept any more. */
    void discardStable(Collection<MulticastMember> others) {
        Iterator<Message.Multicast> i = unstable.values().iterator();
        boolean everywhere = true;
        while (everywhere && i.hasNext()) {
            Message.Multicast message = i.next();
            for (MulticastMember other : others) {
                everywhere &= !isLackedBy(other, message);
            }
            if (everywhere) {
                i.remove();
            }
        }
    }

    /**
     * The origin has sent this number, or is about to send the next: perhaps it was away and is back.
     *
     * @return the log of the stay that this ends, whose messages are everybody's to pass on from now on; else null
     */
    OriginLog heardOf(long sequence) {
        if (sequence < 0 || stayOf(sequence) <= stay) {
            return null;
        }
        OriginLog over = moved();
        if (over != null) {
            over.endedWith(stayOf(sequence));
        }
        stay = stayOf(sequence);
        delivered = before(stay);
        return over;
    }

    private OriginLog moved() {
        if (delivered <= before(stay) && early.isEmpty()) {
            return null;
        }
        OriginLog over = former(stay);
        over.delivered = delivered;
        over.endedWith = endedWith;
        over.unstable.putAll(unstable);
        over.early.putAll(early);
        unstable.clear();
        early.clear();
        return over;
    }

    /** Null if it is forgotten. */
    private OriginLog former(long itsStay) {
        if (itsStay <= forgottenStay) {
            return null;
        }
        OriginLog over = former.computeIfAbsent(itsStay, s -> new OriginLog(origin));
        if (over.stay != itsStay) {
            over.stay = itsStay;
            over.delivered = before(itsStay);
            over.ended = true;
            over.endedWith = stay;
        }
        if (former.size() > FORMER_MAX) {
            forgottenStay = former.pollFirstEntry().getKey();
        }
        return itsStay <= forgottenStay ? null : over;
    }

    /** Nothing is kept of stays before this one. */
    long oldestStay() {
        return forgottenStay + 1;
    }

    /** The log of the stay in which this number was sent: this one, or a former one's; null if that is forgotten. A number of a stay to come is nobody's yet: this one's. */
    OriginLog of(long sequence) {
        return sequence < 0 || stayOf(sequence) >= stay ? this : former(stayOf(sequence));
    }

    /** This one and those of former stays. */
    List<OriginLog> all() {
        List<OriginLog> all = new ArrayList<>(former.values());
        all.add(this);
        return all;
    }
}
