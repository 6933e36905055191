package org.gavel.node.replication.worlds;

/** The worlds of the replicated group, from small to whole. */
enum Worlds {
    /** Three bids, nothing else. */
    BIDS(new GroupWorld.Bounds(3, 0, 1, 0, 0, 0), ""),
    ONE_TAKE_OVER(new GroupWorld.Bounds(1, 1, 2, 1, 0, 0), ""),
    SLOW_STORE(new GroupWorld.Bounds(1, 1, 2, 0, 0, 0), ""),
    TWO_TAKE_OVERS(new GroupWorld.Bounds(1, 2, 3, 0, 0, 0), ""),
    TWO_BIDS_ONE_TAKE_OVER(new GroupWorld.Bounds(2, 1, 2, 1, 0, 0), ""),
    THREE_BIDS_ONE_TAKE_OVER(new GroupWorld.Bounds(3, 1, 2, 1, 0, 0), ""),
    /** Ongaro and Ousterhout's figure 8 (2014): f2 has led epoch 2 without f1's bid of epoch 1, now f1 leads epoch 3. Each append carries one entry. */
    RIVALS(new GroupWorld.Bounds(1, 1, 4, 0, 0, 0), "bid active; active>f1; nominate f2 2; f2>f3; f3>f2; nominate f1 3; f1>f3; f3>f1"),
    CHANGE_WITHOUT_BID(new GroupWorld.Bounds(0, 1, 2, 0, 1, 0), ""),
    CHANGE(new GroupWorld.Bounds(1, 1, 2, 0, 1, 0), ""),
    /** A change that puts f3 out is in the log of the active and the spare, and on its way to the old acceptors. */
    PENDING_CHANGE(new GroupWorld.Bounds(1, 2, 3, 0, 1, 0), "replace f3; among active spare"),
    /** The change is committed and a bid behind it, by f1 and the spare; f2 only holds the change, f3 knows nothing. */
    HALF_KNOWN_CHANGE(new GroupWorld.Bounds(1, 2, 3, 0, 1, 0),
            "replace f3; among active spare; among active f1; active>f2; f2>active; among active spare f1; bid active; among active spare f1"),
    /** All but f2 know that the change is committed, f3, which was put out, among them; two messages wait for f2. */
    KNOWN_CHANGE(new GroupWorld.Bounds(1, 1, 2, 0, 1, 0), "replace f3; among active spare; among active spare f1 f3; bid active; among active spare f1 f3"),
    /** All that issue 3 names. */
    WHOLE(new GroupWorld.Bounds(3, 2, 3, 1, 1, 1), "");

    private final GroupWorld.Bounds bounds;
    private final String prelude;

    Worlds(GroupWorld.Bounds bounds, String prelude) {
        this.bounds = bounds;
        this.prelude = prelude;
    }

    GroupWorld open() {
        return open(true);
    }

    /** @param reduced see {@link GroupWorld} */
    GroupWorld open(boolean reduced) {
        GroupCast cast = GroupCast.of(bounds.changes() > 0, this == WHOLE, this == SLOW_STORE, this == RIVALS);
        return new GroupWorld(bounds, cast, prelude, reduced, node -> new GroupSubject(cast, node));
    }

    /** Searches it; to be called by name in a room of patched classes. Returns the sentence and, where an invariant broke, the story. */
    static String search(String name, long states, int depth, double seconds) {
        try {
            return Search.run(valueOf(name).open(), new Search.Limits(states, depth, seconds), line -> { }).story();
        } catch (Broken broken) {
            return "1 state, depth 0, BROKEN " + broken.getMessage() + " before the search began";
        }
    }
}
