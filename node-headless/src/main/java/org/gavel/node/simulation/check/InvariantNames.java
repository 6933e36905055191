package org.gavel.node.simulation.check;

/** The invariants of protocol.md section 13 by name. */
public final class InvariantNames {
    /** 1. At most one serving leader per (group, epoch). */
    public static final String ONE_LEADER = "one-leader-per-epoch";
    /** 2. Committed logs agree entry by entry, on all nodes, for ever; and whoever takes over has all of them. */
    public static final String LOGS_AGREE = "committed-logs-agree";
    /** 3. An acknowledged bid is in the final log, once. */
    public static final String BID_KEPT = "acknowledged-bid-kept-once";
    /** 4. All clients deliver the same sequence, gap-free. */
    public static final String ONE_ORDER = "one-order-at-all-clients";
    /** 5. The price rises strictly; the winner is the highest valid bid. */
    public static final String HIGHEST_WINS = "price-rises-highest-bid-wins";
    /** 6. No accept after the close; one close. */
    public static final String ONE_CLOSE = "nothing-after-the-one-close";
    /** 7. An item is sold at most once. */
    public static final String SOLD_ONCE = "item-sold-once";
    /** 8. FIFO for each sender, despite its crash. */
    public static final String FIFO = "fifo-per-sender";
    /** 8. What one correct member delivers of a reliable multicast, all do, and the same. */
    public static final String AGREEMENT = "agreement";
    /** 9. Every queue, window, log and table stays within its named limit. */
    public static final String LIMITS = "within-limits";
    /** 10. Fault-free LCR message counts within section 6. */
    public static final String LCR_COST = "lcr-message-counts";
    /** Eventually: one view with one INM, the highest-uid idle node; auctions whole; operations answered; no stale duty. */
    public static final String HEALS = "heals-in-time";
    /** Each view of a foundation is built on the one installed before it (protocol.md section 8). */
    public static final String VIEWS_FOLLOW = "views-follow-each-other";
    /** An auction whose claim was released is never opened, nor the other way about (protocol.md section 8). */
    public static final String RELEASED_UNOPENED = "released-never-opens";
    /** One order of each auction's operations explains all that clients were told, in real time; 'unknown' is not enough (docs/HISTORIES.md). */
    public static final String LINEARIZABLE = "histories-linearize";
    /** Nothing unexpected is thrown on a host's thread. */
    public static final String NO_EXCEPTION = "no-exception";
    /** One seed, run twice, is the same run. */
    public static final String SAME_TWICE = "same-seed-same-run";

    private InvariantNames() { }
}
