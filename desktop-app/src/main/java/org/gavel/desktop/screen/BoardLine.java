package org.gavel.desktop.screen;

/**
 * One auction in a few words, for screens that show auctions beside something else.
 *
 * @param auctionId such as lamp-3
 * @param title     of the item
 * @param highBid   amount, or a dash
 * @param bids      accepted so far: '1 bid', '12 bids'; empty while unknown
 * @param leader    'you', a name, or empty
 * @param next      what the next bid must reach; empty when none would be taken
 * @param ends      '2:08', with '≈' before what only this window reckons, or 'over'
 * @param you       what the person has to do with it, or empty
 * @param tone      how that is for the person
 * @param notice    what keeps it from going on, as a sentence; empty if nothing does
 */
public record BoardLine(String auctionId, String title, String highBid, String bids, String leader, String next, String ends, String you, Tone tone, String notice) {
    /** Colour and weight of {@link #you}. */
    public enum Tone { PLAIN, GOOD, BAD, OVER }
}
