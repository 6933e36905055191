package org.gavel.protocol.ring;

/** What a node does at present. Derived from the ring's view and its directory of auctions, never stored by itself. */
public enum Duty {
    /** Waits for an assignment. */
    IDLE("idle"),
    /** Idle Node Manager: leads the ring's group. */
    INM("inm"),
    /** Leads an auction's group. */
    ACTIVE("active"),
    /** Holds an auction's log. */
    FOLLOWER("follower");

    private final String word;

    Duty(String word) {
        this.word = word;
    }

    /** The readable name, as in JSON. */
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
