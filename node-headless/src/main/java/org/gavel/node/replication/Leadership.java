package org.gavel.node.replication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * One epoch's leader at work: sends its log to every peer, counts who holds it, decides what is committed (protocol.md section 7, commit). It counts its own
 * log only where it is an acceptor, and only what its own store completed.
 */
final class Leadership {
    private static final byte[] NOTHING = {};

    private final long epoch;
    private final NodeRef self;
    private final Replica replica;
    private final GroupLinks links;
    private final Quorum quorum;
    private final GroupListener listener;
    private final GroupSettings settings;
    private final LeaderSnapshots snapshots;
    private final Map<Uid, Cursor> cursors = new TreeMap<>();
    private final Map<Uid, Acceptor> learners = new TreeMap<>();
    private List<NodeRef> members = List.of();
    /** Of this leader's own first entry: old entries are committed together with it, never before. */
    private long emptyIndex;
    private String paused = "";

    Leadership(long epoch, NodeRef self, Replica replica, GroupLinks links, Quorum quorum, GroupListener listener, GroupSettings settings) {
        this.epoch = epoch;
        this.self = self;
        this.replica = replica;
        this.links = links;
        this.quorum = quorum;
        this.listener = listener;
        this.settings = settings;
        this.snapshots = new LeaderSnapshots(epoch, replica, links, settings);
    }

    /** Appends the empty entry behind the old tail and starts to send. */
    void start(List<NodeRef> groupMembers, Iterable<Acceptor> groupLearners) {
        members = groupMembers;
        groupLearners.forEach(learner -> learners.put(learner.node().uid(), learner));
        emptyIndex = appendEmpty();
        refreshTargets();
        judgePause();
    }

    long epoch() {
        return epoch;
    }

    Quorum quorum() {
        return quorum;
    }

    /** The own empty entry is committed. */
    boolean isServing() {
        return emptyIndex > 0 && replica.committedIndex() >= emptyIndex;
    }

    long appendEmpty() {
        return replica.sequence(epoch, 0, LogEntry.Kind.EMPTY, Uid.NOBODY, 0, 0, 0, NOTHING).index();
    }

    // ---------------------------------------------------------------- whom to send to

    void setMembers(List<NodeRef> nodes) {
        members = nodes;
        refreshTargets();
    }

    void addLearner(Acceptor learner) {
        learners.put(learner.node().uid(), learner);
        refreshTargets();
        Cursor cursor = cursors.get(learner.node().uid());
        if (cursor != null) {
            cursor.begins(learner);
            sayIfCaughtUp(cursor);
        }
    }

    void removeLearner(Uid uid) {
        learners.remove(uid);
        refreshTargets();
    }

    /** Every acceptor of the committed and of later configurations, members, learners, and those put out that do not know it yet. */
    void refreshTargets() {
        Map<Uid, NodeRef> wanted = new LinkedHashMap<>();
        replica.configurations().all().forEach(c -> c.acceptors().forEach(a -> want(wanted, a.node())));
        members.forEach(node -> want(wanted, node));
        learners.values().forEach(a -> want(wanted, a.node()));
        cursors.values().removeIf(c -> !c.isRetiring() && !wanted.containsKey(c.node().uid()));
        for (NodeRef node : wanted.values()) {
            Cursor cursor = cursors.get(node.uid());
            if (cursor == null || !cursor.node().sameStart(node)) {
                cursor = new Cursor(node, emptyIndex > 0 ? Math.max(emptyIndex, replica.log().base() + 1) : replica.log().last() + 1);
                cursors.put(node.uid(), cursor);
            }
            cursor.lastWanted = Long.MAX_VALUE;
            cursor.released = false;
        }
    }

    private void want(Map<Uid, NodeRef> wanted, NodeRef node) {
        NodeRef newest = links.newest(node);
        if (!node.uid().equals(self.uid()) && !links.isGone(newest)) {
            wanted.put(node.uid(), newest);
        }
    }

    // ---------------------------------------------------------------- what peers say

    /** True if something changed that may commit entries or complete a newcomer. */
    boolean onHeld(PeerId from, Message.Held m) {
        Cursor cursor = cursor(from);
        if (cursor == null) {
            return false;
        }
        if (m.index() > replica.log().last()) {
            throw new InvariantViolation(InvariantViolation.COMMITTED_AGREE,
                    cursor.node() + " holds " + m.index() + " of epoch " + epoch + ", whose leader is at " + replica.log().last());
        }
        cursor.holds(m.index(), m.logId());
        sayIfCaughtUp(cursor);
        return true;
    }

    private void sayIfCaughtUp(Cursor cursor) {
        if (cursor.learner && cursor.held >= 0 && replica.log().last() - cursor.held <= settings.nearlyThereEntries()) {
            cursor.learner = false;
            listener.onCaughtUp(cursor.node());
        }
    }

