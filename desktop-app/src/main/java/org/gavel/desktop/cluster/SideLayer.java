package org.gavel.desktop.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.Group;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.StrokeLineCap;
import org.gavel.desktop.model.ClusterView;
import org.gavel.protocol.identity.Uid;

/** The sides of a partition: a band behind the nodes of each, so that two arcs stand where one ring was. */
final class SideLayer {
    private static final int COLOURS = 2;
    /** How far a band goes towards a neighbour of the other side, in shares. */
    private static final double EDGE = 0.42;

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
        Map<Integer, Integer> sideAt = new HashMap<>();
        for (int side = 0; side < shown.size(); side++) {
            for (Uid member : shown.get(side)) {
                if (places.containsKey(member)) {
                    sideAt.put(places.get(member), side);
                }
            }
        }
        sideAt.forEach((place, side) -> into.getChildren().add(band(layout, place, side, sideAt)));
    }

    /** One node's share, up to its neighbour's if that is of the same side, so that they join into one arc. */
    private static Arc band(RingLayout layout, int place, int side, Map<Integer, Integer> sideAt) {
        double share = 360.0 / layout.count();
        double before = share * (Objects.equals(sideAt.get(Math.floorMod(place - 1, layout.count())), side) ? 0.5 : EDGE);
        double after = share * (Objects.equals(sideAt.get((place + 1) % layout.count()), side) ? 0.5 : EDGE);
        Arc band = new Arc(layout.centreX(), layout.centreY(), layout.radius(), layout.radius(), -Math.toDegrees(layout.angle(place)) - after, before + after);
        band.setType(ArcType.OPEN);
        band.setStrokeLineCap(StrokeLineCap.BUTT);
        // No wider than the heartbeat rings: the names begin behind it.
        band.setStrokeWidth(layout.nodeRadius() * 2.5);
        band.getStyleClass().addAll("side", "side-" + side % COLOURS);
        return band;
    }
}
