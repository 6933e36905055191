package org.gavel.desktop.model;

import java.util.List;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.identity.Uid;

/**
 * The nodes that serve one auction.
 *
 * @param auctionId  such as lamp-3
 * @param members    in ring order, dead ones that served it last included
 * @param active     NOBODY while none is known
 * @param electing   its members elect a new active
 * @param notice     what keeps it from committing, or empty
 * @param priceCents present price; -1 while unknown
 * @param bids       accepted so far
 */
public record GroupView(String auctionId, List<Uid> members, Uid active, boolean electing, String notice, long priceCents, long bids) {
    public GroupView {
        members = List.copyOf(members);
    }

    /** A new INM lists an auction before its active has reported to it: with no bids, no price and no time left, which nobody has said. */
    public static boolean isReported(AuctionInfo info) {
        return info.bids() > 0 || info.priceCents() > 0 || info.endsInMs() > 0;
    }
}
