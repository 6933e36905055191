package org.gavel.protocol.wire;

import java.util.List;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;

/**
 * Everything that travels: one record a message, grouped by protocol, so that this page is the system's vocabulary. A message is
 * written as JSON; one that carries {@link Carrier bytes} has them behind its JSON, untouched. The group it concerns (0 the node, 1 the
 * ring, above: an auction) and the sender stand in the frame, not in the message. Times in ms, money in cents. What may be null says so
 * ({@link OrNull}); the codec refuses any other null, in both directions.
 */
public sealed interface Message {
    MessageType type();

    /** A message with raw bytes behind its JSON: log entries, snapshots, command bodies. */
    sealed interface Carrier extends Message {
        /** Never null. */
        byte[] bytes();

        /** The same message with these bytes. */
        Carrier withBytes(byte[] bytes);
    }

    // ---------------------------------------------------------------- discovery (unreliable, broadcast or direct)

    /** Broadcast by a starting node until it is admitted. {@code view} is the foundation it was last in, or NONE. */
    record Hello(NodeRef node, ViewId view) implements Message {
        @Override public MessageType type() { return MessageType.HELLO; }
    }

    /** Every member answers a Hello; {@code inm} null where the member knows none. */
    record HelloReply(NodeRef member, ViewId view, @OrNull NodeRef inm) implements Message {
        @Override public MessageType type() { return MessageType.HELLO_REPLY; }
    }

    /** The INM, every heartbeat: this cluster exists. {@code sold}: an auction was started in this foundation. */
    record Announce(ViewId view, NodeRef inm, int members, boolean sold) implements Message {
        @Override public MessageType type() { return MessageType.ANNOUNCE; }
    }

    /**
     * A client (or window) looks for the cluster, or for an auction's active; repeated until answered. {@code auctionId} null: just the cluster. {@code client}: who
     * asks, where a member that was asked as a seed passes it on to its INM; null in the question itself.
     */
    record Lookup(long requestId, @OrNull String auctionId, @OrNull NodeRef client) implements Message {
        public Lookup(long requestId, String auctionId) {
            this(requestId, auctionId, null);
        }

        @Override public MessageType type() { return MessageType.LOOKUP; }
    }

    /**
     * Answer of the INM, of a caretaker, or of the auction's active. {@code active} null: none known (yet).
     * {@code auctionState}: null where no auction was asked for, else unknown, electing, running, finished. {@code servers}: a handful of
     * the living members; with the next request id the next handful.
     */
    record LookupReply(long requestId, ViewId view, NodeRef answerer, @OrNull NodeRef inm, List<NodeRef> servers, @OrNull String auctionId,
                       @OrNull String auctionState, long group, @OrNull NodeRef active, @OrNull String notice) implements Message {
        @Override public MessageType type() { return MessageType.LOOKUP_REPLY; }
    }

    /** A sentence to a party that is turned away: another version, a twin with the same uid, a full table. */
    record Refused(String code, String sentence) implements Message {
        @Override public MessageType type() { return MessageType.REFUSED; }
    }

    // ---------------------------------------------------------------- heartbeat (unreliable, go ahead of queued data)

    /**
     * @param view       the sender's installed view
     * @param epoch      the epoch of the group it is leader or follower in
     * @param lastIndex  highest index sequenced (leader) or held (follower): a lost tail shows
     * @param commitIndex highest index known committed
     * @param timeMs     auction time at the leader; 0 in the ring
     * @param members    an active names its group's members to the INM; else empty
     */
    record Heartbeat(ViewId view, long epoch, long lastIndex, long commitIndex, long timeMs, List<Uid> members) implements Message {
        @Override public MessageType type() { return MessageType.HEARTBEAT; }
    }

    /** Are you this very start? Direct; answered at once by whoever is that peer. */
    record Probe(long nonce, PeerId target) implements Message {
        @Override public MessageType type() { return MessageType.PROBE; }
    }

    record ProbeReply(long nonce, PeerId target) implements Message {
        @Override public MessageType type() { return MessageType.PROBE_REPLY; }
    }

    /** Please probe this one for me; its answer comes back as a {@link ProbeReply} with my nonce. */
    record ProbeRequest(long nonce, NodeRef target) implements Message {
        @Override public MessageType type() { return MessageType.PROBE_REQUEST; }
    }

    /** FIFO multicast to the view: this start is dead; {@code ended}: known ended, not merely silent. Receivers probe at once. */
    record Verdict(NodeRef dead, boolean ended, String reason) implements Message {
        @Override public MessageType type() { return MessageType.VERDICT; }
    }