    /** Goes back to what the follower knows committed, or to a snapshot where it is older than the log or a newcomer that lacks much. */
    void onMismatch(PeerId from, Message.Mismatch m) {
        Cursor cursor = cursor(from);
        if (cursor == null || cursor.mode == Cursor.Mode.SNAPSHOT) {
            return;
        }
        if (m.commitIndex() > replica.log().last()) {
            throw new InvariantViolation(InvariantViolation.COMMITTED_SEEN,
                    cursor.node() + " knows " + m.commitIndex() + " committed, the leader of epoch " + epoch + " ends at " + replica.log().last());
        }
        SnapshotSender sender = snapshots.senderTo(cursor, m.commitIndex());
        if (sender != null && cursor.mayKnow(sender.index()) < sender.index()) {
            cursor.probeFrom(cursor.next);
            cursor.awaiting = true; // it is asked again, as one that is behind, until it may know
        } else if (sender != null) {
            cursor.mode = Cursor.Mode.SNAPSHOT;
            cursor.snapshot = sender;
            cursor.blocked = !sender.pump();
        } else if (cursor.mode != Cursor.Mode.PROBE || cursor.next != m.commitIndex() + 1) {
            // Else it is an answer to an append sent before the probe that is under way.
            cursor.probeFrom(m.commitIndex() + 1);
        }
    }

    private Cursor cursor(PeerId from) {
        Cursor cursor = cursors.get(from.uid());
        return cursor != null && cursor.node().incarnation() == from.incarnation() ? cursor : null;
    }

    void peerDown(NodeRef node) {
        Cursor cursor = cursor(node.peer());
        if (cursor != null) {
            cursor.blocked = true;
        }
        judgePause();
    }

    /** A peer is back, or its link was renewed: what was under way may be lost. */
    void peerUp(NodeRef node) {
        refreshTargets();
        Cursor cursor = cursor(node.peer());
        if (cursor != null) {
            cursor.blocked = false;
            cursor.probeFrom(Math.max(probeStart(cursor), replica.log().base() + 1));
        }
        judgePause();
    }

    private long probeStart(Cursor cursor) {
        return cursor.held >= 0 ? cursor.held + 1 : Math.min(cursor.next, replica.log().last() + 1);
    }

    void onRoom(NodeRef node) {
        Cursor cursor = cursor(node.peer());
        if (cursor != null && links.isUp(node)) {
            cursor.blocked = cursor.snapshot != null && !cursor.snapshot.pump();
        }
    }

    // ---------------------------------------------------------------- sending

    /** Sends each peer what it lacks; peers at the same place share one message. */
    void sendAppends() {
        long last = replica.log().last();
        for (Cursor first = lowestReady(last); first != null; first = lowestReady(last)) {
            if (first.next <= replica.log().base()) {
                first.probeFrom(replica.log().base() + 1); // the log was cut behind a snapshot meanwhile
                continue;
            }
            Message.Append append = append(first, Math.min(last, first.lastWanted));
            long next = first.next;
            for (Cursor cursor : cursors.values()) {
                boolean shares = cursor == first || !cursor.isRetiring() && !first.isRetiring();
                if (shares && cursor.next == next && cursor.isReady(last)) {
                    send(cursor, append);
                }
            }
        }
    }

    private Cursor lowestReady(long last) {
        Cursor lowest = null;
        for (Cursor cursor : cursors.values()) {
            if (cursor.isReady(last) && (lowest == null || cursor.next < lowest.next)) {
                lowest = cursor;
            }
        }
        return lowest;
    }

    private Message.Append append(Cursor cursor, long last) {
        ReplicaLog log = replica.log();
        long prev = cursor.next - 1;
        byte[] bytes = cursor.next > last ? NOTHING : EntryBytes.join(log, cursor.next, last, settings.appendBytesMax());
        int count = 0;
        for (int length = 0; length < bytes.length; count++) {
            length += log.entry(cursor.next + count).bytes().length;
        }
        return new Message.Append(epoch, prev, log.checksumAt(prev), cursor.mayKnow(replica.committedIndex()), count, bytes);
    }

    private void send(Cursor cursor, Message.Append append) {
        if (!links.send(cursor.node(), append)) {
            cursor.blocked = true;
            return;
        }
        cursor.sentCommit = append.commitIndex();
        if (cursor.mode == Cursor.Mode.PROBE) {
            cursor.awaiting = true;
        } else {
            cursor.next += append.count();
        }
    }

    /** Tells the commit index to those to whom it has not gone with entries. */
    void tellCommit() {
        for (Cursor cursor : new ArrayList<>(cursors.values())) {
            if (isUntold(cursor)) {
                send(cursor, append(cursor, -1));
            }
            if (cursor.released && (cursor.knowsItsEnd() || !links.isUp(cursor.node()))) {
                cursors.remove(cursor.node().uid());
            }
        }
    }

