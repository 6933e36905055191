package org.gavel.protocol.monitor;

import org.gavel.protocol.identity.Uid;

/**
 * One thing that happened inside a node, told for people and for the window.
 *
 * @param atMs     the node's wall-clock time
 * @param node     where
 * @param protocol the folder's name: discovery, link, heartbeat, ring, election, multicast, replication, auction
 * @param kind     stable word to filter by: token-passed, token-swallowed, elected, suspected, cleared, dead, joined, promised, ...
 * @param group    the group it concerns; 0 for the node itself, 1 for the ring
 * @param subject  the other party it concerns, or {@link Uid#NOBODY}
 * @param sentence plain words, without the node's own name
 * @param peer     where this is the sending or the receipt of one message: the other end of it; else {@link Uid#NOBODY}
 * @param message  the sender's number for that message: with sender, receiver and group it joins a sending to its receipt; 0 for none
 * @param peerName where the peer is a client, which tells nobody what it does: its name; else empty
 */
public record TraceEvent(long atMs, Uid node, String protocol, String kind, long group, Uid subject, String sentence, Uid peer, long message,
                         String peerName) {
    public TraceEvent {
        // A node of an earlier version does not say them.
        peer = peer == null ? Uid.NOBODY : peer;
        peerName = peerName == null ? "" : peerName;
    }

    /** The sending or the receipt of a message between two nodes. */
    public TraceEvent(long atMs, Uid node, String protocol, String kind, long group, Uid subject, String sentence, Uid peer, long message) {
        this(atMs, node, protocol, kind, group, subject, sentence, peer, message, "");
    }

    /** An event that is neither the sending nor the receipt of a message. */
    public TraceEvent(long atMs, Uid node, String protocol, String kind, long group, Uid subject, String sentence) {
        this(atMs, node, protocol, kind, group, subject, sentence, Uid.NOBODY, 0);
    }

    /** It is the sending of one message to {@link #peer}. */
    public boolean isSending() {
        return message != 0 && (kind.endsWith("-sent") || kind.endsWith("-repaired"));
    }

    /** It is the receipt of one message from {@link #peer}. */
    public boolean isReceipt() {
        return message != 0 && !isSending();
    }
}
