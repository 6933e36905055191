package org.gavel.protocol.multicast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.Message;

/** Messages of views that are not installed here yet, each once: whoever is asked for what is lacked sends it again and again. */
final class FutureMessages {
    private record Numbered(PeerId origin, long foundation, long sequence) { }

    private final int max;
    private final Map<Numbered, Message.Multicast> kept = new LinkedHashMap<>();

    FutureMessages(int max) {
        this.max = max;
    }

    /** False if there is no room. */
    boolean keep(Message.Multicast message) {
        Numbered numbered = new Numbered(message.origin(), message.view().foundation(), message.sequence());
        if (kept.size() >= max && !kept.containsKey(numbered)) {
            return false;
        }
        kept.put(numbered, message);
        return true;
    }

    /** Those of a foundation, in the order in which they came; the others are dropped. */
    List<Message.Multicast> take(long foundation) {
        List<Message.Multicast> taken = kept.values().stream().filter(m -> m.view().foundation() == foundation).toList();
        kept.clear();
        return taken;
    }
}
