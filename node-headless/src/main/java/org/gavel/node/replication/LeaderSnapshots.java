package org.gavel.node.replication;

/**
 * Which snapshot a leader sends to whom: the one that its log begins behind to whoever is older than the log, one of its present committed state to a newcomer that
 * lacks much (protocol.md section 7, bounds; the rule is {@link GroupSettings#learnerLogBytesMax}). One image of the present state is kept and serves all newcomers
 * until that many bytes are committed behind it: the state is encoded at most once for so much of new log, however many come.
 */
final class LeaderSnapshots {
    private final long epoch;
    private final Replica replica;
    private final GroupLinks links;
    private final GroupSettings settings;
    /** Of the committed state when it was taken; null before the first. */
    private SnapshotImage present;
    private byte[] presentBytes;

    LeaderSnapshots(long epoch, Replica replica, GroupLinks links, GroupSettings settings) {
        this.epoch = epoch;
        this.replica = replica;
        this.links = links;
        this.settings = settings;
    }

    /**
     * What brings this peer up to date. One that is put out and may not hear of it yet gets the older snapshot, and may have to wait even for that
     * ({@link Cursor#mayKnow}).
     *
     * @param known the index that it knows committed; -1 if it knows no configuration
     * @return null if the entries of the log do
     */
    SnapshotSender senderTo(Cursor cursor, long known) {
        boolean older = known < replica.log().base();
        boolean mayKnowAll = cursor.mayKnow(replica.committedIndex()) == replica.committedIndex();
        boolean newcomer = cursor.learner && !replica.configurations().latest().contains(cursor.node().uid(), cursor.logId);
        if (mayKnowAll && (older || newcomer) && presentSavesEnough(Math.max(known, replica.log().base()))) {
            return sender(cursor, present, presentBytes);
        }
        return older ? sender(cursor, replica.snapshot(), replica.snapshotBytes()) : null;
    }

    private SnapshotSender sender(Cursor cursor, SnapshotImage image, byte[] encoded) {
        return new SnapshotSender(links, cursor.node(), epoch, cursor.mayKnow(replica.committedIndex()), image, encoded, settings.snapshotPieceBytes());
    }

    /** True if the image of the present state spares more bytes of entries behind {@code known} than it has, and than are worth the effort. */
    private boolean presentSavesEnough(long known) {
        long worth = settings.learnerLogBytesMax();
        if (!isMore(worth, known, replica.committedIndex())) {
            return false;
        }
        if (present == null || present.index() < replica.log().base() || isMore(worth, present.index(), replica.committedIndex())) {
            present = replica.presentImage();
            presentBytes = present.encode();
        }
        return isMore(Math.max(worth, presentBytes.length), known, present.index());
    }

    /** True if the entries behind {@code index} up to {@code last} are more bytes. */
    private boolean isMore(long bytes, long index, long last) {
        long sum = 0;
        for (long i = index + 1; i <= last && sum <= bytes; i++) {
            sum += replica.log().entry(i).bytes().length;
        }
        return sum > bytes;
    }
}
