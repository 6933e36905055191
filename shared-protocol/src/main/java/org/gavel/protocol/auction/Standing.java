package org.gavel.protocol.auction;

import org.gavel.protocol.identity.Uid;

/**
 * How an auction stands at one place of its order.
 *
 * @param priceCents   highest accepted bid; the start price while there is none
 * @param leader       who made it, or NOBODY
 * @param leaderName   for people
 * @param minimumCents the least bid that would be accepted next
 * @param bids         accepted bids so far
 * @param endsAtMs     auction time of the end
 */
public record Standing(long priceCents, Uid leader, String leaderName, long minimumCents, long bids, long endsAtMs) {
    /** Before an auction is opened. */
    public static final Standing NONE = new Standing(0, Uid.NOBODY, "", 0, 0, 0);

    static Standing opening(Item item, long endsAtMs) {
        return new Standing(item.startPriceCents(), Uid.NOBODY, "", Math.max(1, item.startPriceCents()), 0, endsAtMs);
    }

    Standing withBid(long amountCents, Uid by, String name, long incrementCents, long newEndsAtMs) {
        // Both summands are at most 9e15 cents: no overflow.
        return new Standing(amountCents, by, name, amountCents + incrementCents, bids + 1, newEndsAtMs);
    }

    Standing withLeaderName(String name) {
        return new Standing(priceCents, leader, name, minimumCents, bids, endsAtMs);
    }
}
