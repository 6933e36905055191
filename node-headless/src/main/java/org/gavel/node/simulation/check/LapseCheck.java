package org.gavel.node.simulation.check;

import java.util.HashSet;
import java.util.Set;

/**
 * A claim is released only once nobody will ever open its auction (protocol.md section 8): of an auction, either its opening or the release of its claim is committed,
 * never both. Ids of auctions are those of one foundation, whose ring and auctions report here.
 */
final class LapseCheck {
    private record Auction(long foundation, String auctionId) { }

    private final Set<Auction> opened = new HashSet<>();
    private final Set<Auction> lapsed = new HashSet<>();

    /** The auction's own group has committed its opening. */
    void opened(long foundation, String auctionId) {
        Auction auction = new Auction(foundation, auctionId);
        opened.add(auction);
        look(auction);
    }

    /** The ring has committed that the claim is released, as no active confirmed it. */
    void lapsed(long foundation, String auctionId) {
        Auction auction = new Auction(foundation, auctionId);
        lapsed.add(auction);
        look(auction);
    }

    private void look(Auction auction) {
        if (opened.contains(auction) && lapsed.contains(auction)) {
            throw new Violation(InvariantNames.RELEASED_UNOPENED, "the claim of " + auction.auctionId() + " was released, and its group has opened it");
        }
    }
}
