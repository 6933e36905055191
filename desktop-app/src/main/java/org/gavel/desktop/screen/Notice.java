package org.gavel.desktop.screen;

/**
 * A message in the corner that goes away by itself.
 *
 * @param title      a few words
 * @param sentence   the rest
 * @param warning    something went wrong
 * @param actionWord what its button says, or null for none
 * @param action     what its button does, or null
 */
public record Notice(String title, String sentence, boolean warning, String actionWord, Runnable action) {
    public static Notice of(String title, String sentence) {
        return new Notice(title, sentence, false, null, null);
    }

    public static Notice warning(String title, String sentence) {
        return new Notice(title, sentence, true, null, null);
    }

    public Notice withAction(String word, Runnable does) {
        return new Notice(title, sentence, warning, word, does);
    }
}
