package org.gavel.node.replication.worlds;

import java.util.Collection;
import java.util.List;

/** One living node under test: production objects on a {@link SmallHost}, with everything that comes out of them caught. */
interface Subject {
    /** One message on its way. */
    record Sent(int to, org.gavel.protocol.wire.Message message) { }

    /** One pass of the event loop. Whatever the production code throws comes through. */
    void apply(Stimulus stimulus);

    /** What was sent since the last call, in order. */
    List<Sent> takeSent();

    /** What the listener was told since the last call, in order; records with a telling {@code toString}. */
    List<Object> takeSeen();

    /** Names of the timers that run. */
    Collection<String> timers();

    /** Writes everything that decides on future behaviour. */
    void describe(Fingerprint out);

    /** What the world's invariants look at; immutable. */
    Object facts();
}
