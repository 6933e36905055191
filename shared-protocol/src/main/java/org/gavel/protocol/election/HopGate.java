package org.gavel.protocol.election;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/** What comes in along the ring: refuses what is stale, foreign, doubled or has travelled too far; acknowledges the rest. */
final class HopGate {
    /** Remembered (sender, number) pairs: twice the hops that 100 members can send one in an epoch. */
    static final int SEEN_HOPS_MAX = 256;
    /** Epochs above this are refused as malformed: they count up one by one, and JSON numbers are exact up to here. */
    static final long EPOCH_MAX = 1L << 53;

    private record SeenHop(PeerId from, long number) { }

    private final long group;
    private final ElectionRing ring;
    private final Links links;
    private final LongSupplier newestEpoch;
    private final Set<SeenHop> seen = new LinkedHashSet<>();
    private long dropped;

    /** @param newestEpoch what the sender of a stale message is told */
    HopGate(long group, ElectionRing ring, Links links, LongSupplier newestEpoch) {
        this.group = group;
        this.ring = ring;
        this.links = links;
        this.newestEpoch = newestEpoch;
    }

    /**
     * Whether a token or announcement is to be looked at.
     *
     * @param lowestEpoch below it a message is stale; its sender is told so, which also ends its resends
     */
    boolean admit(NodeRef sender, ViewId view, long epoch, long lowestEpoch, long number, int hops) {
        if (!ring.selfIsMember() || epoch > EPOCH_MAX || !view.equals(ring.view()) && !ring.view().isNewerThan(view)) {
            dropped++; // of a view not installed here: the sender's resends may find it installed
            return false;
        }
        if (!view.equals(ring.view()) || epoch < lowestEpoch) {
            dropped++;
            links.sendUnreliable(sender, group, new Message.ElectionStale(ring.view(), newestEpoch.getAsLong()));
            return false;
        }
        links.sendUnreliable(sender, group, new Message.TokenAck(number));
        if (!firstTime(new SeenHop(sender.peer(), number)) || hops > 2 * ring.size()) {
            dropped++;
            return false;
        }
        return true;
    }

    /** A new view: nothing of an older one is admitted any more, and a member that was away in between counts from 1 again. */
    void forgetSeen() {
        seen.clear();
    }

    void drop() {
        dropped++;
    }

    long dropped() {
        return dropped;
    }

    private boolean firstTime(SeenHop hop) {
        if (!seen.add(hop)) {
            return false;
        }
        if (seen.size() > SEEN_HOPS_MAX) {
            seen.remove(seen.iterator().next());
        }
        return true;
    }
}
