package org.gavel.node.replication.worlds;

/** The worlds of the replicated group, from small to whole. */
enum Worlds {
    /** Three bids, nothing else. */
    BIDS(new GroupWorld.Bounds(3, 0, 1, 0, 0, 0), false, false, false),
    ONE_TAKE_OVER(new GroupWorld.Bounds(1, 1, 2, 1, 0, 0), false, false, false),
    TWO_TAKE_OVERS(new GroupWorld.Bounds(1, 2, 3, 0, 0, 0), false, false, false),
    SLOW_STORE(new GroupWorld.Bounds(1, 1, 2, 0, 0, 0), false, false, true),
    CHANGE(new GroupWorld.Bounds(1, 1, 2, 0, 1, 0), true, false, false),
    /** All that issue 3 names. */
    WHOLE(new GroupWorld.Bounds(3, 2, 3, 1, 1, 1), true, true, false);

    private final GroupWorld.Bounds bounds;
    private final boolean spare;
    private final boolean activeFollows;
    private final boolean storeIsSlow;

    Worlds(GroupWorld.Bounds bounds, boolean spare, boolean activeFollows, boolean storeIsSlow) {
        this.bounds = bounds;
        this.spare = spare;
        this.activeFollows = activeFollows;
        this.storeIsSlow = storeIsSlow;
    }

    GroupWorld open() {
        GroupCast cast = GroupCast.of(spare, activeFollows, storeIsSlow);
        return new GroupWorld(bounds, cast, node -> new GroupSubject(cast, node));
    }

    /** Searches it; to be called by name in a room of patched classes. Returns the sentence and, where an invariant broke, the story. */
    static String search(String name, long states, int depth, double seconds) {
        try {
            return Search.run(valueOf(name).open(), new Search.Limits(states, depth, seconds), false, line -> { }).story();
        } catch (Broken broken) {
            return "1 state, depth 0, BROKEN " + broken.getMessage() + " before the search began";
        }
    }
}
