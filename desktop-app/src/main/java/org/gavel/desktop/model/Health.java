package org.gavel.desktop.model;

/** How sure the window is that a node lives. */
public enum Health {
    /** Heard within two beats, and nobody suspects it. */
    ALIVE,
    /** Two beats missed here: 'last seen 5 s'. */
    LATE,
    /** Another member suspects it, and verifies. */
    SUSPECTED,
    /** Its port is gone, it said goodbye, or the others gave it up: its last values are stale. */
    DEAD;

    /** Whether it counts among the living: a suspicion is no verdict. */
    public boolean isLiving() {
        return this != DEAD;
    }
}