    /** True if some peer could hear of a commit that it was not told of. */
    boolean hasUntoldCommit() {
        return cursors.values().stream().anyMatch(this::isUntold);
    }

    private boolean isUntold(Cursor cursor) {
        return cursor.mode == Cursor.Mode.STREAM && !cursor.blocked && cursor.next > replica.log().base()
                && cursor.sentCommit < cursor.mayKnow(replica.committedIndex());
    }

    /** Probes again who is behind and has said nothing since the last look; true while someone is behind. */
    boolean probeStalled() {
        boolean behind = false;
        for (Cursor cursor : cursors.values()) {
            if (!links.isUp(cursor.node()) || cursor.held >= Math.min(replica.log().last(), cursor.lastWanted)) {
                continue;
            }
            behind = true;
            if (cursor.held == cursor.heldBefore && !cursor.blocked) {
                cursor.probeFrom(Math.max(probeStart(cursor), replica.log().base() + 1));
            }
            cursor.heldBefore = cursor.held;
        }
        return behind;
    }

    // ---------------------------------------------------------------- commit

    /** Commits and applies all that is decided by now; true if it was anything. */
    boolean advance() {
        long before = replica.committedIndex();
        Configuration old = replica.configurations().committed();
        long decided = decided();
        if (decided <= before) {
            return false;
        }
        replica.commitTo(decided);
        Configuration now = replica.configurations().committed();
        if (now != old) {
            retire(old, now);
        }
        for (Cursor cursor : cursors.values()) {
            // An entry behind the change is committed, so a majority of the new ones held it, and it came with the change's commit.
            cursor.released |= cursor.isRetiring() && replica.committedIndex() > cursor.lastWanted;
        }
        return true;
    }

    /** Prefix-wise: each stretch of the log by the configuration before it, old stretches only together with the own empty entry. */
    private long decided() {
        long decided = replica.committedIndex();
        long last = replica.log().last();
        while (decided < last) {
            Configuration deciding = replica.configurations().deciding(decided + 1);
            long level = quorum.level(deciding.acceptors(), this::heldBy);
            long end = Math.min(last, replica.configurations().decidesUpTo(deciding));
            long reached = Math.min(level, end);
            if (level < emptyIndex || reached <= decided) {
                break;
            }
            decided = reached;
            if (decided < end) {
                break;
            }
        }
        return decided;
    }

    /** What an acceptor holds: this very log of it, not another one of the same node. */
    long heldBy(Acceptor acceptor) {
        if (acceptor.node().uid().equals(self.uid())) {
            return acceptor.logId() == replica.logId() ? replica.storedIndex() : -1;
        }
        Cursor cursor = cursors.get(acceptor.node().uid());
        return cursor != null && cursor.logId == acceptor.logId() ? cursor.held : -1;
    }

    /** Whoever was put out is sent the log up to its putting out, and told of that only once a majority of the new ones knows it committed. */
    private void retire(Configuration old, Configuration now) {
        Set<Uid> stay = new HashSet<>(learners.keySet());
        members.forEach(node -> stay.add(node.uid()));
        replica.configurations().all().forEach(c -> c.acceptors().forEach(a -> stay.add(a.node().uid())));
        boolean someone = false;
        for (Acceptor acceptor : old.acceptors()) {
            Cursor cursor = cursors.get(acceptor.node().uid());
            if (cursor != null && !stay.contains(acceptor.node().uid()) && links.isUp(cursor.node())) {
                cursor.lastWanted = now.index();
                someone = true;
            }
        }
        if (someone && isServing()) {
            appendEmpty();
        }
        refreshTargets();
        judgePause();
    }

    // ---------------------------------------------------------------- status

    /** Says when too few acceptors are left, and when there are enough again. */
    void judgePause() {
        Configuration configuration = replica.configurations().committed();
        List<Acceptor> acceptors = configuration.acceptors();
        boolean enough = quorum.reached(acceptors, this::isUp);
        int up = (int) acceptors.stream().filter(this::isUp).count();
        String sentence = enough ? "" : "paused: " + up + " of " + acceptors.size() + " acceptors";
        if (!sentence.equals(paused)) {
            paused = sentence;
            listener.onPaused(!enough, enough ? "going on: " + up + " of " + acceptors.size() + " acceptors" : sentence);
        }
    }

    private boolean isUp(Acceptor acceptor) {
        return acceptor.node().uid().equals(self.uid()) || links.isUp(links.newest(acceptor.node()));
    }

    String paused() {
        return paused;
    }

    List<GroupStatus.Holder> holders() {
        List<GroupStatus.Holder> holders = new ArrayList<>();
        for (Cursor c : cursors.values()) {
            holders.add(new GroupStatus.Holder(c.node(), replica.configurations().latest().contains(c.node().uid()), links.isUp(c.node()), c.held,
                    replica.log().last() - Math.max(0, c.held)));
        }
        return holders;
    }
}
