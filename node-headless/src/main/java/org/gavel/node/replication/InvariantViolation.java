package org.gavel.node.replication;

/** Something that protocol.md section 13 says can never be was seen; its message starts with the invariant's name. */
public final class InvariantViolation extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** At most one serving leader per (group, epoch). */
    static final String ONE_LEADER = "one-leader-per-epoch";
    /** Committed logs agree entry by entry, on all nodes, for ever. */
    static final String COMMITTED_AGREE = "committed-logs-agree";
    /** Whoever takes over sees every committed entry. */
    static final String COMMITTED_SEEN = "committed-entries-seen";
    /** Every queue and table stays within its named limit. */
    static final String WITHIN_LIMIT = "within-limit";

    private final String invariant;

    InvariantViolation(String invariant, String sentence) {
        super(invariant + ": " + sentence);
        this.invariant = invariant;
    }

    public String invariant() {
        return invariant;
    }
}
