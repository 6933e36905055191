package org.gavel.desktop.cluster;

import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;

/** Slanted lines within a circle about the origin: the ends are computed, so that nothing has to be clipped. */
final class Hatching extends Path {
    private static final double STEP = 6;

    Hatching() {
        getStyleClass().add("hatching");
    }

    void radius(double radius) {
        getElements().clear();
        double cos = Math.sqrt(0.5);
        for (double off = -radius + STEP / 2; off < radius; off += STEP) {
            double half = Math.sqrt(radius * radius - off * off);
            // The chord at this distance from the centre, turned by 45 degrees.
            getElements().add(new MoveTo((off - half) * cos, (off + half) * cos));
            getElements().add(new LineTo((off + half) * cos, (off - half) * cos));
        }
    }
}
