package org.gavel.desktop.auctions;

/**
 * Time left of an auction: what was heard last, less what has passed since by the feed's clock.
 *
 * @param leftMs what was heard, in auction time; -1 while nothing was
 * @param atMs   when
 */
record Remaining(long leftMs, long atMs) {
    static final Remaining UNKNOWN = new Remaining(-1, Long.MIN_VALUE);

    /** @param standsStill auction time does not pass while no active can commit */
    long at(long nowMs, boolean standsStill) {
        return standsStill || this == UNKNOWN ? leftMs : Math.max(0, leftMs - Math.max(0, nowMs - atMs));
    }
}
