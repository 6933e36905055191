package org.gavel.desktop.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.screen.Ids;
import org.gavel.protocol.identity.Uid;

/** The right pane: one node's inside, a tab per protocol, and what may be done to it. */
final class Inspector extends VBox {
    private final NodeActions actions;
    private final Label name = new Label();
    private final Label duty = new Label();
    private final Label where = new Label();
    private final Label sentence = new Label();
    private final Label hint = new Label("Click a node, or walk round the ring with the arrow keys, to look inside it.");
    private final Map<InspectorTab, ToggleButton> tabs = new EnumMap<>(InspectorTab.class);
    private final VBox rows = new VBox();
    private final VBox body;
    private final FlowPane bar = new FlowPane();
    private final Map<NodeAction, Button> buttons = new EnumMap<>(NodeAction.class);
    private final Map<NodeAction, Tooltip> whyNots = new EnumMap<>(NodeAction.class);
    private final List<RowFigure> figures = new ArrayList<>();
    private InspectorTab tab = InspectorTab.ELECTION;
    private Uid shown = Uid.NOBODY;

    Inspector(NodeActions actions) {
        this.actions = actions;
        setId(Ids.Cluster.INSPECTOR);
        getStyleClass().addAll("card", "inspector");
        name.setId(Ids.Cluster.INSPECTOR_NAME);
        name.getStyleClass().add("inspector-name");
        duty.getStyleClass().addAll("chip");
        duty.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(name, duty);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("inspector-head");
        where.getStyleClass().addAll("mono", "subtle", "inspector-where");
        where.setWrapText(true);
        where.setMinHeight(Region.USE_PREF_SIZE);
        sentence.getStyleClass().addAll("subtle", "sentence");
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        hint.setWrapText(true);
        hint.getStyleClass().add("subtle");
        rows.setId(Ids.Cluster.INSPECTOR_ROWS);
        ScrollPane scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("inspector-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        body = new VBox(head, where, tabs(), sentence, scroll, buttons());
        body.getStyleClass().add("inspector-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().setAll(hint);
    }

    private Node tabs() {
        FlowPane strip = new FlowPane();
        strip.getStyleClass().add("tab-strip");
        ToggleGroup group = new ToggleGroup();
        for (InspectorTab each : InspectorTab.values()) {
            ToggleButton button = new ToggleButton(each.word());
            button.setId(Ids.Cluster.tab(each.word()));
            button.getStyleClass().add("strip-tab");
            button.setToggleGroup(group);
            button.setTooltip(new Tooltip(each.sentence()));
            button.setOnAction(event -> {
                button.setSelected(true);
                tab = each;
            });
            tabs.put(each, button);
            strip.getChildren().add(button);
        }
        tabs.get(tab).setSelected(true);
        return strip;
    }

    private Node buttons() {
        bar.getStyleClass().add("inspector-buttons");
        for (NodeAction action : List.of(NodeAction.PAUSE, NodeAction.ISOLATE, NodeAction.RESTART, NodeAction.FORGET, NodeAction.KILL)) {
            Button button = new Button(action.word() + (action.asks() ? "…" : ""));
            button.setId(id(action));
            button.setOnAction(event -> actions.perform(action, shown));
            if (action == NodeAction.KILL) {
                button.getStyleClass().addAll("danger", "button-outlined");
            }
            // A disabled button shows no tip: the area round it does.
            HBox area = new HBox(button);
            Tooltip why = new Tooltip();
            Tooltip.install(area, why);
            buttons.put(action, button);
            whyNots.put(action, why);
            bar.getChildren().add(area);
        }
        return bar;
    }

    private static String id(NodeAction action) {
        return switch (action) {
            case KILL -> Ids.Cluster.KILL;
            case RESTART -> Ids.Cluster.RESTART;
            case PAUSE -> Ids.Cluster.PAUSE;
            case ISOLATE -> Ids.Cluster.ISOLATE;
            case FORGET -> Ids.Cluster.FORGET;
            case DISMISS -> "dismiss";
        };
    }

    void open(InspectorTab wanted) {
        tab = wanted;
        tabs.get(wanted).setSelected(true);
    }

    /** The first tab gets the focus: Enter on a node. */
    void enter() {
        if (!shown.isNobody()) {
            tabs.get(tab).requestFocus();
        }
    }

    void show(Uid selected, ClusterView view) {
        NodeView node = view.node(selected).orElse(null);
        shown = node == null ? Uid.NOBODY : selected;
        if (node == null) {
            if (getChildren().get(0) != hint) {
                getChildren().setAll(hint);
            }
            return;
        }
        if (getChildren().get(0) != body) {
            getChildren().setAll(body);
        }
        set(name, node.name());
        set(duty, node.health().isLiving() ? node.duty() : "was " + node.duty());
        String look = view.isStale() ? "stale" : NodeLook.of(node, false).styleClass();
        String chip = switch (look) {
            case "lead", "follow", "elect", "suspect" -> look;
            default -> "stale";
        };
        if (!duty.getStyleClass().contains(chip)) {
            duty.getStyleClass().setAll("label", "chip", chip);
        }
        String hex = node.uid().toString();
        set(where, hex.substring(0, 4) + " " + hex.substring(4, 8) + " " + hex.substring(8, 12) + " " + hex.substring(12) + " · " + node.status().address());
        set(sentence, tab.sentence());
        showRows(InspectorModel.rows(tab, node, view));
        bar.setVisible(actions.anything());
        bar.setManaged(bar.isVisible());
        buttons.forEach((action, button) -> {
            String why = actions.whyNot(action, node).orElse("");
            button.setDisable(!why.isEmpty());
            button.setAccessibleHelp(why);
            set(whyNots.get(action), why.isEmpty() ? action.question(node) : why);
        });
    }

    private void showRows(List<InspectorRow> now) {
        while (figures.size() < now.size()) {
            RowFigure figure = new RowFigure();
            figures.add(figure);
        }
        for (int i = 0; i < now.size(); i++) {
            figures.get(i).show(now.get(i), i > 0 && now.get(i).meaning().equals(now.get(i - 1).meaning()));
        }
        if (rows.getChildren().size() != now.size()) {
            rows.getChildren().setAll(figures.subList(0, now.size()));
        }
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }

    private static void set(Tooltip tip, String text) {
        if (!text.equals(tip.getText())) {
            tip.setText(text);
        }
    }

    /** A name on the left, a value on the right, and below what it means. */
    private static final class RowFigure extends VBox {
        private final Label rowName = new Label();
        private final Label value = new Label();
        private final Label meaning = new Label();

        RowFigure() {
            getStyleClass().add("inspector-row");
            value.getStyleClass().add("mono");
            value.setWrapText(true);
            value.setAlignment(Pos.CENTER_RIGHT);
            rowName.setMinWidth(Region.USE_PREF_SIZE);
            value.setTextAlignment(javafx.scene.text.TextAlignment.RIGHT);
            meaning.getStyleClass().add("meaning");
            meaning.setWrapText(true);
            meaning.setMinHeight(Region.USE_PREF_SIZE);
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            HBox line = new HBox(rowName, gap, value);
            line.getStyleClass().add("inspector-line");
            getChildren().addAll(line, meaning);
            setAccessibleRole(AccessibleRole.TEXT);
        }

        /** @param explained its sentence stands above already, or below a row like it */
        void show(InspectorRow row, boolean explained) {
            set(rowName, row.name());
            set(value, row.value());
            set(meaning, row.meaning());
            meaning.setVisible(!explained);
            meaning.setManaged(!explained);
            setAccessibleText(row.name() + ": " + row.value() + ". " + row.meaning());
        }
    }
}
