package org.gavel.protocol.identity;

/**
 * Names one installed view of one cluster. Views of one foundation are ordered by (epoch, number).
 *
 * @param foundation random number drawn when the ring was founded; 0 means "no view yet"
 * @param epoch      epoch of the INM that sequenced the view
 * @param number     counts the views of a foundation, 1 for the founding one
 */
public record ViewId(long foundation, long epoch, long number) {
    public static final ViewId NONE = new ViewId(0, 0, 0);

    public boolean isNone() {
        return foundation == 0;
    }

    /** True if both belong to one foundation and this one is the newer. */
    public boolean isNewerThan(ViewId other) {
        return foundation == other.foundation && number > other.number;
    }

    @Override
    public String toString() {
        return isNone() ? "none" : epoch + "." + number;
    }
}
