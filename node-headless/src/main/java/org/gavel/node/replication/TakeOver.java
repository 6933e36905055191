package org.gavel.node.replication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * One attempt to lead one epoch (protocol.md section 7, take-over): promises of a majority of the newest configuration known committed and of every later one
 * in the best log; then the best log itself. A majority of promises meets every majority that held a committed entry, and the log with the highest (epoch,
 * index) of its last entry contains it: not the longest one, which may be a fenced leader's.
 */
final class TakeOver {
    /** How it ends. */
    interface Outcome {
        /** The best log is this node's own now. */
        void won();

        void failed(String reason);

        /** A piece arrived: the time runs anew. */
        void fetchedMore();
    }

    /** What one acceptor promised with. {@code configurations}: its newest committed one and those behind. */
    private record Reply(NodeRef node, long logId, long lastEpoch, long lastIndex, long commitIndex, List<Configuration> configurations) {
        boolean isBetterThan(Reply other) {
            return lastEpoch != other.lastEpoch ? lastEpoch > other.lastEpoch : lastIndex > other.lastIndex;
        }
    }

    private final long epoch;
    private final NodeRef self;
    private final Replica replica;
    private final GroupLinks links;
    private final Quorum quorum;
    private final GroupListener listener;
    private final Outcome outcome;
    private final Map<Uid, Reply> replies = new TreeMap<>();
    private final Map<Uid, NodeRef> asked = new LinkedHashMap<>();
    private final Set<Uid> unsent = new LinkedHashSet<>();
    private final Set<Uid> refused = new HashSet<>();
    private final List<LogEntry> fetched = new ArrayList<>();
    private final SnapshotAssembly assembly;
    /** Newest one known committed. */
    private Configuration known;
    /** Whose log is being fetched. */
    private Reply source;

    TakeOver(long epoch, NodeRef self, Replica replica, GroupLinks links, Quorum quorum, GroupListener listener, GroupSettings settings,
             Outcome outcome) {
        this.epoch = epoch;
        this.self = self;
        this.replica = replica;
        this.links = links;
        this.quorum = quorum;
        this.listener = listener;
        this.outcome = outcome;
        this.assembly = new SnapshotAssembly(settings);
        this.known = replica.configurations().committed();
    }

    long epoch() {
        return epoch;
    }

    Quorum quorum() {
        return quorum;
    }

    // ---------------------------------------------------------------- asking

    void start() {
        ask(known);
    }

    private void ask(Configuration configuration) {
        for (Acceptor acceptor : configuration.acceptors()) {
            NodeRef node = links.newest(acceptor.node());
            if (!node.uid().equals(self.uid()) && !asked.containsKey(node.uid())) {
                asked.put(node.uid(), node);
                prepare(node);
            }
        }
    }

    private void prepare(NodeRef node) {
        if (links.send(node, new Message.Prepare(epoch, replica.logId()))) {
            unsent.remove(node.uid());
        } else {
            unsent.add(node.uid());
        }
    }

    /** A window has room, or a peer is back: asks again whoever has not answered. */
    void reachable(NodeRef node) {
        if (asked.containsKey(node.uid()) && !replies.containsKey(node.uid())) {
            asked.put(node.uid(), links.newest(node));
            prepare(links.newest(node));
        }
    }

    void onRoom(NodeRef node) {
        if (unsent.contains(node.uid())) {
            reachable(node);
        }
    }

    /** This node's own promise is stored: its log counts where it is an acceptor. */
    void ownPromiseStored() {
        replyMyself();
        evaluate();
    }

    private void replyMyself() {
        ReplicaLog log = replica.log();
        replies.put(self.uid(), new Reply(self, replica.logId(), log.lastEpoch(), log.last(), replica.committedIndex(),
                List.copyOf(replica.configurations().all())));
    }

    void onPromise(PeerId from, Message.Promise m) {
        NodeRef node = asked.get(from.uid());
        if (m.epoch() != epoch || node == null || node.incarnation() != from.incarnation() || replies.containsKey(from.uid())) {
            return;
        }
        try {
            Reply reply = new Reply(node, m.logId(), m.lastEpoch(), m.lastIndex(), m.commitIndex(), EntryBytes.configurations(m.bytes()));
            replies.put(from.uid(), reply);
            reply.configurations().stream().filter(c -> c.index() <= m.commitIndex()).forEach(this::knowCommitted);
            evaluate();
        } catch (MalformedException e) {
            listener.onCorruption("a promise of " + node + " is not counted: " + e.getMessage());
        }
    }

    void onRefused(PeerId from, Message.PromiseRefused m) {
        NodeRef node = asked.get(from.uid());
        if (m.epoch() != epoch || node == null) {
            return;
        }
        refused.add(from.uid());
        try {
            EntryBytes.configurations(m.bytes()).forEach(this::knowCommitted);
        } catch (MalformedException e) {
            listener.onCorruption("a refusal of " + node + " cannot be read: " + e.getMessage());
        }
        evaluate();
        if (source == null && refused.size() + promised() >= asked.size()) {
            outcome.failed(missing());
        }
    }

    private int promised() {
        return replies.size() - (replies.containsKey(self.uid()) ? 1 : 0);
    }

    private void knowCommitted(Configuration configuration) {
        if (configuration.index() > known.index()) {
            known = configuration;
            ask(known);
        }
    }

    // ---------------------------------------------------------------- deciding

    /** What counts has changed. */
    void reconsider() {
        evaluate();
    }

