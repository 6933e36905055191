package org.gavel.node.server;

import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/**
 * The links as one ring uses them: on the wire its group carries the foundation's random number instead of 1. So a late append, promise or token of a ring
 * that a node has left is never taken for one of the ring that it is in now. (Seen with real processes: two rings founded at a slow start, one dissolving into
 * the other, an append of the first arriving in the second: its members found their logs contradicted.)
 */
final class RingLinks implements Links {
    private final Links links;
    private final long foundation;

    RingLinks(Links links, long foundation) {
        this.links = links;
        this.foundation = foundation;
    }

    private long onTheWire(long group) {
        return group == RING_GROUP ? foundation : group;
    }

    @Override
    public boolean send(NodeRef to, long group, Message message) {
        return links.send(to, onTheWire(group), message);
    }

    @Override
    public int room(NodeRef to) {
        return links.room(to);
    }

    @Override
    public void sendUnreliable(NodeRef to, long group, Message message) {
        links.sendUnreliable(to, onTheWire(group), message);
    }

    @Override
    public void sendUnreliable(Address to, PeerId receiver, long group, Message message) {
        links.sendUnreliable(to, receiver, onTheWire(group), message);
    }

    @Override
    public void broadcast(long group, Message message) {
        links.broadcast(onTheWire(group), message);
    }

    @Override
    public void close(NodeRef peer) {
        links.close(peer);
    }

    @Override
    public void watch(NodeRef peer) {
        links.watch(peer);
    }

    @Override
    public void unwatch(NodeRef peer) {
        links.unwatch(peer);
    }

    @Override
    public long roundTripMicros(NodeRef peer) {
        return links.roundTripMicros(peer);
    }

    @Override
    public long resendTimerMs(NodeRef peer) {
        return links.resendTimerMs(peer);
    }
}
