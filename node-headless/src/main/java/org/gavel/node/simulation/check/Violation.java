package org.gavel.node.simulation.check;

/** Something that protocol.md section 13 says can never be was seen. */
public final class Violation extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final String invariant;

    public Violation(String invariant, String sentence) {
        super(invariant + ": " + sentence);
        this.invariant = invariant;
    }

    /** Its name, stable: one of {@link InvariantNames}. */
    public String invariant() {
        return invariant;
    }
}
