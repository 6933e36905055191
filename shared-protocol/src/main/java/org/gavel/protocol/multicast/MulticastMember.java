package org.gavel.protocol.multicast;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;

/** Another member of the view, as one member sees it. */
final class MulticastMember {
    final NodeRef node;
    /** Number of the view with which it came: earlier messages are no concern of it. */
    final long joinedAt;
    /** What it said it has delivered, per origin and stay. */
    private final Map<PeerId, TreeMap<Long, Long>> delivered = new HashMap<>();

    MulticastMember(NodeRef node, long joinedAt) {
        this.node = node;
        this.joinedAt = joinedAt;
    }

    /** Up to which number of that stay, by its own word. */
    long delivered(PeerId origin, long stay) {
        TreeMap<Long, Long> stays = delivered.get(origin);
        return stays == null ? OriginLog.before(stay) : stays.getOrDefault(stay, OriginLog.before(stay));
    }

    /** It says that it has delivered up to this number; of stays before {@code oldestStay} nothing is remembered. */
    void hasDelivered(PeerId origin, long sequence, long oldestStay) {
        TreeMap<Long, Long> stays = delivered.computeIfAbsent(origin, o -> new TreeMap<>());
        stays.put(OriginLog.stayOf(sequence), sequence);
        stays.headMap(oldestStay).clear();
    }

    void forget(PeerId origin) {
        delivered.remove(origin);
    }
}
