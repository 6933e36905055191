package org.gavel.node.replication;

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
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * One attempt to lead one epoch (protocol.md section 7, take-over): promises of a majority of the newest configuration known committed and of every later one
 * in the best log; then the best log itself. A majority of promises meets every majority that held a committed entry, and the log with the highest (epoch,
 * index) of its last entry contains it: not the longest one, which may be a fenced leader's.
 * <p>One thing the words of section 7 leave open: a config entry is committed by the <em>old</em> acceptors, so a majority of the new ones need not hold it. Who starts from
 * a configuration known committed must therefore make sure that the log it takes contains that entry. So: whatever this node or a promiser knows
 * committed is fetched first; a log that parts from it is never the best one, whatever its last entry (a follower that was no acceptor yet may hold a fenced
 * leader's junk of a higher epoch), though its promise counts; where none is left this node's own log is. A configuration merely told by a refusal is asked, not started from.
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
    private final GroupSettings settings;
    /** Whose log parts from what is known committed. */
    private final Set<Uid> foreign = new HashSet<>();
    /** Newest one known committed, whose entry this node or a promiser holds. */
    private Configuration known;
    /** Whose log is being fetched. */
    private Reply source;
    private LogFetch fetch;
    private boolean over;

    TakeOver(long epoch, NodeRef self, Replica replica, GroupLinks links, Quorum quorum, GroupListener listener, GroupSettings settings,
             Outcome outcome) {
        this.epoch = epoch;
        this.self = self;
        this.replica = replica;
        this.links = links;
        this.quorum = quorum;
        this.listener = listener;
        this.outcome = outcome;
        this.settings = settings;
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
        if (links.send(node, new Message.Prepare(epoch, replica.logId(), replica.configurations().committed().index()))) {
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
        decide();
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
            refused.remove(from.uid());
            decide();
        } catch (MalformedException e) {
            listener.onCorruption("a promise of " + node + " is not counted: " + e.getMessage());
        }
    }

    void onRefused(PeerId from, Message.PromiseRefused m) {
        NodeRef node = asked.get(from.uid());
        if (m.epoch() != epoch || node == null) {
            return;
        }
        if (!replies.containsKey(from.uid())) {
            refused.add(from.uid());
        }
        try {
            EntryBytes.configurations(m.bytes()).forEach(this::ask);
        } catch (MalformedException e) {
            listener.onCorruption("a refusal of " + node + " cannot be read: " + e.getMessage());
        }
        decide();
    }

    /** Goes on as far as the answers allow; fails where all have answered and it is not enough, whether a promise came last or a refusal. */
    private void decide() {
        evaluate();
        failIfAllAnswered(missing());
    }

    private void failIfAllAnswered(String reason) {
        if (!over && source == null && !refused.isEmpty() && replies.containsKey(self.uid()) && refused.size() + replies.size() - 1 >= asked.size()) {
            over = true;
            outcome.failed(reason);
        }
    }

    // ---------------------------------------------------------------- deciding

    /** What counts has changed. */
    void reconsider() {
        decide();
    }

    private void evaluate() {
        if (over || source != null || !replies.containsKey(self.uid())) {
            return;
        }
        findKnown();
        Reply best = best();
        boolean enough = quorum.reached(known.acceptors(), this::answered);
        for (Configuration later : best.configurations()) {
            if (later.index() > known.index()) {
                ask(later);
                enough &= quorum.reached(later.acceptors(), this::answered);
            }
        }
        if (enough) {
            Reply ahead = furthestCommitted();
            if (ahead.commitIndex() > Math.max(replica.committedIndex(), best.commitIndex())) {
                fetch(ahead, ahead.commitIndex(), true);
            } else {
                take(best);
            }
        }
    }

    private void findKnown() {
        known = replica.configurations().committed();
        for (Reply reply : replies.values()) {
            for (Configuration c : reply.configurations()) {
                if (c.index() <= reply.commitIndex() && c.index() > known.index()) {
                    known = c;
                }
            }
        }
        ask(known);
    }

    /** The highest last entry among the acceptors' logs that may contain what is known committed here; else this node's own. */
    private Reply best() {
        Reply best = null;
        for (Reply reply : replies.values()) {
            if (counts(reply) && mayContainCommitted(reply) && (best == null || reply.isBetterThan(best))) {
                best = reply;
            }
        }
        return best != null ? best : replies.get(self.uid());
    }

    private boolean mayContainCommitted(Reply reply) {
        long committed = replica.committedIndex();
        return !foreign.contains(reply.node().uid())
                && (reply.lastIndex() > committed || reply.lastIndex() == committed && reply.lastEpoch() == replica.log().epochAt(committed));
    }

    private Reply furthestCommitted() {
        Reply furthest = replies.get(self.uid());
        for (Reply reply : replies.values()) {
            if (reply.commitIndex() > furthest.commitIndex()) {
                furthest = reply;
            }
        }
        return furthest;
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

    // ---------------------------------------------------------------- fetching

    private void take(Reply best) {
        ReplicaLog log = replica.log();
        if (best.node().uid().equals(self.uid()) || best.lastIndex() == log.last() && best.lastEpoch() == log.lastEpoch()) {
            complete(best);
        } else {
            fetch(best, best.lastIndex(), false);
        }
    }

    private void fetch(Reply from, long target, boolean part) {
        source = from;
        fetch = new LogFetch(epoch, from.node(), target, from.lastEpoch(), part, replica, links, listener, settings);
        continueBy(fetch.request());
    }

    void onFetched(PeerId from, Message.Fetched m) {
        if (fetch != null) {
            outcome.fetchedMore();
            continueBy(fetch.onFetched(from, m));
        }
    }

    void onSnapshotPiece(PeerId from, Message.SnapshotPiece m) {
        if (fetch != null) {
            outcome.fetchedMore();
            continueBy(fetch.onSnapshotPiece(from, m));
        }
    }

    private void continueBy(LogFetch.Progress progress) {
        switch (progress) {
            case MORE -> { }
            case LOST -> sourceLost("it did not come whole");
            case FOREIGN -> {
                if (fetch.isPart()) {
                    throw new InvariantViolation(InvariantViolation.COMMITTED_AGREE,
                            source.node() + " knows " + source.commitIndex() + " committed, in a log that parts from what is committed here");
                }
                foreign.add(source.node().uid());
                endFetch();
                decide();
            }
            case DONE -> fetched();
        }
    }

    private void fetched() {
        Reply done = source;
        boolean part = fetch.isPart();
        endFetch();
        if (part) {
            replica.commitTo(done.commitIndex());
            replyMyself();
            decide(); // only now the best log is chosen
        } else {
            complete(done);
        }
    }

    private void endFetch() {
        source = null;
        fetch = null;
    }

    private void complete(Reply best) {
        over = true;
        replica.commitTo(Math.min(best.commitIndex(), replica.log().last()));
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
        endFetch();
        replyMyself(); // a snapshot of the lost source may have moved it
        evaluate();
        failIfAllAnswered("the best log, of " + name + ", was lost: " + reason);
    }

    /** What is still wanted, in a sentence. */
    String missing() {
        int have = quorum.count(known.acceptors(), n -> replies.containsKey(n.uid()));
        return "epoch " + epoch + " has " + have + " of " + quorum.needed(known.acceptors()) + " promises; not from "
                + String.join(", ", Quorum.names(known.acceptors(), a -> !answered(a)))
                + (source == null ? "" : "; the log of " + source.node() + " did not come");
    }
}
