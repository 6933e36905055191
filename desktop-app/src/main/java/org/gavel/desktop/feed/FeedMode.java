package org.gavel.desktop.feed;

/** Where the pictures come from; the mode chip says so at all times. */
public enum FeedMode {
    LIVE("LIVE", "a real cluster, heard by UDP"),
    SIMULATION("SIMULATION", "a whole cluster inside this window, on a virtual clock"),
    REPLAY("REPLAY", "a recorded trace");

    private final String word;
    private final String sentence;

    FeedMode(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    public String word() {
        return word;
    }

    public String sentence() {
        return sentence;
    }
}
