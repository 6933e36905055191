package org.gavel.node.simulation.check;

import org.gavel.protocol.link.Links;

/** A replicated group of the whole world: group numbers are those of one foundation. */
public record GroupKey(long foundation, long group) {
    static GroupKey ring(long foundation) {
        return new GroupKey(foundation, Links.RING_GROUP);
    }

    boolean isRing() {
        return group == Links.RING_GROUP;
    }

    @Override
    public String toString() {
        return isRing() ? "the ring's group" : "group " + group;
    }
}
