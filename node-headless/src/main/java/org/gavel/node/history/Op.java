package org.gavel.node.history;

import java.util.Locale;

/** The kinds of operation that histories know. */
public enum Op {
    /** Offers an amount. */
    BID,
    /** Takes part. */
    JOIN,
    /** Takes part no longer. */
    LEAVE,
    /** Is told how the auction ended: called when a client begins to listen, answered by the close. */
    RESULT,
    /** The auction's time is over. Nobody calls it; it may happen once, at any time. */
    END;

    /** As in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a {@link #word} that a history may hold; null if there is none. */
    static Op ofWord(String word) {
        for (Op op : values()) {
            if (op != END && op.word().equals(word)) {
                return op;
            }
        }
        return null;
    }
}
