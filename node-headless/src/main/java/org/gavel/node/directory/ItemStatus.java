package org.gavel.node.directory;

/** Whether an item can be auctioned. */
public enum ItemStatus {
    /** Nobody has it; an auction may claim it. */
    AVAILABLE("available"),
    /** An auction has it: it is assigned, runs, or was cancelled and waits for an operator's release. */
    CLAIMED("claimed"),
    /** An auction sold it; that is for ever. */
    SOLD("sold");

    private final String word;

    ItemStatus(String word) {
        this.word = word;
    }

    /** As in JSON. */
    public String word() {
        return word;
    }

    static ItemStatus ofWord(String word) {
        for (ItemStatus status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        return null;
    }
}
