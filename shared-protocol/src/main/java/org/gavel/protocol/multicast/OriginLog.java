package org.gavel.protocol.multicast;

import java.util.TreeMap;
import org.gavel.protocol.wire.Message;

/** What one member knows of one origin's messages: how far it has delivered, what it keeps for others, what came early. */
final class OriginLog {
    /** Where this origin's messages start for this member is not known yet. */
    static final long UNKNOWN = -1;

    /** Highest sequence number delivered, or {@link #UNKNOWN}. */
    long delivered = UNKNOWN;
    /** Delivered here, perhaps not everywhere. */
    final TreeMap<Long, Message.Multicast> unstable = new TreeMap<>();
    /** Came before one that is missing (or before the start is known). */
    final TreeMap<Long, Message.Multicast> early = new TreeMap<>();
    /** Its sender is dead: what is unstable, or still comes, is passed on by everyone. */
    boolean ended;
}
