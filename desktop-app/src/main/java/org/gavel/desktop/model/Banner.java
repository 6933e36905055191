package org.gavel.desktop.model;

/** One line across the top of the screens. */
public record Banner(Kind kind, String sentence) {
    /** How grave. */
    public enum Kind {
        /** Worth knowing. */
        NOTICE,
        /** Something does not work as it should. */
        WARNING
    }
}
