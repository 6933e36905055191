package org.gavel.desktop.cluster;

import java.util.List;
import java.util.Map;
import javafx.scene.Group;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.StrokeLineCap;
import org.gavel.desktop.model.ClusterView;
import org.gavel.protocol.identity.Uid;

/** The sides of a partition: a band behind the nodes of each, so that two arcs stand where one ring was. */
final class SideLayer {
    private static final int COLOURS = 2;

    private final Group into;
    private List<List<Uid>> shown = List.of();

    SideLayer(Group into) {
        this.into = into;
    }

    void relayout() {
        shown = List.of();
    }

    void show(ClusterView view, RingLayout layout, Map<Uid, Integer> places) {
        if (view.sides().equals(shown)) {
            if (shown.isEmpty()) {
                into.getChildren().clear();
            }
            return;
        }
        shown = view.sides();
        into.getChildren().clear();
        for (int side = 0; side < shown.size(); side++) {
            for (Uid member : shown.get(side)) {
                Integer place = places.get(member);
                if (place != null) {
                    into.getChildren().add(band(layout, place, side));
                }
            }
        }
    }

    /** One node's share; neighbours of one side join into one arc. */
    private static Arc band(RingLayout layout, int place, int side) {
        double share = 360.0 / layout.count();
        Arc band = new Arc(layout.centreX(), layout.centreY(), layout.radius(), layout.radius(), -Math.toDegrees(layout.angle(place)) - share * 0.46,
            share * 0.92);
        band.setType(ArcType.OPEN);
        band.setStrokeLineCap(StrokeLineCap.BUTT);
        band.setStrokeWidth(layout.nodeRadius() * 3);
        band.getStyleClass().addAll("side", "side-" + side % COLOURS);
        return band;
    }
}
