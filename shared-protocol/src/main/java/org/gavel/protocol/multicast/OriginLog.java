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
    /** The first of this origin's messages for this member has not come yet. */
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
    /** Came before one that is missing (or before the very first). */
    final TreeMap<Long, Message.Multicast> early = new TreeMap<>();
    /** Its sender is dead, or begins anew: what is unstable, or still comes, is passed on by everyone. */
    boolean ended;
    /** Since it ended: reports that brought nothing of what is missing before {@link #early}. */
    int reportsInVain;
    private long stay;
    /** By stay; of the newest one's log only. */
    private final TreeMap<Long, OriginLog> former = new TreeMap<>();

    OriginLog(PeerId origin) {
        this.origin = origin;
    }

    /** The number before the first of one who comes with this view. */
    static long before(long joinedAt) {
        return joinedAt << COUNT_BITS;
    }

    /** With which view its sender came. */
    static long stayOf(long sequence) {
        return sequence >> COUNT_BITS;
    }

    /** What this member says of it to others: all up to this number is delivered here. */
    long row() {
        return delivered == UNKNOWN && stay > 0 ? before(stay) : delivered;
    }

    /** What all others have delivered need not be kept any more. */
    void discardStable(Collection<MulticastMember> others) {
        Iterator<Message.Multicast> i = unstable.values().iterator();
        boolean everywhere = true;
        while (everywhere && i.hasNext()) {
            Message.Multicast message = i.next();
            for (MulticastMember other : others) {
                everywhere &= other.node.peer().equals(message.origin()) || !other.lacks(message);
            }
            if (everywhere) {
                i.remove();
            }
        }
    }

    /**
     * The origin has sent this number: perhaps it was away and is back. Who was here when it came delivers from its first message on.
     *
     * @return the log of the stay that this ends, whose messages are everybody's to pass on from now on; else null
     */
    OriginLog heardOf(long sequence, long joinedAt) {
        if (sequence < 0 || stayOf(sequence) <= stay) {
            return null;
        }
        OriginLog over = moved();
        stay = stayOf(sequence);
        delivered = joinedAt <= stay ? before(stay) : UNKNOWN;
        return over;
    }

    private OriginLog moved() {
        if (delivered == UNKNOWN && early.isEmpty()) {
            return null;
        }
        OriginLog over = former(stay);
        over.delivered = delivered;
        over.unstable.putAll(unstable);
        over.early.putAll(early);
        unstable.clear();
        early.clear();
        return over;
    }

    private OriginLog former(long itsStay) {
        OriginLog over = former.computeIfAbsent(itsStay, s -> new OriginLog(origin));
        over.stay = itsStay;
        over.ended = true;
        if (former.size() > FORMER_MAX) {
            former.pollFirstEntry();
        }
        return over;
    }

    /** The log of the stay in which this number was sent: this one, or a former one's. A number of a stay to come is nobody's yet: this one's. */
    OriginLog of(long sequence, long joinedAt) {
        if (sequence < 0 || stayOf(sequence) >= stay) {
            return this;
        }
        boolean known = former.containsKey(stayOf(sequence));
        OriginLog over = former(stayOf(sequence));
        if (!known && joinedAt <= over.stay) {
            over.delivered = before(over.stay);
        }
        return over;
    }

    /** This one and those of former stays. */
    List<OriginLog> all() {
        List<OriginLog> all = new ArrayList<>(former.values());
        all.add(this);
        return all;
    }
}
