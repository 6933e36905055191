package org.gavel.node.replication;

import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.wire.Acceptor;

/** How far one peer is with the leader's log, as the leader knows it. */
final class Cursor {
    /** How the leader sends to it. */
    enum Mode {
        /** Where its log agrees is not known: one append, then wait for its word. */
        PROBE,
        /** It agrees: appends follow each other without waiting. */
        STREAM,
        /** It is older than the log, or a newcomer that lacks much: a snapshot is under way, then wait for its word. */
        SNAPSHOT
    }

    private final NodeRef node;
    Mode mode = Mode.PROBE;
    /** PROBE: the one append is out. */
    boolean awaiting;
    /** The window to it is full. */
    boolean blocked;
    /** Index of the next entry to be sent. */
    long next;
    /** Highest index it said it holds; -1 while unknown. */
    long held = -1;
    /** The log that holds it. */
    long logId;
    /** Highest commit index sent to it. */
    long sentCommit = -1;
    /** {@link #held} when it was last looked at for a stall. */
    long heldBefore = -2;
    /** To be told of once it has caught up. */
    boolean learner;
    /** Last entry for one that was put out; its own putting out. */
    long lastWanted = Long.MAX_VALUE;
    /** It may be told that it was put out. */
    boolean released;
    SnapshotSender snapshot;

    Cursor(NodeRef node, long next) {
        this.node = node;
        this.next = next;
    }

    NodeRef node() {
        return node;
    }

    boolean isRetiring() {
        return lastWanted != Long.MAX_VALUE;
    }

    /** An append with entries, or a probe, may go to it. */
    boolean isReady(long last) {
        return !blocked && switch (mode) {
            case PROBE -> !awaiting;
            case STREAM -> next <= Math.min(last, lastWanted);
            case SNAPSHOT -> false;
        };
    }

    /** It was put out, holds that and was told that it is committed. */
    boolean knowsItsEnd() {
        return isRetiring() && sentCommit >= lastWanted && held >= lastWanted;
    }

    /** The highest commit index that it may be told. */
    long mayKnow(long commitIndex) {
        return isRetiring() && !released ? Math.min(commitIndex, lastWanted - 1) : commitIndex;
    }

    /** Starts to ask again from {@code next} on. */
    void probeFrom(long index) {
        mode = Mode.PROBE;
        awaiting = false;
        snapshot = null;
        next = index;
    }

    /** It is to catch up. If that very start begins another log, what its former one held counts no more. */
    void begins(Acceptor asLearner) {
        learner = true;
        if (logId != asLearner.logId()) {
            held = -1;
            heldBefore = -2;
            logId = asLearner.logId();
            probeFrom(next);
        }
    }

    /** It said what it holds. */
    void holds(long index, long ofLogId) {
        held = Math.max(ofLogId == logId ? held : -1, index);
        logId = ofLogId;
        if (mode == Mode.PROBE || mode == Mode.SNAPSHOT && index >= snapshot.index()) {
            mode = Mode.STREAM;
            awaiting = false;
            snapshot = null;
            next = held + 1;
        }
    }
}
