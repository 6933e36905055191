package org.gavel.node.replication;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * Tells whoever watches of the group's messages, at both their ends (protocol.md section 11): all of a take-over's, and of the appends and 'held's those that carry
 * an entry that {@link Sampling} chooses. Both ends draw a message's number from what it says, so that a sending and its receipt are joined without a word more on
 * the wire. Decides nothing, and does nothing while nobody watches.
 */
final class MessageTrace {
    private static final int PREPARE = 1;
    private static final int PROMISE = 2;
    private static final int REFUSAL = 3;
    private static final int FETCH = 4;
    private static final int FETCHED = 5;
    private static final int APPEND = 6;
    private static final int HELD = 7;
    private static final int COMMIT = 8;
    private static final int CODE_BITS = 4;
    private static final int EPOCH_SHIFT = 44;

    private final long group;
    private final Uid self;
    private final Host host;
    private ReplicaLog log;
    /** The one that all below belongs to. */
    private long epoch;
    /** As a leader: the commit index that each peer was last told. One row per peer sent to. */
    private final Map<Uid, Long> toldCommitted = new TreeMap<>();
    /** As a leader: up to where each of them last said that it holds. */
    private final Map<Uid, Long> heldBy = new TreeMap<>();
    /** As a follower: up to where the leader was last told that this node holds. */
    private long heldSent;
    /** As a follower: which message last told of commits, and whose it was. */
    private long commitNumber;
    private Uid commitFrom = Uid.NOBODY;

    MessageTrace(long group, Uid self, Host host) {
        this.group = group;
        this.self = self;
        this.host = host;
    }

    /** Whose times say which entries are told of. */
    void reads(ReplicaLog ofThisNode) {
        log = ofThisNode;
    }

    // ---------------------------------------------------------------- sendings

    void sent(NodeRef to, Message message) {
        if (!host.tracingMessages()) {
            return;
        }
        Uid peer = to.uid();
        String name = peer.shortForm();
        switch (message.type()) {
            case PREPARE -> {
                Message.Prepare m = (Message.Prepare) message;
                tell("prepare-sent", "asks " + name + " to promise epoch " + m.epoch(), peer, number(m.epoch(), 0, PREPARE));
            }
            case PROMISE -> {
                Message.Promise m = (Message.Promise) message;
                tell("promise-sent", "promises " + name + " epoch " + m.epoch() + "; own log ends at " + m.lastEpoch() + "." + m.lastIndex(), peer,
                    number(m.epoch(), 0, PROMISE));
            }
            case PROMISE_REFUSED -> {
                Message.PromiseRefused m = (Message.PromiseRefused) message;
                tell("refusal-sent", "refuses " + name + " epoch " + m.epoch(), peer, number(m.epoch(), m.promisedEpoch(), REFUSAL));
            }
            case FETCH -> {
                Message.Fetch m = (Message.Fetch) message;
                tell("fetch-sent", "asks " + name + " for its log behind " + m.afterIndex(), peer, number(m.epoch(), m.afterIndex(), FETCH));
            }
            case FETCHED -> {
                Message.Fetched m = (Message.Fetched) message;
                tell("fetched-sent", "gives " + name + " its log behind " + m.afterIndex(), peer, number(m.epoch(), m.afterIndex(), FETCHED));
            }
            case APPEND -> appendSent(peer, (Message.Append) message);
            case HELD -> heldSent(peer, (Message.Held) message);
            default -> { }
        }
    }

    private void appendSent(Uid peer, Message.Append m) {
        enter(m.epoch());
        Long told = toldCommitted.put(peer, m.commitIndex());
        long committed = told == null ? 0 : Sampling.firstWithin(log, told + 1, m.commitIndex());
        if (committed > 0) {
            tell("commit-sent", "tells " + peer.shortForm() + " that entry " + committed + " is committed", peer, number(epoch, m.commitIndex(), COMMIT));
        }
        long index = chosenIn(m);
        if (index > 0) {
            tell("append-sent", "sends entry " + index + " to " + peer.shortForm(), peer, number(epoch, index, APPEND));
        }
    }

    private void heldSent(Uid peer, Message.Held m) {
        enter(m.epoch());
        long index = Sampling.firstWithin(log, heldSent > 0 ? heldSent + 1 : m.index(), m.index());
        heldSent = m.index();
        if (index > 0) {
            tell("held-sent", "tells " + peer.shortForm() + " that it holds entry " + index, peer, number(epoch, m.index(), HELD));
        }
    }

