package org.gavel.desktop.shell;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Ids;

/** Cluster, mode, who leads, who lives, which view. Where all that has no room beside the buttons, it stands in a row of its own. */
final class TopBar extends VBox {
    /** The place gives way to what the badge says, unless names of sixty letters stand there. */
    private static final int WHOLE_CHARS_MAX = 40;

    private final Label cluster = label(Ids.CLUSTER_NAME, "cluster-name");
    private final Label place = label(Ids.CLUSTER_PLACE, "subtle");
    private final Label mode = label(Ids.MODE_CHIP, "chip");
    private final Label readOnly = label(Ids.READ_ONLY_CHIP, "chip");
    private final Label leader = label(Ids.LEADER_BADGE, "chip");
    private final Label alive = label(Ids.ALIVE_COUNT, "chip");
    private final Label view = label(Ids.VIEW_NUMBER, "chip");
    private final Button startNode = new Button("+ Start node");
    private final Button help = new Button("Help ?");
    private final Tooltip whyNoStart = new Tooltip();
    private final HBox startNodeArea = new HBox(startNode);
    private final HBox first = new HBox();
    private final HBox chips = new HBox();

    TopBar(Desk desk, Runnable onStartNode, Runnable onHelp) {
        setId(Ids.TOP_BAR);
        getStyleClass().add("top-bar");
        for (HBox row : List.of(first, chips)) {
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().add("top-row");
        }
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        cluster.setMinWidth(USE_PREF_SIZE);
        mode.setMinWidth(USE_PREF_SIZE);
        mode.setTooltip(new Tooltip());
        modes(desk);
        place.setTooltip(new Tooltip());
        leader.setTooltip(new Tooltip());
        readOnly.setText("READ-ONLY");
        readOnly.setMinWidth(USE_PREF_SIZE);
        readOnly.setTooltip(new Tooltip("Started with --read-only: nothing can be changed from this window"));
        alive.setMinWidth(USE_PREF_SIZE);
        view.setMinWidth(USE_PREF_SIZE);
        startNode.setId(Ids.START_NODE);
        startNode.setMinWidth(USE_PREF_SIZE);
        startNode.setOnAction(event -> onStartNode.run());
        help.setId(Ids.HELP);
        help.setMinWidth(USE_PREF_SIZE);
        help.setAccessibleText("List of keys");
        help.setOnAction(event -> onHelp.run());
        chips.getChildren().add(mode);
        if (desk.readOnly()) {
            chips.getChildren().add(readOnly);
        }
        chips.getChildren().addAll(leader, alive, view);
        first.getChildren().addAll(cluster, place, chips, gap);
        if (!desk.readOnly()) {
            first.getChildren().add(startNodeArea);
        }
        first.getChildren().add(help);
        getChildren().add(first);
        widthProperty().addListener((property, before, now) -> arrange());
    }

    /** The place gives way first. */
    private void arrange() {
        if (getWidth() <= 0) {
            return;
        }
        double needed = getInsets().getLeft() + getInsets().getRight() + (first.getChildren().size() + 1) * first.getSpacing() + chips.prefWidth(-1);
        for (Node part : List.of(cluster, startNodeArea, help)) {
            needed += part.getParent() == null ? 0 : part.prefWidth(-1);
        }
        boolean apart = needed > getWidth();
        if (apart != getChildren().contains(chips)) {
            first.getChildren().remove(chips);
            getChildren().remove(chips);
            if (apart) {
                getChildren().add(chips);
            } else {
                first.getChildren().add(first.getChildren().indexOf(place) + 1, chips);
            }
        }
    }

    /** The chip says where the picture comes from; a click on it changes that. */
    private void modes(Desk desk) {
        MenuItem live = new MenuItem("Live: listen on port " + desk.settings().port());
        live.setOnAction(event -> desk.connect(desk.settings()));
        MenuItem demo = new MenuItem("Live: start a demo cluster here");
        demo.setOnAction(event -> desk.startDemo());
        demo.setDisable(desk.readOnly());
        MenuItem simulation = new MenuItem("Simulation: a cluster inside this window");
        simulation.setOnAction(event -> desk.startSimulation());
        ContextMenu menu = new ContextMenu(live, demo, simulation);
        mode.setFocusTraversable(true);
        mode.setAccessibleRole(AccessibleRole.MENU_BUTTON);
        Runnable open = () -> {
            live.setText("Live: listen on port " + desk.settings().port());
            menu.show(mode, Side.BOTTOM, 0, 4);
        };
        mode.setOnMouseClicked(event -> open.run());
        mode.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                open.run();
                event.consume();
            }
        });
    }

    void show(ClusterFeed feed, ClusterView picture) {
        cluster.setText(feed.cluster());
        place.setText(feed.place());
        whole(place);
        mode.setText(feed.mode().word());
        mode.getTooltip().setText(feed.mode().sentence() + "; click to change");
        mode.setAccessibleText(feed.mode().word() + ": " + feed.mode().sentence());
        style(mode, picture.isStale() ? "stale" : "mode-" + feed.mode().word().toLowerCase(java.util.Locale.ROOT));
        boolean any = !picture.nodes().isEmpty();
        leader.setVisible(any);
        alive.setVisible(any);
        view.setVisible(any && !picture.viewId().isEmpty());
        leader.setText(picture.isStale() ? "was: " + picture.leaders().sentence() : (picture.leaders().agreed() ? "✓ " : "✗ ") + picture.leaders().sentence());
        leader.setMinWidth(leader.getText().length() <= WHOLE_CHARS_MAX ? USE_PREF_SIZE : 0);
        whole(leader);
        style(leader, picture.isStale() ? "stale" : picture.leaders().agreed() ? "lead" : "disagree");
        alive.setText(picture.isStale() ? "none of " + picture.nodes().size() + " heard" : picture.alive() + " of " + picture.nodes().size() + " alive");
        style(alive, picture.isStale() ? "stale" : "follow");
        view.setText("view " + picture.viewId());
        arrange();
        Optional<String> why = feed.nodes().whyNoStart();
        startNode.setDisable(why.isPresent());
        why.ifPresentOrElse(sentence -> {
            whyNoStart.setText(sentence);
            Tooltip.install(startNodeArea, whyNoStart);
        }, () -> Tooltip.uninstall(startNodeArea, whyNoStart));
    }

    /** What a narrow window cuts off is told by the tooltip. */
    private static void whole(Label label) {
        if (!label.getTooltip().getText().equals(label.getText())) {
            label.getTooltip().setText(label.getText());
        }
    }

    private static void style(Label chip, String kind) {
        if (chip.getStyleClass().size() != 3 || !chip.getStyleClass().get(2).equals(kind)) {
            chip.getStyleClass().setAll("label", "chip", kind);
        }
    }

    private static Label label(String id, String styleClass) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().add(styleClass);
        return label;
    }
}
