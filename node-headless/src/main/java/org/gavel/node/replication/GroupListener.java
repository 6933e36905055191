package org.gavel.node.replication;

import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.LogEntry;

/** What a replicated group tells its node. All calls come on the host's thread, never from within a call into the group's own {@code takeOver}. */
public interface GroupListener {
    /** This node's own empty entry of {@code epoch} is committed: it is the serving leader and may propose. */
    void onServing(long epoch);

    /** A leader of a new, higher epoch was accepted (its first append arrived), or serves here no longer unknown. */
    void onLeader(long epoch, Uid leader);

    /** This node led or asked for {@code epoch} and has learnt of {@code higherEpoch}: it leads no more. */
    void onDeposed(long epoch, long higherEpoch);

    /** A take-over did not reach its promises in time, or its log source died; another election is due. */
    void onTakeOverFailed(long epoch, String reason);

    /** An entry was committed and applied here, in log order, on every replica; {@code outcome} as JSON x. */
    void onApplied(LogEntry entry, byte[] outcome);

    /** The state was replaced by a snapshot at {@code index}; nothing is called for the entries up to it. */
    void onRestored(long index);

    /** A configuration came into this node's log, or ({@code committed}) became known committed. */
    void onConfiguration(Configuration configuration, boolean committed);

    /** Leader only: a learner now holds the whole log. */
    void onCaughtUp(NodeRef learner);

    /** Leader only: 'paused: 1 of 3 acceptors' or, with {@code paused} false, going on. A notice, never an answer. */
    void onPaused(boolean paused, String sentence);

    /** Two copies disagree, or a copy's own checksum is wrong: reported, the copy counts as not held. */
    void onCorruption(String sentence);

    /** Leader only: a change of acceptors that waited for its newcomers was given up, nothing is changed. */
    default void onReconfigurationFailed(String reason) { }
}
