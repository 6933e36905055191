package org.gavel.node.replication;

/**
 * The named numbers of a replicated group (protocol.md section 7).
 *
 * @param takeOverTimeoutMs    a take-over without enough promises by then failed; each fetched piece sets it anew
 * @param commitDelayMs        a commit index that rides on no append goes by itself after this long
 * @param stallMs              a follower that is behind and silent this long is probed again
 * @param queueTimeoutMs       longest wait of new commands for a newcomer that is nearly there
 * @param nearlyThereEntries   a learner at most this far behind counts as caught up and may be made an acceptor
 * @param appendBytesMax       entries of one append together (a single larger one goes alone)
 * @param fetchBytesMax        entries of one fetched piece together
 * @param snapshotPieceBytes   of one snapshot piece
 * @param snapshotBytesMax     a larger snapshot is refused by its receiver
 * @param snapshotEveryEntries a snapshot is taken this often; two are kept, so the log keeps up to twice as many committed entries behind one
 * @param learnerLogBytesMax   a newcomer that lacks more bytes of committed entries than this, and than a snapshot of the present state has, is sent that snapshot.
 *                             For the ring 16 KiB, some fourteen appends: less is on its way before the state is encoded, and an image stays in use until so much is
 *                             committed behind it. Never for an auction: whoever leads it later goes on from where a participant was, which only the entries allow
 * @param uncommittedMax       entries that may wait for their commit; above, new commands are refused as busy
 * @param queuedMax            commands that may wait for a pending configuration
 * @param bodyBytesMax         of a command
 * @param sessionsMax          sessions remembered; the idlest is retired
 * @param repliesMax           replies remembered, and commands under way, per session
 */
public record GroupSettings(long takeOverTimeoutMs, long commitDelayMs, long stallMs, long queueTimeoutMs, int nearlyThereEntries,
                            int appendBytesMax, int fetchBytesMax, int snapshotPieceBytes, int snapshotBytesMax, int snapshotEveryEntries,
                            int learnerLogBytesMax, int uncommittedMax, int queuedMax, int bodyBytesMax, int sessionsMax, int repliesMax) {

    /** More than a log can have: 20,000 entries of an auction are below 80 MiB. */
    private static final int NEVER = Integer.MAX_VALUE;

    /** What protocol.md names. */
    public static GroupSettings defaults() {
        return new GroupSettings(1_000, 20, 1_000, 500, 256, 1_150, 192 << 10, 64 << 10, 64 << 20, 10_000, 16 << 10, 16_384, 16_384, 256 << 10,
                10_000, 1_024);
    }

    /** For an auction: its longest command, a bid with the longest note in escapes, is below 4 KiB, and each one stays in all four logs for 20,000 more. */
    public static GroupSettings ofAuctions() {
        return new GroupSettings(1_000, 20, 1_000, 500, 256, 1_150, 192 << 10, 64 << 10, 64 << 20, 10_000, NEVER, 16_384, 16_384, 4 << 10,
                10_000, 1_024);
    }

    /** The same with small limits, so that tests reach snapshots, pieces and retirement soon. */
    static GroupSettings small(int snapshotEvery, int sessions) {
        return new GroupSettings(1_000, 20, 2_000, 500, 16, 600, 700, 300, 64 << 20, snapshotEvery, 1_000, 256, 64, 64 << 10, sessions, 1_024);
    }
}
