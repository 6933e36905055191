package org.gavel.node.replication.worlds;

import java.util.List;

/** A finite set of states, each a row of numbers, and the moves between them. */
interface World {
    /** What a state without moves is. */
    enum End {
        /** All that was to happen has. */
        REACHED,
        /** The world's own bound (its number of epochs, say) ended this path. */
        CUT
    }

    /** Where it may begin; all of one length. */
    List<int[]> initials();

    /** Appends the moves of a state to {@code out}. */
    void moves(int[] state, IntList out);

    /** The state after a move; a new array. Throws {@link Broken} if the move or its outcome breaks an invariant. */
    int[] after(int[] state, int move);

    /** Judges a state without moves; throws {@link Broken} if it should have some, or should be another. */
    End end(int[] state);

    /** Whether what was seen of the nodes shows that no path goes on for ever; false if it does not show. */
    boolean everyPathEnds();

    /** The move, for people. */
    String describe(int[] state, int move);

    /** What to know of the state, for people. */
    String describe(int[] state);

    /** Figures of what lies behind the states. */
    String figures();
}
