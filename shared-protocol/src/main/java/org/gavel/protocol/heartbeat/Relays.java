package org.gavel.protocol.heartbeat;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/** Probes made for other members: an answer goes back to who asked, under the nonce that it chose. */
final class Relays {
    /** Four requests from each of 64 members; beyond, the oldest is forgotten, which costs its asker one of several probes. */
    static final int RELAYS_MAX = 256;

    private record Relay(Address asker, PeerId askerId, long askersNonce) { }

    private final Host host;
    private final Links links;
    private final Map<Long, Relay> byNonce = new LinkedHashMap<>();

    Relays(Host host, Links links) {
        this.host = host;
        this.links = links;
    }

    void onRequest(PeerId from, Address address, Message.ProbeRequest request) {
        NodeRef target = request.target();
        long nonce = host.random();
        byNonce.put(nonce, new Relay(address, from, request.nonce()));
        if (byNonce.size() > RELAYS_MAX) {
            Iterator<Long> oldest = byNonce.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        links.sendUnreliable(target.address(), PeerId.UNKNOWN, Links.NODE_GROUP, new Message.Probe(nonce, target.peer()));
    }

    /** True if the reply was for another member. */
    boolean onReply(Message.ProbeReply reply) {
        Relay relay = byNonce.remove(reply.nonce());
        if (relay == null) {
            return false;
        }
        links.sendUnreliable(relay.asker(), relay.askerId(), Links.NODE_GROUP, new Message.ProbeReply(relay.askersNonce(), reply.target()));
        return true;
    }

    int size() {
        return byNonce.size();
    }
}
