package org.gavel.protocol.wire;

/** The kind of a message: one byte on the wire, stable for ever. */
public enum MessageType {
    HELLO(1, Message.Hello.class),
    HELLO_REPLY(2, Message.HelloReply.class),
    ANNOUNCE(3, Message.Announce.class),
    LOOKUP(4, Message.Lookup.class),
    LOOKUP_REPLY(5, Message.LookupReply.class),
    REFUSED(6, Message.Refused.class),
    HEARTBEAT(7, Message.Heartbeat.class),
    PROBE(8, Message.Probe.class),
    PROBE_REPLY(9, Message.ProbeReply.class),
    PROBE_REQUEST(10, Message.ProbeRequest.class),
    VERDICT(11, Message.Verdict.class),
    GOODBYE(12, Message.Goodbye.class),
    TOKEN(13, Message.Token.class),
    ELECTED(14, Message.Elected.class),
    TOKEN_ACK(15, Message.TokenAck.class),
    ELECTION_STALE(16, Message.ElectionStale.class),
    MULTICAST(17, Message.Multicast.class),
    STABILITY(18, Message.Stability.class),
    PREPARE(19, Message.Prepare.class),
    PROMISE(20, Message.Promise.class),
    PROMISE_REFUSED(21, Message.PromiseRefused.class),
    FETCH(22, Message.Fetch.class),
    FETCHED(23, Message.Fetched.class),
    APPEND(24, Message.Append.class),
    HELD(25, Message.Held.class),
    MISMATCH(26, Message.Mismatch.class),
    SNAPSHOT_PIECE(27, Message.SnapshotPiece.class),
    FENCED(28, Message.Fenced.class),
    JOIN_REQUEST(29, Message.JoinRequest.class),
    OVER(30, Message.Over.class),
    ASSIGN(31, Message.Assign.class),
    ASSIGN_REPLY(32, Message.AssignReply.class),
    ACTIVE_REPORT(33, Message.ActiveReport.class),
    NEED_MEMBER(34, Message.NeedMember.class),
    REPLACEMENT(35, Message.Replacement.class),
    FINISHED(37, Message.Finished.class),
    SETTLED(38, Message.Settled.class),
    CLOSE_TO(39, Message.CloseTo.class),
    CLOSED_TO(40, Message.ClosedTo.class),
    REQUEST(41, Message.Request.class),
    REPLY(42, Message.Reply.class),
    ATTACH(43, Message.Attach.class),
    ATTACHED(44, Message.Attached.class),
    DETACHED(45, Message.Detached.class),
    SUBMIT(46, Message.Submit.class),
    RESEND_FROM(47, Message.ResendFrom.class),
    ANSWER(48, Message.Answer.class),
    DELIVERED(49, Message.Delivered.class),
    DELIVERED_UP_TO(50, Message.DeliveredUpTo.class),
    NOTICE(51, Message.Notice.class),
    SUBSCRIBE(52, Message.Subscribe.class),
    STATUS(53, Message.Status.class),
    TRACES(54, Message.Traces.class),
    FAULT(55, Message.Fault.class),
    FAULT_REPLY(56, Message.FaultReply.class),
    ELECT(57, Message.Elect.class),
    NOT_COUNTED(58, Message.NotCounted.class);

    private static final MessageType[] BY_CODE = new MessageType[256];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final Class<? extends Message> record;

    MessageType(int code, Class<? extends Message> record) {
        this.code = code;
        this.record = record;
    }

    /** 1..255, as on the wire. */
    public int code() {
        return code;
    }

    public Class<? extends Message> record() {
        return record;
    }

    /** The type of a code, or null if there is none. */
    public static MessageType ofCode(int code) {
        return BY_CODE[code & 255];
    }
}
