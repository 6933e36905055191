package org.gavel.protocol.ring;

import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;

/**
 * One node of the ring.
 *
 * @param node  which start of which node
 * @param logId of its copy of the ring's log, drawn when it was admitted
 */
public record Member(NodeRef node, long logId) {
    public Uid uid() {
        return node.uid();
    }

    /** All members of the ring are acceptors of its group (protocol.md section 8). */
    public Acceptor acceptor() {
        return new Acceptor(node, logId);
    }
}
