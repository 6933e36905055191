package org.gavel.node.replication;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/** The group's way out: who is known under which address, who is down, who is known ended. */
final class GroupLinks {
    /** Parties remembered by address, starts that are down, starts that have ended, each; the longest known goes first. */
    static final int KNOWN_MAX = 1_024;

    private final Links links;
    private final long group;
    private final MessageTrace trace;
    private final Map<Uid, NodeRef> known = new LinkedHashMap<>();
    private final Set<PeerId> down = new LinkedHashSet<>();
    /** Whoever is dropped from here only counts as merely silent, which is the safe side. */
    private final Set<PeerId> ended = new LinkedHashSet<>();
    /** Starts that the operator told to forget, and that were not heard since. */
    private final Set<PeerId> forgotten = new HashSet<>();
    /** Their copies, for ever: such a start may have been asleep, and comes back with a fresh log that counts like any other's. */
    private final Set<Long> forgottenLogs = new HashSet<>();

    GroupLinks(Links links, long group, MessageTrace trace) {
        this.links = links;
        this.group = group;
        this.trace = trace;
    }

    /** Remembers where a party receives; of two starts the newer counts. */
    void learn(NodeRef node) {
        NodeRef before = known.get(node.uid());
        if (before == null || before.incarnation() < node.incarnation()) {
            admit(node);
        }
    }

    /** This very start is the one that counts, though a newer one was heard: that was a twin, refused since, and would have the older's place for ever. */
    void admit(NodeRef node) {
        if (!known.containsKey(node.uid()) && known.size() >= KNOWN_MAX) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(node.uid(), node);
    }

    /** That start is gone, and is written to no more; an older one that a configuration names has its place again. True if it was the newest known. */
    boolean forget(PeerId gone) {
        NodeRef found = known.get(gone.uid());
        return found != null && found.peer().equals(gone) && known.remove(gone.uid(), found);
    }

    /** The newest start known of a node. */
    NodeRef newest(NodeRef node) {
        NodeRef found = known.get(node.uid());
        return found != null && found.incarnation() > node.incarnation() ? found : node;
    }

    /** The start that a message came from, or null if its address is unknown. */
    NodeRef sender(PeerId from) {
        NodeRef found = known.get(from.uid());
        return found != null && found.incarnation() == from.incarnation() ? found : null;
    }

    /** Queues a message; false if it is not (the window is full, or the peer is down). */
    boolean send(NodeRef to, Message message) {
        boolean queued = isUp(to) && links.send(to, group, message);
        if (queued) {
            trace.sent(to, message);
        }
        return queued;
    }

    MessageTrace trace() {
        return trace;
    }

    boolean isUp(NodeRef node) {
        PeerId peer = node.peer();
        return !down.contains(peer) && !isGone(node);
    }

    /** Known ended, or forgotten by the operator and not heard since. */
    boolean isGone(NodeRef node) {
        return ended.contains(node.peer()) || forgotten.contains(node.peer());
    }

    void setDown(NodeRef node, boolean isDown) {
        if (isDown) {
            remember(down, node.peer());
        } else {
            down.remove(node.peer());
            forgotten.remove(node.peer());
        }
    }

    void setEnded(NodeRef node) {
        remember(ended, node.peer());
    }

    private static void remember(Set<PeerId> starts, PeerId one) {
        if (starts.add(one) && starts.size() > KNOWN_MAX) {
            starts.remove(starts.iterator().next());
        }
    }

    /** @param copies log ids of that start, as far as known here */
    void setForgotten(NodeRef node, Collection<Long> copies) {
        forgotten.add(node.peer());
        forgottenLogs.addAll(copies);
    }

    /** Known ended (protocol.md section 5). */
    Set<PeerId> ended() {
        return ended;
    }

    /** Log ids of the copies that count no more by the operator's word; live. */
    Set<Long> forgottenLogs() {
        return forgottenLogs;
    }
}
