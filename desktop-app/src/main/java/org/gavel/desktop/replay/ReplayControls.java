package org.gavel.desktop.replay;

/** How a replay is driven; called on the FX thread. Times are ms of the recording's own clock. */
public interface ReplayControls {
    long beginMs();

    long endMs();

    long positionMs();

    boolean playing();

    void play(boolean on);

    /** @param factor 1 is as it was */
    void speed(double factor);

    /** Jumps there, forward or back. */
    void seek(long atMs);

    /** To the next event, and stands still there; {@code forward} false: to the one before. */
    void step(boolean forward);
}
