package org.gavel.node.replication;

import java.nio.charset.StandardCharsets;

/**
 * What became of a client's command.
 *
 * @param kind     which of the cases
 * @param index    of its entry (APPENDED, ANSWERED), else 0
 * @param sequence to resend from (GAP), else 0
 * @param outcome  JSON (ANSWERED), else empty
 * @param sentence for people (REFUSED, BUSY), else empty
 */
public record SubmitResult(Kind kind, long index, long sequence, byte[] outcome, String sentence) {
    /** The cases. */
    public enum Kind {
        /** Became the entry {@link #index}; its answer is that entry's outcome. */
        APPENDED,
        /** Will become an entry, in order, once a pending configuration is through; the caller need do nothing. */
        QUEUED,
        /** Is under way already; its answer comes with its entry. */
        DUPLICATE_PENDING,
        /** Was answered long ago: {@link #index} and {@link #outcome}. */
        ANSWERED,
        /** A command of the session before it is missing: resend from {@link #sequence}. */
        GAP,
        /** This node does not serve as leader. */
        NOT_SERVING,
        /** A named limit is reached; to be sent again later. */
        BUSY,
        /** Never will be taken, with the reason. */
        REFUSED
    }

    private static final byte[] NOTHING = {};
    static final SubmitResult QUEUED = new SubmitResult(Kind.QUEUED, 0, 0, NOTHING, "");
    static final SubmitResult DUPLICATE_PENDING = new SubmitResult(Kind.DUPLICATE_PENDING, 0, 0, NOTHING, "");
    static final SubmitResult NOT_SERVING = new SubmitResult(Kind.NOT_SERVING, 0, 0, NOTHING, "");

    static SubmitResult appended(long index) {
        return new SubmitResult(Kind.APPENDED, index, 0, NOTHING, "");
    }

    static SubmitResult answered(long index, byte[] outcome) {
        return new SubmitResult(Kind.ANSWERED, index, 0, outcome, "");
    }

    static SubmitResult gap(long resendFrom) {
        return new SubmitResult(Kind.GAP, 0, resendFrom, NOTHING, "");
    }

    static SubmitResult busy(String sentence) {
        return new SubmitResult(Kind.BUSY, 0, 0, NOTHING, sentence);
    }

    static SubmitResult refused(String sentence) {
        return new SubmitResult(Kind.REFUSED, 0, 0, NOTHING, sentence);
    }

    /** {@link #outcome} as text. */
    public String outcomeText() {
        return new String(outcome, StandardCharsets.UTF_8);
    }
}
