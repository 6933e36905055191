package org.gavel.node.history;

/** A line that belongs to no history; the sentence names it. */
public final class HistoryFormatException extends Exception {
    private static final long serialVersionUID = 1;

    HistoryFormatException(int line, String sentence) {
        super("line " + line + ": " + sentence);
    }

    HistoryFormatException(int line, String sentence, Throwable cause) {
        super("line " + line + ": " + sentence, cause);
    }
}
