package org.gavel.node.replication;

import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;

/**
 * The acceptors of all entries behind {@code index}.
 *
 * @param index     of its config entry; 0 for the base configuration that a group is born with
 * @param epoch     of its config entry
 * @param acceptors whose promises and holding count
 * @param payload   JSON that belongs to the state machine (the ring: its view; an auction: its members)
 */
public record Configuration(long index, long epoch, List<Acceptor> acceptors, String payload) {
    public boolean contains(Uid uid) {
        return acceptors.stream().anyMatch(a -> a.node().uid().equals(uid));
    }
}
