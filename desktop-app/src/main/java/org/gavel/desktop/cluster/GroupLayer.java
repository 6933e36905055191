package org.gavel.desktop.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.Group;
import javafx.scene.control.Tooltip;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.Circle;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.GroupView;
import org.gavel.protocol.identity.Uid;

/** The auctions' groups: an inner arc each, from its first member to its last, with a dot for each member. */
final class GroupLayer extends Group {
    /** Kinds of colour; further groups begin again. */
    private static final int COLOURS = 3;
    private static final double WIDTH_EM = 0.9;
    private static final double STEP_EM = 1.3;
    private static final double INNERMOST = 0.3;

    private record Drawn(List<GroupView> groups, Map<Uid, Integer> places, String chosen) { }

    private Drawn drawn;
    private String chosen = "";

    /** This auction's group stands out; empty for none. */
    void choose(String auctionId) {
        chosen = auctionId;
    }

    void relayout() {
        drawn = null;
    }

    /** The radius of the innermost arc, where the centre's text must end. */
    static double innerRadius(RingLayout layout, int groups, double em) {
        return radius(layout, Math.max(0, groups - 1), em) - em;
    }

    private static double radius(RingLayout layout, int number, double em) {
        double outermost = layout.radius() - layout.nodeRadius() * 1.3 - 1.4 * em;
        return Math.max(layout.radius() * INNERMOST, outermost - number * STEP_EM * em);
    }

    void show(ClusterView view, RingLayout layout, Map<Uid, Integer> places, double em) {
        // What does not change the arcs does not redraw them.
        List<GroupView> groups = view.groups().stream()
            .map(g -> new GroupView(g.auctionId(), g.members(), g.active(), g.electing(), g.notice(), 0, 0)).toList();
        Drawn now = new Drawn(groups, Map.copyOf(places), chosen);
        if (Objects.equals(now, drawn)) {
            return;
        }
        drawn = now;
        getChildren().clear();
        for (int i = 0; i < groups.size(); i++) {
            add(groups.get(i), i, layout, places, em);
        }
    }

    private void add(GroupView group, int number, RingLayout layout, Map<Uid, Integer> places, double em) {
        List<Integer> at = group.members().stream().filter(places::containsKey).map(places::get).toList();
        if (at.isEmpty()) {
            return;
        }
        double radius = radius(layout, number, em);
        CircleSpan span = new CircleSpan(at, layout.count());
        Arc arc = new Arc(layout.centreX(), layout.centreY(), radius, radius, -Math.toDegrees(layout.angle(span.start())),
            -360.0 * span.length() / layout.count());
        arc.setType(ArcType.OPEN);
        arc.setStrokeWidth(WIDTH_EM * em);
        String kind = group.electing() ? "electing" : group.notice().isEmpty() ? "colour-" + number % COLOURS : "paused";
        arc.getStyleClass().addAll("group-arc", kind);
        if (group.auctionId().equals(chosen)) {
            arc.getStyleClass().add("chosen");
        }
        Tooltip.install(arc, new Tooltip("The group of " + group.auctionId()));
        getChildren().add(arc);
        for (int i = 0; i < group.members().size(); i++) {
            Integer place = places.get(group.members().get(i));
            if (place != null) {
                Circle dot = new Circle(layout.x(layout.angle(place), radius), layout.y(layout.angle(place), radius),
                    group.members().get(i).equals(group.active()) ? 5 : 3);
                dot.getStyleClass().addAll("group-dot", kind);
                getChildren().add(dot);
            }
        }
    }
}
