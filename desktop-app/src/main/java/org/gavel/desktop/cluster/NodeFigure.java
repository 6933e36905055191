package org.gavel.desktop.cluster;

import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.SVGPath;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import javafx.scene.text.TextBoundsType;
import javafx.scene.transform.Rotate;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.LogCell;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.screen.Glyphs;
import org.gavel.desktop.screen.Ids;
import org.gavel.protocol.identity.Uid;

/** One node on the circle: its shape says what it is, the ring round it beats, its label names it. */
final class NodeFigure extends Group {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    /** Below this cosine a node stands near the top or the bottom of the circle. */
    private static final double STEEP = 0.45;
    private static final double MARGIN = 12;

    private final Uid uid;
    private final Circle focus = circle("focus-ring");
    private final Circle core = circle("core");
    private final Circle inner = circle("inner");
    private final Polygon diamond = new Polygon();
    private final Hatching hatching = new Hatching();
    private final Arc beat = new Arc();
    private final Text uidText = text("uid");
    private final Text sign = text("sign");
    private final SVGPath glyph = new SVGPath();
    private final Label name = new Label();
    private final Label duty = new Label();
    private final HBox cells = new HBox();
    private final VBox label = new VBox(name, duty, cells);
    private final Tooltip tooltip = new Tooltip();
    private NodeLook look;
    private List<LogCell> shownCells = List.of();
    private double laidOutFor = -1;
    private boolean labelChanged = true;

    NodeFigure(Uid uid, Consumer<Uid> select) {
        this.uid = uid;
        setId(Ids.Cluster.node(uid));
        getStyleClass().add("node-figure");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        diamond.getStyleClass().add("diamond");
        beat.getStyleClass().add("beat");
        beat.setType(ArcType.OPEN);
        beat.setStartAngle(90);
        glyph.getStyleClass().add("glyph");
        name.getStyleClass().add("name");
        duty.getStyleClass().add("duty");
        cells.getStyleClass().add("cells");
        cells.setMaxWidth(Region.USE_PREF_SIZE);
        label.getStyleClass().add("node-label");
        label.setFillWidth(false);
        for (Label line : List.of(name, duty)) {
            line.setMinWidth(Region.USE_PREF_SIZE);
        }
        getChildren().addAll(focus, core, inner, diamond, hatching, beat, uidText, sign, glyph, label);
        Tooltip.install(this, tooltip);
        setOnMousePressed(event -> {
            requestFocus();
            if (event.getButton() == MouseButton.PRIMARY) {
                select.accept(uid);
            }
        });
        focusedProperty().addListener((property, before, now) -> {
            if (now) {
                select.accept(uid);
            }
        });
    }

    Uid uid() {
        return uid;
    }

    void selected(boolean isSelected) {
        pseudoClassStateChanged(SELECTED, isSelected);
    }

    // ---------------------------------------------------------------- what it shows

    void show(NodeView node, ClusterView view, boolean still) {
        NodeLook newLook = NodeLook.of(node, view.isStale());
        if (newLook != look) {
            look = newLook;
            getStyleClass().setAll("node-figure", look.styleClass());
        }
        boolean leader = look == NodeLook.MANAGER || look == NodeLook.ACTIVE;
        inner.setVisible(leader);
        diamond.setVisible(look == NodeLook.ELECTING);
        core.setVisible(look != NodeLook.ELECTING);
        hatching.setVisible(look == NodeLook.DEAD);
        glyph.setVisible(leader);
        if (leader) {
            setGlyph(look == NodeLook.MANAGER ? Glyphs.CROWN : Glyphs.GAVEL);
        }
        boolean signed = look == NodeLook.SUSPECTED || look == NodeLook.DEAD || look == NodeLook.STALE;
        setText(sign, !signed ? "" : look == NodeLook.DEAD ? "×" : "?");
        setText(uidText, leader || signed ? "" : node.shortUid());
        showBeat(node, still);
        setText(name, node.name());
        setText(duty, NodeWords.under(node));
        showCells(node.cells());
        String words = NodeWords.spoken(node, view);
        if (!words.equals(getAccessibleText())) {
            setAccessibleText(words);
            tooltip.setText(words);
        }
    }

    /** Redrawn only when it has visibly moved: an arc's pixel is more than a hundredth of its way. */
    private void showBeat(NodeView node, boolean still) {
        double left = !look.beats() ? 0 : still ? 1 : Math.round(node.beat() * 100) / 100.0;
        double length = -360 * left;
        if (Math.abs(beat.getLength() - length) > 1e-6) {
            beat.setLength(length);
        }
        beat.setVisible(left > 0);
    }

    private void showCells(List<LogCell> now) {
        if (now.equals(shownCells)) {
            return;
        }
        shownCells = now;
        labelChanged |= cells.getChildren().size() != now.size();
        while (cells.getChildren().size() < now.size()) {
            cells.getChildren().add(new Region());
        }
        while (cells.getChildren().size() > now.size()) {
            cells.getChildren().remove(cells.getChildren().size() - 1);
        }
        for (int i = 0; i < now.size(); i++) {
            String kind = now.get(i).state().name().toLowerCase(java.util.Locale.ROOT);
            Region cell = (Region) cells.getChildren().get(i);
            if (cell.getStyleClass().size() != 2 || !cell.getStyleClass().get(1).equals(kind)) {
                cell.getStyleClass().setAll("cell", kind);
            }
        }
    }

