package org.gavel.desktop.cluster;

import java.util.List;
import javafx.scene.Group;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.Polygon;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.NodeView;

/** From each node to the next one on the circle; dashed from and to a dead one, which tokens skip. */
final class ArrowLayer extends Group {
    private static final double HEAD = 9;

    private List<Boolean> shown = List.of();

    /** The layout has changed: everything is drawn anew. */
    void relayout() {
        shown = List.of();
    }

    void show(ClusterView view, RingLayout layout) {
        List<NodeView> nodes = view.nodes();
        List<Boolean> dashed = new java.util.ArrayList<>();
        for (int i = 0; i < nodes.size() && nodes.size() > 1; i++) {
            dashed.add(!nodes.get(i).health().isLiving() || !nodes.get((i + 1) % nodes.size()).health().isLiving());
        }
        if (dashed.equals(shown) && !getChildren().isEmpty()) {
            return;
        }
        shown = dashed;
        getChildren().clear();
        double head = Math.min(HEAD, layout.nodeRadius());
        for (int i = 0; i < dashed.size(); i++) {
            add(layout, layout.angle(i) + layout.halfAngle(), layout.angle(i + 1) - layout.halfAngle(), head, dashed.get(i));
        }
    }

    private void add(RingLayout layout, double from, double to, double head, boolean dashed) {
        double headAngle = head / layout.radius();
        if (to - from <= headAngle) {
            return;
        }
        Arc line = new Arc(layout.centreX(), layout.centreY(), layout.radius(), layout.radius(), -Math.toDegrees(from),
            -Math.toDegrees(to - headAngle / 2 - from));
        line.setType(ArcType.OPEN);
        line.getStyleClass().add("arrow");
        double backX = layout.x(to - headAngle, layout.radius());
        double backY = layout.y(to - headAngle, layout.radius());
        double tipX = layout.x(to, layout.radius());
        double tipY = layout.y(to, layout.radius());
        double acrossX = (tipY - backY) * 0.55;
        double acrossY = (backX - tipX) * 0.55;
        Polygon tip = new Polygon(tipX, tipY, backX + acrossX, backY + acrossY, backX - acrossX, backY - acrossY);
        tip.getStyleClass().add("arrow-head");
        if (dashed) {
            line.getStyleClass().add("dashed");
        }
        getChildren().addAll(line, tip);
    }
}
