package org.gavel.node.replication;

import java.util.List;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * The side of a replica that answers: promises to candidates, gives its log to the one it promised to, holds what a leader appends (protocol.md section 7).
 */
final class Acceptance {
    /** How it asks its group to change roles. */
    interface Roles {
        /** A candidate's higher epoch was promised: whatever this node led or asked for is over. */
        void outdated(long higherEpoch);

        /**
         * {@code leader} leads {@code epoch}, which is not below the promised one.
         *
         * @return false if it is a stranger that contradicts what is known here
         */
        boolean follow(long epoch, PeerId leader);

        /** True for an acceptor of any configuration in the log, a member or a learner. */
        boolean isParty(PeerId peer);

        /** A stranger spoke of another log: dropped. */
        void foreign(PeerId peer, String sentence);
    }

    private final Replica replica;
    private final GroupLinks links;
    private final Host host;
    private final GroupListener listener;
    private final GroupSettings settings;
    private final Roles roles;
    /** To the candidate promised to, while its window is full. */
    private SnapshotSender sender;
    private final SnapshotAssembly assembly;
    /** Highest index known equal to the present leader's log. */
    private long verifiedIndex;
    private PeerId heldDueTo;
    private long heldDueEpoch;
    private boolean heldScheduled;
    private PeerId promiseStoredTo = PeerId.UNKNOWN;
    private long promiseStoredEpoch;

    Acceptance(Replica replica, GroupLinks links, Host host, GroupListener listener, GroupSettings settings, Roles roles) {
        this.replica = replica;
        this.links = links;
        this.host = host;
        this.listener = listener;
        this.settings = settings;
        this.roles = roles;
        this.assembly = new SnapshotAssembly(settings);
    }

    // ---------------------------------------------------------------- promises

    void onPrepare(PeerId from, Message.Prepare m) {
        if (!replica.knowsConfiguration() || m.epoch() < replica.promisedEpoch()
                || m.epoch() == replica.promisedEpoch() && !replica.promisedTo().equals(from)) {
            refusePromise(from, m.epoch());
            return;
        }
        if (isPutOut(from, m.configIndex())) {
            refusePromise(from, m.epoch());
            return;
        }
        if (m.epoch() == replica.promisedEpoch()) {
            if (promiseStoredEpoch == m.epoch() && promiseStoredTo.equals(from)) {
                sendPromise(from, m.epoch());
            }
            return;
        }
        roles.outdated(m.epoch());
        replica.promise(m.epoch(), from, () -> {
            if (replica.promisedEpoch() == m.epoch() && replica.promisedTo().equals(from)) {
                promiseStoredEpoch = m.epoch();
                promiseStoredTo = from;
                sendPromise(from, m.epoch());
            }
        });
    }

    /**
     * A candidate that starts from an older configuration than the one known committed here, and is in none since, was put out and has missed it. It is told the
     * newest configuration, nothing else: a promise would end a leader for one who may not lead.
     */
    private boolean isPutOut(PeerId candidate, long itsConfigIndex) {
        return replica.configurations().committed().index() > itsConfigIndex
                && replica.configurations().all().stream().noneMatch(c -> c.contains(candidate.uid()));
    }

    private void refusePromise(PeerId from, long epoch) {
        byte[] newest = replica.knowsConfiguration() ? EntryBytes.ofConfigurations(List.of(replica.configurations().committed())) : new byte[0];
        reply(from, new Message.PromiseRefused(epoch, replica.promisedEpoch(), newest));
    }

    private void sendPromise(PeerId to, long epoch) {
        ReplicaLog log = replica.log();
        reply(to, new Message.Promise(epoch, replica.logId(), log.lastEpoch(), log.last(), replica.committedIndex(), log.base(),
                EntryBytes.ofConfigurations(replica.configurations().all())));
    }

    /** The candidate that holds this node's promise asks for its log. */
    void onFetch(PeerId from, Message.Fetch m) {
        if (m.epoch() != replica.promisedEpoch() || !replica.promisedTo().equals(from)) {
            reply(from, new Message.Fenced(m.epoch(), replica.promisedEpoch()));
            return;
        }
        NodeRef to = links.sender(from);
        if (to == null || !replica.knowsConfiguration()) {
            return;
        }
        ReplicaLog log = replica.log();
        if (m.afterIndex() < log.base()) {
            sender = new SnapshotSender(links, to, m.epoch(), replica.committedIndex(), replica.snapshot(), replica.snapshotBytes(),
                    settings.snapshotPieceBytes());
            onRoom(to);
            return;
        }
        byte[] bytes = m.afterIndex() >= log.last() ? new byte[0]
                : EntryBytes.join(log, m.afterIndex() + 1, log.last(), settings.fetchBytesMax());
        boolean last = m.afterIndex() >= log.last() || endsAtLast(bytes, log);
        links.send(to, new Message.Fetched(m.epoch(), m.afterIndex(), last, bytes));
    }

    private static boolean endsAtLast(byte[] bytes, ReplicaLog log) {
        byte[] lastEntry = log.entry(log.last()).bytes();
        return bytes.length >= lastEntry.length
                && java.util.Arrays.equals(bytes, bytes.length - lastEntry.length, bytes.length, lastEntry, 0, lastEntry.length);
    }

    /** The window to a peer has room again. */
    void onRoom(NodeRef peer) {
        if (sender != null && sender.to().sameStart(peer) && sender.pump()) {
            sender = null;
        }
    }

    // ---------------------------------------------------------------- appends

    /** Forgets what was known equal to a former leader's log. */
    void newLeader() {
        verifiedIndex = 0;
        heldDueTo = null;
        assembly.clear();
        sender = null;
    }

