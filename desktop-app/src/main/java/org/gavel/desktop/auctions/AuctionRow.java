package org.gavel.desktop.auctions;

/**
 * One auction on the board.
 *
 * @param auctionId    such as lamp-3
 * @param title        of the item
 * @param state        electing, running, paused, finished
 * @param priceCents   highest accepted bid or start price; -1 while unknown
 * @param leader       'you', a name, or empty
 * @param bids         accepted so far
 * @param minimumCents what the next bid must reach; -1 if none would be taken
 * @param leftMs       time left; 0 when over, -1 while unknown
 * @param estimated    nobody who could say is known: the time left is this window's own reckoning
 * @param mine         what the person has to do with it
 * @param result       when it is over: 'sold to zed for 70.00'; else empty
 */
public record AuctionRow(String auctionId, String title, String state, long priceCents, String leader, long bids, long minimumCents, long leftMs,
                         boolean estimated, Mine mine, String result) {
    static final String OVER = "finished";

    /** What the person at the window has to do with an auction. */
    public enum Mine {
        NOTHING(""), JOINED("joined"), SELLING("selling"), LEADING("leading"), OUTBID("outbid"), WON("won"), LOST("lost"), SOLD("sold"), UNSOLD("unsold"),
        /** It ended, and nobody has it. */
        NOBODYS("not sold"), CANCELLED("cancelled");

        private final String words;

        Mine(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public boolean isOver() {
        return state.equals(OVER);
    }
}
