package org.gavel.protocol.multicast;

import java.util.Collection;
import java.util.Iterator;
import java.util.TreeMap;
import org.gavel.protocol.wire.Message;

/**
 * What one member knows of one origin's messages: how far it has delivered, what it keeps for others, what came early. An origin that is put out though it lives
 * comes back as the same start, and remembers nothing: its numbers tell its stays apart.
 */
final class OriginLog {
    /** Where this origin's messages start for this member is not known yet. */
    static final long UNKNOWN = -1;
    /** A number is that of the view with which its sender came, and behind it a count from 1. */
    private static final int COUNT_BITS = 32;

    /** Highest sequence number delivered, or {@link #UNKNOWN}. */
    long delivered = UNKNOWN;
    /** The same of the stay before this one. */
    long formerDelivered = UNKNOWN;
    /** Delivered here, perhaps not everywhere. */
    final TreeMap<Long, Message.Multicast> unstable = new TreeMap<>();
    /** Came before one that is missing (or before the start is known). */
    final TreeMap<Long, Message.Multicast> early = new TreeMap<>();
    /** Its sender is dead: what is unstable, or still comes, is passed on by everyone. */
    boolean ended;
    private long stay;

    /** The number before the first of one who comes with this view. */
    static long before(long joinedAt) {
        return joinedAt << COUNT_BITS;
    }

    static boolean isFirst(long sequence) {
        return sequence - before(stay(sequence)) == 1;
    }

    private static long stay(long sequence) {
        return sequence >> COUNT_BITS;
    }

    /** True for a number of a stay that is over. */
    boolean isFormer(long sequence) {
        return sequence >= 0 && stay(sequence) < stay;
    }

    boolean isNextFormer(long sequence) {
        return formerDelivered == UNKNOWN ? isFirst(sequence) : sequence == formerDelivered + 1;
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

    /** The origin has sent this number: perhaps it was away and is back. Who was here when it came delivers from its first message on. */
    void heardOf(long sequence, long joinedAt) {
        if (sequence >= 0 && stay(sequence) > stay) {
            formerDelivered = Math.max(formerDelivered, delivered);
            stay = stay(sequence);
            early.clear();
            delivered = joinedAt <= stay ? before(stay) : UNKNOWN;
        }
    }
}
