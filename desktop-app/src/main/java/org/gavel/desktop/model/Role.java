package org.gavel.desktop.model;

/** A node's duty, as its status names it. */
public enum Role {
    IDLE("idle"), INM("INM"), ACTIVE("active"), FOLLOWER("follower");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** As people read it. */
    public String word() {
        return word;
    }

    public boolean leads() {
        return this == INM || this == ACTIVE;
    }

    /** The role of a status; one that this version does not know counts as idle. */
    public static Role of(String statusWord) {
        return switch (statusWord) {
            case "inm" -> INM;
            case "active" -> ACTIVE;
            case "follower" -> FOLLOWER;
            default -> IDLE;
        };
    }
}
