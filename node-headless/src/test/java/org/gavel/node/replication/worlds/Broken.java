package org.gavel.node.replication.worlds;

/** An invariant does not hold in a state that was reached. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String invariant;

    Broken(String invariant, String sentence) {
        super(invariant + ": " + sentence);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}