    private void evaluate() {
        if (source != null) {
            return;
        }
        Reply best = null;
        for (Reply reply : replies.values()) {
            if (counts(reply) && (best == null || reply.isBetterThan(best))) {
                best = reply;
            }
        }
        if (best == null) {
            return;
        }
        boolean enough = quorum.reached(known.acceptors(), this::answered);
        for (Configuration later : best.configurations()) {
            if (later.index() > known.index()) {
                ask(later);
                enough &= quorum.reached(later.acceptors(), this::answered);
            }
        }
        if (enough) {
            fetch(best);
        }
    }

    /** A set of acceptors, not a number of answers: the log that was promised with must be the one that the configuration names. */
    private boolean answered(Acceptor acceptor) {
        Reply reply = replies.get(acceptor.node().uid());
        return reply != null && reply.logId() == acceptor.logId();
    }

    private boolean counts(Reply reply) {
        if (known.contains(reply.node().uid(), reply.logId())) {
            return true;
        }
        return replies.values().stream().flatMap(r -> r.configurations().stream())
                .anyMatch(c -> c.index() > known.index() && c.contains(reply.node().uid(), reply.logId()));
    }

    private void fetch(Reply best) {
        if (best.lastIndex() < replica.committedIndex()) {
            throw new InvariantViolation(InvariantViolation.COMMITTED_SEEN, "the best log of those that promised epoch " + epoch + " ends at "
                    + best.lastIndex() + ", but " + replica.committedIndex() + " is known committed");
        }
        source = best;
        ReplicaLog log = replica.log();
        if (best.node().uid().equals(self.uid()) || best.lastIndex() == log.last() && best.lastEpoch() == log.lastEpoch()) {
            complete();
            return;
        }
        fetched.clear();
        requestNext();
    }

    // ---------------------------------------------------------------- fetching

    private void requestNext() {
        long after = replica.committedIndex() + fetched.size();
        if (!links.send(source.node(), new Message.Fetch(epoch, after))) {
            sourceLost("its window is full");
        }
    }

    void onFetched(PeerId from, Message.Fetched m) {
        if (source == null || m.epoch() != epoch || !from.equals(source.node().peer())
                || m.afterIndex() != replica.committedIndex() + fetched.size()) {
            return;
        }
        outcome.fetchedMore();
        try {
            for (LogEntry entry : EntryBytes.read(m.bytes())) {
                take(entry);
            }
            if (!m.last()) {
                requestNext();
                return;
            }
            LogEntry last = fetched.isEmpty() ? null : fetched.get(fetched.size() - 1);
            if (last != null && (last.index() != source.lastIndex() || last.epoch() != source.lastEpoch())) {
                throw new MalformedException("it ends at " + last + ", not where it was promised");
            }
            adopt();
            complete();
        } catch (MalformedException e) {
            listener.onCorruption("the log of " + source.node() + " is not used: " + e.getMessage());
            sourceLost("its log is corrupt");
        }
    }

    private void take(LogEntry entry) throws MalformedException {
        long expected = replica.committedIndex() + fetched.size() + 1;
        long before = fetched.isEmpty() ? replica.log().checksumAt(replica.committedIndex()) : fetched.get(fetched.size() - 1).checksum();
        if (entry.index() != expected || !entry.follows(before)) {
            throw new MalformedException("entry " + entry + " does not fit its checksum");
        }
        fetched.add(entry);
    }

    /** Puts the fetched tail in place of this node's own, all at once: a part of it might be less than what this node holds for others. */
    private void adopt() throws MalformedException {
        ReplicaLog log = replica.log();
        for (LogEntry entry : fetched) {
            if (entry.index() <= log.last()) {
                if (log.checksumAt(entry.index()) == entry.checksum()) {
                    continue;
                }
                replica.truncateFrom(entry.index());
            }
            replica.append(entry);
        }
        replica.truncateFrom(source.lastIndex() + 1);
    }

    void onSnapshotPiece(PeerId from, Message.SnapshotPiece m) {
        if (source == null || !from.equals(source.node().peer())) {
            return;
        }
        outcome.fetchedMore();
        try {
            SnapshotImage image = assembly.add(from, m);
            if (image != null) {
                replica.install(image);
                fetched.clear();
                requestNext();
            }
        } catch (MalformedException e) {
            listener.onCorruption("the snapshot of " + source.node() + " is not used: " + e.getMessage());
            sourceLost("its snapshot is corrupt");
        }
    }

    private void complete() {
        replica.commitTo(Math.min(source.commitIndex(), replica.log().last()));
        outcome.won();
    }

    /** A peer is gone: a promise stays valid, but a log that is still to be fetched does not. */
    void peerDown(NodeRef node, String reason) {
        if (source != null && source.node().sameStart(node)) {
            sourceLost(reason);
        }
    }

    private void sourceLost(String reason) {
        replies.remove(source.node().uid());
        refused.add(source.node().uid());
        String name = source.node().toString();
        source = null;
        fetched.clear();
        assembly.clear();
        if (replies.containsKey(self.uid())) {
            replyMyself(); // a snapshot of the lost source may have moved it
            knowCommitted(replica.configurations().committed());
        }
        evaluate();
        if (source == null && refused.size() + promised() >= asked.size()) {
            outcome.failed("the best log, of " + name + ", was lost: " + reason);
        }
    }

    /** What is still wanted, in a sentence. */
    String missing() {
        int have = quorum.count(known.acceptors(), n -> replies.containsKey(n.uid()));
        return "epoch " + epoch + " has " + have + " of " + quorum.needed(known.acceptors()) + " promises; not from "
                + String.join(", ", Quorum.names(known.acceptors(), a -> !answered(a)))
                + (source == null ? "" : "; the log of " + source.node() + " did not come");
    }
}
