package org.gavel.protocol.multicast;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;

/** Another member of the view, as one member sees it. */
final class MulticastMember {
    final NodeRef node;
    /** Number of the view with which it came: earlier messages are no concern of it. */
    final long joinedAt;
    /** One stay of an origin. */
    record Stay(PeerId origin, long joinedAt) { }

    /** What it said it has delivered, per origin and stay. */
    final Map<Stay, Long> delivered = new LinkedHashMap<>();

    MulticastMember(NodeRef node, long joinedAt) {
        this.node = node;
        this.joinedAt = joinedAt;
    }

    /** Up to which number of that stay, by its own word. */
    long delivered(PeerId origin, long stay) {
        return delivered.getOrDefault(new Stay(origin, stay), OriginLog.before(stay));
    }

    void forget(PeerId origin) {
        delivered.keySet().removeIf(stay -> stay.origin().equals(origin));
    }
}
