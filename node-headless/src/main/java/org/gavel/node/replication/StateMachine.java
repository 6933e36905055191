package org.gavel.node.replication;

import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/** What a replicated group replicates. Deterministic: equal entries in equal order give equal states, outcomes and snapshots. */
public interface StateMachine {
    /**
     * Applies one committed entry: a command, or a configuration (whose payload may concern the state). Never called for empty entries,
     * nor for a command of a session that repeats an earlier one.
     *
     * @return the outcome as JSON, the answer to whoever submitted it; never null, "{}" if there is nothing to say
     */
    byte[] apply(LogEntry entry);

    /** The whole state as JSON. */
    byte[] snapshot();

    /**
     * Puts the state of a {@link #snapshot} in place of the present one.
     *
     * @throws MalformedException if it is none; then nothing has changed
     */
    void restore(byte[] snapshot) throws MalformedException;
}
