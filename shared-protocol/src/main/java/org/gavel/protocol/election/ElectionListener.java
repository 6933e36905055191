package org.gavel.protocol.election;

import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;

/** What an election tells the role above it. Called on the host's thread, never from within {@link LcrElection#start}. */
public interface ElectionListener {
    /** The own token came home: LCR nominates this member for {@code epoch}. Promises make it a leader. At most once per (view, epoch). */
    void onNominated(long epoch);

    /** Elected arrived: {@code leader}, another member, was nominated for {@code epoch}. At most once per (view, epoch). */
    void onElected(long epoch, Uid leader);

    /** {@code epoch} brought no serving leader; the election was restarted with a higher one. */
    void onNoResult(long epoch);

    /**
     * The highest epoch that this member has heard of outside of the election, as by promising it to a candidate of another view: none at or below it can bring a
     * leader, so a restart asks for one above.
     */
    default long highestEpoch() {
        return 0;
    }

    /** A successor that acknowledged nothing was passed over: a reason to verify it, no more. */
    default void onSkipped(NodeRef successor) { }
}