    void onAppend(PeerId from, Message.Append m) {
        ReplicaLog log = replica.log();
        long prev = m.prevIndex();
        boolean known = prev <= log.last() && prev >= log.base();
        boolean equal = known && log.checksumAt(prev) == m.prevChecksum();
        boolean contradicts = known && !equal && prev <= replica.committedIndex() && replica.knowsConfiguration() && m.epoch() >= replica.promisedEpoch();
        if (contradicts && isForeign(from, prev, m.epoch()) || !isCurrent(from, m.epoch())) {
            return;
        }
        if (!replica.knowsConfiguration()) {
            reply(from, new Message.Mismatch(m.epoch(), -1, -1));
            return;
        }
        if (prev > log.last() || known && !equal) {
            mismatch(from, m.epoch());
            return;
        }
        try {
            if (!take(from, m)) {
                mismatch(from, m.epoch());
            }
        } catch (MalformedException e) {
            listener.onCorruption("an append of epoch " + m.epoch() + " cannot be read: " + e.getMessage());
            mismatch(from, m.epoch());
        }
        replica.commitTo(Math.min(m.commitIndex(), verifiedIndex));
        dueHeld(from, m.epoch());
    }

    /**
     * An append that contradicts a known committed entry. From a party of this group that can never be; from a stranger it means another log under the same number,
     * such as that of a ring which this node has left for another foundation.
     */
    private boolean isForeign(PeerId from, long index, long epoch) {
        String sentence = "entry " + index + " is known committed here and another at the leader of epoch " + epoch;
        if (roles.isParty(from)) {
            throw new InvariantViolation(InvariantViolation.COMMITTED_AGREE, sentence);
        }
        roles.foreign(from, sentence);
        return true;
    }

    /** True if a message of a leader counts; else it was told why not. */
    private boolean isCurrent(PeerId from, long epoch) {
        if (epoch < replica.promisedEpoch()) {
            reply(from, new Message.Fenced(epoch, replica.promisedEpoch()));
            return false;
        }
        return roles.follow(epoch, from);
    }

    /** Takes the entries that follow a matching one; false if a checksum was wrong, then only those before it count. */
    private boolean take(PeerId from, Message.Append m) throws MalformedException {
        long index = m.prevIndex();
        verifiedIndex = Math.max(verifiedIndex, index);
        for (LogEntry entry : EntryBytes.read(m.bytes())) {
            index++;
            if (entry.index() != index || entry.epoch() > m.epoch()) {
                throw new MalformedException("entry " + entry + " stands where " + index + " belongs");
            }
            if (!takeOne(from, m.epoch(), entry)) {
                return false;
            }
            verifiedIndex = Math.max(verifiedIndex, index);
        }
        return true;
    }

    private boolean takeOne(PeerId from, long epoch, LogEntry entry) throws MalformedException {
        ReplicaLog log = replica.log();
        long index = entry.index();
        if (index <= log.base() || index <= log.last() && log.checksumAt(index) == entry.checksum()) {
            return true; // a mere repeat: nothing is cut
        }
        if (!entry.follows(log.checksumAt(index - 1))) {
            listener.onCorruption("entry " + entry + " does not fit its checksum; it is not held");
            return false;
        }
        if (index <= replica.committedIndex() && isForeign(from, index, epoch)) {
            return false;
        }
        if (index <= log.last()) {
            if (log.epochAt(index) == entry.epoch()) {
                listener.onCorruption("entry " + entry + " differs from the copy here with equal epoch and index");
            }
            replica.truncateFrom(index);
            verifiedIndex = Math.min(verifiedIndex, index - 1);
        }
        replica.append(entry);
        return true;
    }

    void onSnapshotPiece(PeerId from, Message.SnapshotPiece m) {
        if (!isCurrent(from, m.epoch())) {
            return;
        }
        try {
            SnapshotImage image = assembly.add(from, m);
            if (image == null) {
                return;
            }
            replica.install(image);
            verifiedIndex = Math.max(verifiedIndex, image.index());
            dueHeld(from, m.epoch());
        } catch (MalformedException e) {
            listener.onCorruption("a snapshot from " + from + " is not used: " + e.getMessage());
        }
    }

    private void mismatch(PeerId from, long epoch) {
        reply(from, new Message.Mismatch(epoch, replica.committedIndex(), replica.log().last()));
    }

    // ---------------------------------------------------------------- held

    private void dueHeld(PeerId leader, long epoch) {
        heldDueTo = leader;
        heldDueEpoch = epoch;
        if (!heldScheduled) {
            heldScheduled = true;
            host.atEndOfPass(this::endOfPass);
        }
    }

    private void endOfPass() {
        heldScheduled = false;
        replica.flush();
        // With nothing to be stored no completion will come: a repeat or a mere commit index is answered at once.
        if (heldDueTo != null && replica.storedIndex() >= verifiedIndex) {
            sendHeld();
        }
    }

    /** The store completed. */
    void onStored() {
        if (heldDueTo != null) {
            sendHeld();
        }
    }

    private void sendHeld() {
        long held = Math.min(verifiedIndex, replica.storedIndex());
        PeerId to = heldDueTo;
        if (held >= verifiedIndex) {
            heldDueTo = null;
        }
        if (heldDueEpoch == replica.promisedEpoch()) {
            reply(to, new Message.Held(heldDueEpoch, held, replica.logId()));
        }
    }

    private void reply(PeerId to, Message message) {
        NodeRef node = links.sender(to);
        if (node != null) {
            links.send(node, message);
        }
    }
}