    // ---------------------------------------------------------------- receipts

    /** Before the message is acted upon: what comes of it comes after it. */
    void received(PeerId from, Message message) {
        if (!host.tracingMessages()) {
            return;
        }
        Uid peer = from.uid();
        String name = peer.shortForm();
        switch (message.type()) {
            case PREPARE -> {
                Message.Prepare m = (Message.Prepare) message;
                tell("prepare-received", "is asked by " + name + " to promise epoch " + m.epoch(), peer, number(m.epoch(), 0, PREPARE));
            }
            case PROMISE -> {
                Message.Promise m = (Message.Promise) message;
                tell("promise-received", name + " promises epoch " + m.epoch() + "; its log ends at " + m.lastEpoch() + "." + m.lastIndex(), peer,
                    number(m.epoch(), 0, PROMISE));
            }
            case PROMISE_REFUSED -> {
                Message.PromiseRefused m = (Message.PromiseRefused) message;
                tell("refusal-received", name + " refuses epoch " + m.epoch(), peer, number(m.epoch(), m.promisedEpoch(), REFUSAL));
            }
            case FETCH -> {
                Message.Fetch m = (Message.Fetch) message;
                tell("fetch-received", "is asked by " + name + " for its log behind " + m.afterIndex(), peer, number(m.epoch(), m.afterIndex(), FETCH));
            }
            case FETCHED -> {
                Message.Fetched m = (Message.Fetched) message;
                tell("fetched-received", "has the log of " + name + " behind " + m.afterIndex(), peer, number(m.epoch(), m.afterIndex(), FETCHED));
            }
            case APPEND -> appendReceived(peer, (Message.Append) message);
            case HELD -> heldReceived(peer, (Message.Held) message);
            default -> { }
        }
    }

    private void appendReceived(Uid peer, Message.Append m) {
        if (m.epoch() < epoch) {
            return;
        }
        enter(m.epoch());
        commitFrom = peer;
        commitNumber = number(epoch, m.commitIndex(), COMMIT);
        long index = chosenIn(m);
        if (index > log.last()) {
            tell("append-received", "has entry " + index + " from " + peer.shortForm(), peer, number(epoch, index, APPEND));
        }
    }

    private void heldReceived(Uid peer, Message.Held m) {
        if (m.epoch() != epoch || !toldCommitted.containsKey(peer)) {
            return;
        }
        Long before = heldBy.put(peer, m.index());
        long index = Sampling.firstWithin(log, before != null && before > 0 ? before + 1 : m.index(), m.index());
        if (index > 0) {
            tell("held-received", peer.shortForm() + " holds entry " + index, peer, number(epoch, m.index(), HELD));
        }
    }

    /** A follower applies an entry that its leader told it is committed. */
    void committed(LogEntry entry) {
        if (host.tracingMessages() && Sampling.tells(log, entry.index())) {
            tell("committed", "knows entry " + entry.index() + " committed", commitFrom, commitNumber);
        }
    }

    // ---------------------------------------------------------------- which, and under which number

    private void enter(long ofEpoch) {
        if (ofEpoch != epoch) {
            epoch = ofEpoch;
            toldCommitted.clear();
            heldBy.clear();
            heldSent = 0;
            commitFrom = Uid.NOBODY;
            commitNumber = 0;
        }
    }

    /** The first entry in it that is told of, or 0. Looks at times only: whether the rest of it makes sense is for others to say. */
    private long chosenIn(Message.Append m) {
        if (m.prevIndex() < log.base() || m.prevIndex() > log.last()) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(m.bytes());
        long beforeMs = log.timeAt(m.prevIndex());
        long index = m.prevIndex();
        for (int at = 0; at <= bytes.limit() - LogEntry.HEADER_BYTES; ) {
            index++;
            long atMs = LogEntry.timeMsAt(bytes, at);
            if (Sampling.tells(beforeMs, atMs)) {
                return index;
            }
            beforeMs = atMs;
            int length = bytes.getInt(at);
            if (length < 0 || length > bytes.limit() - at - 4) {
                return 0;
            }
            at += 4 + length;
        }
        return 0;
    }

    private static long number(long ofEpoch, long index, int code) {
        return ofEpoch << EPOCH_SHIFT | index << CODE_BITS | code;
    }

    private void tell(String kind, String sentence, Uid peer, long number) {
        host.trace(new TraceEvent(host.wallClockMs(), self, "replication", kind, group, peer, sentence, peer, number));
    }
}
