package org.gavel.desktop.timeline;

import org.gavel.protocol.monitor.TraceEvent;

/** What a message is part of: its colour in the diagram. */
enum Way {
    /** LCR's tokens, and the outcome that goes round behind the winner. */
    ELECTION("election", "elect", "Elections", "Tokens on their way round the ring"),
    /** Promises asked and given, and the log fetched from whoever has the best one. */
    TAKE_OVER("take-over", "lead", "Take-overs", "Prepare, promise, and the best log"),
    /** A command from its client into the logs of the group. */
    BID("bid", "follow", "Bids", "One bid's way in each 250 ms: client, active, followers, held, committed, delivered"),
    /** That it is held: a message of its own. */
    HELD("held", "follow", "", ""),
    /** That it is committed, and its delivery. */
    COMMIT("commit", "good", "", ""),
    /** No message. */
    NONE("", "", "", "");

    private final String word;
    private final String colour;
    private final String title;
    private final String meaning;

    Way(String word, String colour, String title, String meaning) {
        this.word = word;
        this.colour = colour;
        this.title = title;
        this.meaning = meaning;
    }

    static Way of(TraceEvent event) {
        String kind = event.kind();
        int dash = kind.indexOf('-');
        return switch (dash < 0 ? kind : kind.substring(0, dash)) {
            case "prepare", "promise", "refusal", "fetch", "fetched" -> TAKE_OVER;
            case "submit", "append" -> BID;
            case "held" -> HELD;
            case "commit", "committed", "delivered" -> COMMIT;
            default -> event.message() != 0 && event.protocol().equals("election") ? ELECTION : NONE;
        };
    }

    /** Of a bid's way: what may be hidden together. */
    Way whole() {
        return this == HELD || this == COMMIT ? BID : this;
    }

    String word() {
        return word;
    }

    /** The style sheets' word for it. */
    String colour() {
        return colour;
    }

    /** For its switch in the legend. */
    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }
}
