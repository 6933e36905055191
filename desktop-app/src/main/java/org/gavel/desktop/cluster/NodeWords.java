package org.gavel.desktop.cluster;

import java.util.Locale;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.Health;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.model.Role;

/** What is said of a node, in few words and in many. */
final class NodeWords {
    private static final long SECONDS_FROM_MS = 10_000;

    private NodeWords() { }

    /** What stands under its name, in one or two lines. */
    static String under(NodeView node) {
        return switch (node.health()) {
            case DEAD -> "was " + node.duty() + "\ndown " + time(node.downMs());
            case LATE -> node.duty() + "\nlast seen " + time(node.seenMsAgo());
            case SUSPECTED -> node.duty() + "\nsuspected";
            case ALIVE -> phase(node) + (node.role() == Role.INM ? " · " + node.shortUid() : "");
        };
    }

    private static String phase(NodeView node) {
        return "member".equals(node.status().phase()) ? node.duty() : node.status().phase();
    }

    /** Everything at once, for a screen reader and for the tip. */
    static String spoken(NodeView node, ClusterView view) {
        String who = node.name() + ", uid " + node.shortUid() + ", " + node.duty();
        String inm = node.status().inm().isEmpty() ? "names no INM" : "names " + view.nameOf(org.gavel.protocol.identity.Uid.parseHex(node.status().inm())) + " INM";
        return who + ", " + health(node) + (node.health() == Health.DEAD ? "" : ", " + inm);
    }

    private static String health(NodeView node) {
        return switch (node.health()) {
            case DEAD -> "dead: " + node.why();
            case LATE -> "two heartbeats missed";
            case SUSPECTED -> "suspected by another member";
            case ALIVE -> "alive";
        };
    }

    /** '1.2 s', '45 s', '3 min'. */
    static String time(long ms) {
        if (ms < SECONDS_FROM_MS) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1_000.0);
        }
        return ms < 120_000 ? ms / 1_000 + " s" : ms / 60_000 + " min";
    }
}
