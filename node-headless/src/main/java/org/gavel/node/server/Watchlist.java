package org.gavel.node.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.heartbeat.FailureDetector;
import org.gavel.protocol.heartbeat.HintKind;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;

/** Whom this node's duties make it watch: brings the detector and the crash hints in line with what is wanted now. */
final class Watchlist {
    private static final String REASON = "duty";

    private final FailureDetector detector;
    private final Links links;
    private final Host host;
    private final Map<PeerId, NodeRef> watched = new LinkedHashMap<>();

    Watchlist(FailureDetector detector, Links links, Host host) {
        this.detector = detector;
        this.links = links;
        this.host = host;
    }

    /** Watches exactly these from now on. */
    void set(Iterable<NodeRef> wanted) {
        Map<PeerId, NodeRef> next = new LinkedHashMap<>();
        wanted.forEach(n -> next.put(n.peer(), n));
        for (NodeRef old : List.copyOf(watched.values())) {
            if (!next.containsKey(old.peer())) {
                watched.remove(old.peer());
                detector.forget(old, REASON);
                links.unwatch(old);
            }
        }
        for (NodeRef node : next.values()) {
            detector.monitor(node, REASON); // again, too: while a later start of its uid was watched, it could not be
            if (watched.putIfAbsent(node.peer(), node) == null) {
                links.watch(node);
            }
        }
    }

    /** Something speaks against it, such as a token that it did not acknowledge: worth verifying at once. */
    void doubt(NodeRef node) {
        detector.hint(node.peer(), HintKind.UNACKNOWLEDGED);
    }

    /** A verdict was given on this start, and stands. */
    boolean isDead(NodeRef node) {
        return detector.isDead(node.peer());
    }

    /** Verified just now: nobody to give a new duty to. */
    boolean isDoubted(NodeRef node) {
        return detector.isSuspected(node.uid());
    }

    List<NodeRef> nodes() {
        return new ArrayList<>(watched.values());
    }

    /** Age in ms of the last message of a watched party; -1 if it is not watched. */
    long lastHeardAgoMs(Uid uid) {
        long at = detector.lastHeardMs(uid);
        return at < 0 ? -1 : Math.max(0, host.nowMs() - at);
    }
}
