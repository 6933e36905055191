package org.gavel.desktop.cluster;

import java.util.Optional;
import org.gavel.desktop.feed.FeedMode;
import org.gavel.desktop.feed.NodeCommands;
import org.gavel.desktop.model.Health;
import org.gavel.desktop.model.NodeView;

/** What may be done to a node, and, if it may not, why. Knows no control. */
enum NodeAction {
    KILL("Kill", "K"), RESTART("Restart", "R"), PAUSE("Pause", "Space"), ISOLATE("Isolate", ""), FORGET("Forget", ""), DISMISS("Remove from view", "");

    private final String word;
    private final String key;

    NodeAction(String word, String key) {
        this.word = word;
        this.key = key;
    }

    String word() {
        return word;
    }

    /** The key that does it, or empty. */
    String key() {
        return key;
    }

    /** Asks before it acts. */
    boolean asks() {
        return this == KILL || this == PAUSE || this == ISOLATE || this == FORGET;
    }

    /** Why it cannot be done now, as a sentence; empty if it can. */
    Optional<String> whyNot(NodeView node, NodeCommands commands, FeedMode mode, boolean readOnly) {
        if (mode == FeedMode.REPLAY) {
            return Optional.of("This is a recording: nothing can be done to it");
        }
        if (readOnly && this != DISMISS) {
            return Optional.of("This window was started with --read-only");
        }
        boolean dead = node.health() == Health.DEAD;
        return switch (this) {
            case KILL, PAUSE, ISOLATE -> dead ? Optional.of(node.name() + " is dead already") : whyNoFault(node);
            case RESTART -> commands.whyNoRestart(node.uid());
            case FORGET -> dead ? Optional.empty() : Optional.of(node.name() + " is heard: only a node that has ended for good can be forgotten");
            case DISMISS -> dead ? Optional.empty() : Optional.of(node.name() + " is heard");
        };
    }

    private static Optional<String> whyNoFault(NodeView node) {
        if (node.status().details() != null && !node.status().details().allowFaults()) {
            return Optional.of(node.name() + " was started without --allow-faults: it obeys no kill, pause or isolate");
        }
        return Optional.empty();
    }

    /** 'Kill amber (active of lamp-3)?' */
    String question(NodeView node) {
        return word + " " + node.name() + " (" + node.duty() + ")?";
    }

    /** What happens then. */
    String consequence(NodeView node) {
        return switch (this) {
            case KILL -> "Its process ends at once, without goodbye." + (node.role().leads() ? " Its successor will be elected." : "");
            case PAUSE -> "It processes nothing for so long. The others will suspect it, and clear it when it answers again.";
            case ISOLATE -> "Every packet to and from it is dropped for so long.";
            case FORGET -> "You give your word that " + node.name() + " has ended for good and never comes back with what it held. Entries that only it held are lost.";
            case RESTART, DISMISS -> "";
        };
    }
}