    private void setGlyph(String shape) {
        if (!shape.equals(glyph.getContent())) {
            glyph.setContent(shape);
        }
    }

    private static void setText(Text text, String words) {
        if (!words.equals(text.getText())) {
            text.setText(words);
        }
    }

    private void setText(Label target, String words) {
        if (!words.equals(target.getText())) {
            target.setText(words);
            labelChanged = true;
        }
    }

    /** Whether its label has another size than when it was placed. */
    boolean needsPlace() {
        return labelChanged;
    }

    // ---------------------------------------------------------------- where it is

    void place(RingLayout layout, int place, double em) {
        labelChanged = false;
        double angle = layout.angle(place);
        setLayoutX(layout.x(angle, layout.radius()));
        setLayoutY(layout.y(angle, layout.radius()));
        size(layout.nodeRadius(), em);
        boolean level = layout.levelLabels();
        boolean whole = level && !layout.isBrief();
        duty.setVisible(whole);
        duty.setManaged(whole);
        cells.setVisible(whole && !shownCells.isEmpty());
        cells.setManaged(cells.isVisible());
        label.getTransforms().clear();
        name.setMaxWidth(layout.nameWidth(angle));
        name.setMinWidth(Region.USE_COMPUTED_SIZE);
        // It may use the margin of the card, so that a dead node's is whole.
        duty.setMaxWidth(layout.nameWidth(angle) + MARGIN);
        duty.setMinWidth(Region.USE_COMPUTED_SIZE);
        label.applyCss();
        label.autosize();
        if (level) {
            placeLevel(angle, layout.labelGap(), layout.isAlone(angle));
        } else {
            placeRay(angle, layout.labelGap());
        }
    }

    private void placeLevel(double angle, double gap, boolean alone) {
        double cos = Math.cos(angle);
        double width = label.getWidth();
        double height = label.getHeight();
        if (alone) {
            label.setAlignment(Pos.TOP_CENTER);
            duty.setTextAlignment(TextAlignment.CENTER);
            label.relocate(-width / 2, Math.sin(angle) < 0 ? -gap - height : gap);
        } else {
            label.setAlignment(cos > 0 ? Pos.TOP_LEFT : Pos.TOP_RIGHT);
            duty.setTextAlignment(cos > 0 ? TextAlignment.LEFT : TextAlignment.RIGHT);
            double sin = Math.sin(angle);
            // Near the top or the bottom neighbours stand at nearly one height: there the words begin below, or end above, the figure's middle.
            double y = Math.abs(cos) > STEEP ? sin * gap * 0.8 - height / 2 : sin > 0 ? gap * 0.3 : -gap * 0.3 - height;
            label.relocate(cos > 0 ? gap : -gap - width, y);
        }
    }

    /** Outwards like a ray; on the left half turned once more, so that no name stands on its head. */
    private void placeRay(double angle, double gap) {
        boolean left = Math.cos(angle) < 0;
        label.setAlignment(left ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
        label.relocate(left ? -gap - label.getWidth() : gap, -label.getHeight() / 2);
        double degrees = Math.toDegrees(angle) + (left ? 180 : 0);
        double pivotX = left ? gap + label.getWidth() : -gap;
        label.getTransforms().setAll(new Rotate(degrees, pivotX, label.getHeight() / 2));
    }

    private void size(double radius, double em) {
        if (radius == laidOutFor) {
            return;
        }
        laidOutFor = radius;
        core.setRadius(radius);
        inner.setRadius(radius * 0.8);
        focus.setRadius(radius * 1.25 + 5);
        beat.setRadiusX(radius * 1.22);
        beat.setRadiusY(radius * 1.22);
        double corner = radius * 1.05;
        diamond.getPoints().setAll(0.0, -corner, corner, 0.0, 0.0, corner, -corner, 0.0);
        hatching.radius(radius);
        double scale = radius / (2.2 * em) * em / 14;
        glyph.setScaleX(scale * 1.35);
        glyph.setScaleY(scale * 1.35);
        uidText.setVisible(radius > 1.4 * em);
    }

    private static Circle circle(String styleClass) {
        Circle circle = new Circle();
        circle.getStyleClass().add(styleClass);
        return circle;
    }

    private static Text text(String styleClass) {
        Text text = new Text();
        text.getStyleClass().add(styleClass);
        text.setBoundsType(TextBoundsType.VISUAL);
        // Its font comes with the style sheet, later than the text: whenever the bounds change, their middle goes to the origin.
        text.layoutBoundsProperty().addListener((property, before, now) -> {
            text.setTranslateX(-now.getCenterX());
            text.setTranslateY(-now.getCenterY());
        });
        return text;
    }
}