    /** Said by a process before it exits by its own will: it is known ended, once silent. */
    record Goodbye(PeerId leaver) implements Message {
        @Override public MessageType type() { return MessageType.GOODBYE; }
    }

    // ---------------------------------------------------------------- election (LCR; hop by hop along the ring)

    /** Chang and Roberts' token. {@code epoch} is the one to be promised. {@code number} names this hop's copy for its acknowledgement. */
    record Token(ViewId view, long epoch, Uid candidate, Uid initiator, int hops, long number) implements Message {
        @Override public MessageType type() { return MessageType.TOKEN; }
    }

    /** Goes round once behind a winning token. */
    record Elected(ViewId view, long epoch, Uid leader, int hops, long number) implements Message {
        @Override public MessageType type() { return MessageType.ELECTED; }
    }

    record TokenAck(long number) implements Message {
        @Override public MessageType type() { return MessageType.TOKEN_ACK; }
    }

    /** To the sender of a token of an older view or epoch: a newer one is on its way. */
    record ElectionStale(ViewId view, long epoch) implements Message {
        @Override public MessageType type() { return MessageType.ELECTION_STALE; }
    }

    // ---------------------------------------------------------------- multicast

    /**
     * One FIFO-multicast message: {@code bytes} is the inner message's frame. {@code origin} with {@code sequence} names it for ever. {@code stableUpTo}: whoever sends
     * this copy knows that all have its origin's messages up to that number, and keeps them no more: a newcomer begins behind it.
     */
    record Multicast(PeerId origin, ViewId view, long sequence, long stableUpTo, byte[] bytes) implements Carrier {
        @Override public MessageType type() { return MessageType.MULTICAST; }
        @Override public Multicast withBytes(byte[] b) { return new Multicast(origin, view, sequence, stableUpTo, b); }
    }

    /** What I have delivered, per origin: lets members discard what is stable. {@code answer}: to a member's own report, not to be answered. */
    record Stability(ViewId view, boolean answer, List<DeliveredRow> delivered) implements Message {
        @Override public MessageType type() { return MessageType.STABILITY; }
    }

    /** One row of {@link Stability}; -1: nothing has come from that origin yet. */
    record DeliveredRow(PeerId origin, long sequence) { }

    // ---------------------------------------------------------------- replication (protocol.md section 7)

    /**
     * A candidate asks for a promise for {@code epoch}; its log counts as that of (its uid, {@code logId}). {@code configIndex}: of the newest configuration that it
     * knows committed.
     */
    record Prepare(long epoch, long logId, long configIndex) implements Message {
        @Override public MessageType type() { return MessageType.PREPARE; }
    }

    /**
     * Promise, stored before it is sent. {@code bytes}: the config entries behind the known-committed index, as log entries one after
     * the other (empty if none).
     */
    record Promise(long epoch, long logId, long lastEpoch, long lastIndex, long commitIndex, long snapshotIndex, byte[] bytes)
            implements Carrier {
        @Override public MessageType type() { return MessageType.PROMISE; }
        @Override public Promise withBytes(byte[] b) { return new Promise(epoch, logId, lastEpoch, lastIndex, commitIndex, snapshotIndex, b); }
    }

    /** No: a higher epoch is promised, or the asked one no longer accepts. {@code bytes}: the newest committed config entry known, or empty. */
    record PromiseRefused(long epoch, long promisedEpoch, byte[] bytes) implements Carrier {
        @Override public MessageType type() { return MessageType.PROMISE_REFUSED; }
        @Override public PromiseRefused withBytes(byte[] b) { return new PromiseRefused(epoch, promisedEpoch, b); }
    }

    /** A candidate asks the holder of the best log for what lies behind {@code afterIndex}. */
    record Fetch(long epoch, long afterIndex) implements Message {
        @Override public MessageType type() { return MessageType.FETCH; }
    }

    /** {@code bytes}: entries one after the other, the first at afterIndex + 1; {@code last}: nothing follows. */
    record Fetched(long epoch, long afterIndex, boolean last, byte[] bytes) implements Carrier {
        @Override public MessageType type() { return MessageType.FETCHED; }
        @Override public Fetched withBytes(byte[] b) { return new Fetched(epoch, afterIndex, last, b); }
    }

    /**
     * From the leader of {@code epoch}: entries behind (prevIndex, prevChecksum); {@code bytes} holds {@code count} entries one after the other.
     * With count 0 it only carries the commit index.
     */
    record Append(long epoch, long prevIndex, long prevChecksum, long commitIndex, int count, byte[] bytes) implements Carrier {
        @Override public MessageType type() { return MessageType.APPEND; }
        @Override public Append withBytes(byte[] b) { return new Append(epoch, prevIndex, prevChecksum, commitIndex, count, b); }
    }

