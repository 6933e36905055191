package org.gavel.protocol.heartbeat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/** Sends the probes of verifications and knows which are under way. */
final class Prober {
    private final Host host;
    private final Links links;
    /** True for one who is itself in doubt and so is no help. */
    private final Predicate<NodeRef> doubtful;
    /** Four per verification and round, gone with it. */
    private final Map<Long, Watched> underWay = new LinkedHashMap<>();
    private List<NodeRef> helpers = List.of();

    Prober(Host host, Links links, Predicate<NodeRef> doubtful) {
        this.host = host;
        this.links = links;
        this.doubtful = doubtful;
    }

    void helpers(List<NodeRef> members) {
        helpers = List.copyOf(members);
    }

    /** Who is being asked with this nonce, or null. */
    Watched asked(long nonce) {
        return underWay.get(nonce);
    }

    void probe(Watched peer, Verification v, Verification.Kind kind) {
        boolean direct = kind == Verification.Kind.DIRECT;
        NodeRef helper = direct ? null : helperFor(peer, v);
        if (!direct && helper == null) {
            return;
        }
        long nonce = host.random();
        v.nonces.add(nonce);
        underWay.put(nonce, peer);
        if (direct) {
            send(peer, nonce);
        } else {
            v.indirectSent++;
            links.sendUnreliable(helper, Links.NODE_GROUP, new Message.ProbeRequest(nonce, peer.peer));
        }
    }

    /** A probe outside of any verification: its answer counts as a message heard. */
    void probeOnce(Watched peer) {
        send(peer, host.random());
    }

    void forget(Verification v) {
        v.nonces.forEach(underWay::remove);
    }

    int underWay() {
        return underWay.size();
    }

    private void send(Watched peer, long nonce) {
        links.sendUnreliable(peer.peer.address(), PeerId.UNKNOWN, Links.NODE_GROUP, new Message.Probe(nonce, peer.peer.peer()));
    }

    /** Another helper for each probe, from one on that depends on the case; null if there is none. */
    private NodeRef helperFor(Watched peer, Verification v) {
        int from = (int) Math.floorMod(v.beganMs + peer.peer.uid().value(), (long) Math.max(1, helpers.size())) + v.indirectSent;
        for (int i = 0; i < helpers.size(); i++) {
            NodeRef helper = helpers.get((from + i) % helpers.size());
            if (!helper.uid().equals(peer.peer.uid()) && !doubtful.test(helper)) {
                return helper;
            }
        }
        return null;
    }
}
