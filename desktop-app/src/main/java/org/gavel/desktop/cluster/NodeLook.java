package org.gavel.desktop.cluster;

import org.gavel.desktop.model.Health;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.model.Role;

/** How a node is drawn: one shape and one colour for each, so that neither has to be trusted alone. */
enum NodeLook {
    /** Crown, double ring. */
    MANAGER("lead", true),
    /** Gavel, double ring. */
    ACTIVE("lead", true),
    /** Circle with its uid: idle, or a follower. */
    PLAIN("follow", true),
    /** Diamond. */
    ELECTING("elect", true),
    /** Dashed ring and a question mark: two beats missed, or another suspects it. */
    SUSPECTED("suspect", false),
    /** Hatched, with a cross. */
    DEAD("dead", false),
    /** Grey with a question mark: nobody is heard, so nothing is known. */
    STALE("stale", false);

    private final String styleClass;
    private final boolean beats;

    NodeLook(String styleClass, boolean beats) {
        this.styleClass = styleClass;
        this.beats = beats;
    }

    String styleClass() {
        return styleClass;
    }

    boolean beats() {
        return beats;
    }

    static NodeLook of(NodeView node, boolean feedLost) {
        if (node.health() == Health.DEAD) {
            return DEAD;
        }
        if (feedLost) {
            return STALE;
        }
        if (node.health() != Health.ALIVE) {
            return SUSPECTED;
        }
        if (node.role().leads()) {
            return node.role() == Role.INM ? MANAGER : ACTIVE;
        }
        return node.electing() ? ELECTING : PLAIN;
    }
}