    /** 'Held up to': stored, without holes, and equal to the leader's log of {@code epoch} up to {@code index}. */
    record Held(long epoch, long index, long logId) implements Message {
        @Override public MessageType type() { return MessageType.HELD; }
    }

    /** My log does not contain your (prevIndex, prevChecksum); I know {@code commitIndex} committed: go on from there. */
    record Mismatch(long epoch, long commitIndex, long lastIndex) implements Message {
        @Override public MessageType type() { return MessageType.MISMATCH; }
    }

    /** One piece of a snapshot at {@code index} for one who is older than the log; answered with {@link Held} after the last one. */
    record SnapshotPiece(long epoch, long index, long entryEpoch, long checksum, long commitIndex, int offset, int total, byte[] bytes)
            implements Carrier {
        @Override public MessageType type() { return MessageType.SNAPSHOT_PIECE; }
        @Override public SnapshotPiece withBytes(byte[] b) { return new SnapshotPiece(epoch, index, entryEpoch, checksum, commitIndex, offset, total, b); }
    }

    /** To a fenced leader or candidate: your epoch is over, this one is promised here. */
    record Fenced(long epoch, long promisedEpoch) implements Message {
        @Override public MessageType type() { return MessageType.FENCED; }
    }

    // ---------------------------------------------------------------- ring

    /** A newcomer (or a returner without its log) asks every server of the answered view; the INM takes it in. */
    record JoinRequest(NodeRef node, long logId) implements Message {
        @Override public MessageType type() { return MessageType.JOIN_REQUEST; }
    }

    /** 'Over': you are no longer a member (or this group is finished); {@code reason} in words. The receiver turns idle and says Hello. */
    record Over(ViewId view, String reason) implements Message {
        @Override public MessageType type() { return MessageType.OVER; }
    }

    /** INM to the four: this auction is yours. Group number in the frame; {@code ring} in ring order, the log ids of the acceptors drawn by the INM; {@code item} as JSON. */
    record Assign(ViewId view, long inmEpoch, String auctionId, List<NodeRef> ring, List<Acceptor> acceptors, String item, long durationMs,
                  Uid seller, String sellerName) implements Message {
        @Override public MessageType type() { return MessageType.ASSIGN; }
    }

    /** {@code accepted} false: busy, with {@code reason}. {@code logId} is the acceptor's fresh log. */
    record AssignReply(String auctionId, boolean accepted, String reason, long logId) implements Message {
        @Override public MessageType type() { return MessageType.ASSIGN_REPLY; }
    }

    /** INM to the group's first members, once enough of them accepted: elect your active among these. */
    record Elect(String auctionId, List<Uid> accepted) implements Message {
        @Override public MessageType type() { return MessageType.ELECT; }
    }

    /** An active, once it serves and whenever its group changed: INM, this is my group now. */
    record ActiveReport(String auctionId, long epoch, NodeRef active, List<Uid> members, long priceCents, Uid leader, String leaderName,
                        long bids, long endsInMs, String state) implements Message {
        @Override public MessageType type() { return MessageType.ACTIVE_REPORT; }
    }

    /** An active asks the INM for a node in place of the ones that it lost. */
    record NeedMember(String auctionId, long epoch, List<Uid> members, List<Uid> lost) implements Message {
        @Override public MessageType type() { return MessageType.NEED_MEMBER; }
    }

    /** INM to the active: take this one, whose fresh log is {@code logId}. {@code node} null: none is idle. */
    record Replacement(String auctionId, @OrNull NodeRef node, long logId) implements Message {
        @Override public MessageType type() { return MessageType.REPLACEMENT; }
    }

    /**
     * Active to INM, repeated until {@link Settled}: the auction's final result, as JSON. Or any node of it that finds too few copies left: that it is cancelled, and
     * which of the nodes that the ring names it knows ended.
     */
    record Finished(String auctionId, String result, List<NodeRef> ended) implements Message {
        @Override public MessageType type() { return MessageType.FINISHED; }
    }

    /**
     * A node of an auction to the INM, at each heartbeat while no active leads it: the auction cannot count on its copy, for {@code reason}. Says nothing to the
     * auction's own nodes: the copy is there.
     */
    record NotCounted(String auctionId, String reason) implements Message {
        @Override public MessageType type() { return MessageType.NOT_COUNTED; }
    }

    /** INM to the group: the ring has committed the result. */
    record Settled(String auctionId) implements Message {
        @Override public MessageType type() { return MessageType.SETTLED; }
    }

    /** INM to an acceptor: store that you will never open this auction, and say so. */
    record CloseTo(String auctionId) implements Message {
        @Override public MessageType type() { return MessageType.CLOSE_TO; }
    }

    record ClosedTo(String auctionId, boolean closed, String reason) implements Message {
        @Override public MessageType type() { return MessageType.CLOSED_TO; }
    }

    // ---------------------------------------------------------------- client

    /** {@code kind}: list, status, start, forget, release. {@code argument}: JSON of the kind's own record in protocol.client. */
    record Request(long requestId, Uid client, String kind, String argument) implements Message {
        @Override public MessageType type() { return MessageType.REQUEST; }
    }

    /** {@code code}: ok, refused, not-inm. {@code body}: JSON on ok, else a sentence. */
    record Reply(long requestId, String code, String body) implements Message {
        @Override public MessageType type() { return MessageType.REPLY; }
    }

    /** Opens (or reopens, after a crash) the stream of one participant from the first index it has not seen; 0: send a snapshot. */
    record Attach(String auctionId, Uid client, String name, long fromIndex) implements Message {
        @Override public MessageType type() { return MessageType.ATTACH; }
    }

    /**
     * The stream starts: entries from {@code nextIndex} on follow. {@code snapshot}: JSON of the auction's state at nextIndex - 1,
     * empty when the client's own state goes on without a gap.
     */
    record Attached(String auctionId, NodeRef active, long nextIndex, String snapshot) implements Message {
        @Override public MessageType type() { return MessageType.ATTACHED; }
    }

    /** {@code code}: not-active, unknown, finished (with the result as JSON in {@code body}), refused. */
    record Detached(String auctionId, String code, String body) implements Message {
        @Override public MessageType type() { return MessageType.DETACHED; }
    }

    /** One command of a session, in order from sequence 1. {@code bytes}: its JSON, which becomes part of the log entry unchanged. */
    record Submit(Uid client, long session, long sequence, long lowestUnanswered, byte[] bytes) implements Carrier {
        @Override public MessageType type() { return MessageType.SUBMIT; }
        @Override public Submit withBytes(byte[] b) { return new Submit(client, session, sequence, lowestUnanswered, b); }
    }

    /** A gap in a session: send again from {@code fromSequence}. */
    record ResendFrom(long session, long fromSequence) implements Message {
        @Override public MessageType type() { return MessageType.RESEND_FROM; }
    }

    /** Answer to a repeated command whose entry was delivered long ago; {@code outcome} as JSON. */
    record Answer(long session, long sequence, long index, String outcome) implements Message {
        @Override public MessageType type() { return MessageType.ANSWER; }
    }

    /**
     * Total-order multicast: {@code count} committed entries from {@code firstIndex} on. {@code bytes}: for each the entry's exact bytes,
     * then its outcome (JSON), each behind a four-byte length.
     */
    record Delivered(long firstIndex, int count, long timeMs, byte[] bytes) implements Carrier {
        @Override public MessageType type() { return MessageType.DELIVERED; }
        @Override public Delivered withBytes(byte[] b) { return new Delivered(firstIndex, count, timeMs, b); }
    }

    /** A participant has delivered up to {@code index}; lets the active keep a finished group no longer than needed. */
    record DeliveredUpTo(long index) implements Message {
        @Override public MessageType type() { return MessageType.DELIVERED_UP_TO; }
    }

    /** Something a person should know and that is no answer: paused, resumed, reconnecting. */
    record Notice(String code, String sentence) implements Message {
        @Override public MessageType type() { return MessageType.NOTICE; }
    }

    // ---------------------------------------------------------------- monitor and faults

    /** Renews a watcher's subscription for {@code forMs}; {@code traces}: events too, not only statuses. */
    record Subscribe(long forMs, boolean traces) implements Message {
        @Override public MessageType type() { return MessageType.SUBSCRIBE; }
    }

    /** {@code status}: JSON of {@code protocol.monitor.NodeStatus}. */
    record Status(long number, String status) implements Message {
        @Override public MessageType type() { return MessageType.STATUS; }
    }

    /** {@code events}: JSON array of {@code protocol.monitor.TraceEvent}; {@code dropped}: how many were not sent since the last batch. */
    record Traces(long dropped, String events) implements Message {
        @Override public MessageType type() { return MessageType.TRACES; }
    }

    /** {@code fault}: kill, pause, isolate. Names the very start that it is meant for. */
    record Fault(long requestId, PeerId target, String fault, long forMs) implements Message {
        @Override public MessageType type() { return MessageType.FAULT; }
    }

    record FaultReply(long requestId, boolean accepted, String sentence) implements Message {
        @Override public MessageType type() { return MessageType.FAULT_REPLY; }
    }
}
