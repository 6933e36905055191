package org.gavel.desktop.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleFunction;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.SimulatedFeed;
import org.gavel.desktop.feed.SimulationControls;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Ids;
import org.gavel.protocol.identity.Uid;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The dials of a simulated cluster; not there for any other. */
final class SimulationBar extends FlowPane {
    private static final double LOSS_PERCENT_MAX = 40;
    private static final double DELAY_MS_MAX = 300;
    private static final double CRASHES_MAX = 12;
    private static final double SLIDER_WIDTH = 72;

    private final Desk desk;
    private final Button pause = new Button();
    private final Button step = new Button("Step");
    private final Button cut = new Button("Cut in two");
    private final Button heal = new Button("Heal");
    private SimulationControls controls;

    SimulationBar(Desk desk) {
        this.desk = desk;
        setId(Ids.SIMULATION_BAR);
        getStyleClass().add("simulation-bar");
        setAlignment(Pos.CENTER_LEFT);
        setManaged(false);
        setVisible(false);
        button(pause, Ids.SIMULATION_PAUSE, "Stop or start the simulated clock", () -> controls.paused(!controls.dials().paused()));
        button(step, Ids.SIMULATION_STEP, "One more event, then still", () -> controls.step());
        button(cut, Ids.SIMULATION_CUT, "Nothing passes any more between the chosen node with its successors and the others", this::cutAtSelected);
        button(heal, Ids.SIMULATION_HEAL, "Takes the cut back", () -> controls.heal());
        double slowest = Math.log10(SimulatedFeed.SPEED_MIN);
        getChildren().addAll(pause, step,
            dial(Ids.SIMULATION_SPEED, "speed", slowest, Math.log10(SimulatedFeed.SPEED_MAX), 0, v -> number(Math.pow(10, v)) + "×", v -> controls.speed(Math.pow(10, v))),
            dial(Ids.SIMULATION_LOSS, "loss", 0, LOSS_PERCENT_MAX, 0, v -> Math.round(v) + " %", v -> controls.loss(Math.round(v))),
            dial(Ids.SIMULATION_DELAY, "delay", 0, DELAY_MS_MAX, 0, v -> Math.round(v) + " ms", v -> controls.delay(Math.round(v))),
            dial(Ids.SIMULATION_CRASHES, "crashes", 0, CRASHES_MAX, 0, v -> Math.round(v) + "/min", v -> controls.crashes(Math.round(v))), cut, heal);
    }

    private void button(Button button, String id, String sentence, Runnable action) {
        button.setId(id);
        button.setAccessibleText(sentence);
        button.setTooltip(new Tooltip(sentence));
        button.setOnAction(event -> {
            if (controls != null) {
                action.run();
            }
        });
    }

    private Node dial(String id, String name, double least, double most, double first, DoubleFunction<String> words, DoubleConsumer set) {
        Slider slider = new Slider(least, most, first);
        slider.setId(id);
        slider.setPrefWidth(SLIDER_WIDTH);
        slider.setAccessibleText(name);
        Label value = new Label(words.apply(first));
        value.getStyleClass().addAll("mono", "dial-value");
        Label word = new Label(name);
        word.getStyleClass().add("subtle");
        word.setMinWidth(Region.USE_PREF_SIZE);
        slider.valueProperty().addListener((property, before, now) -> {
            value.setText(words.apply(now.doubleValue()));
            if (controls != null) {
                set.accept(now.doubleValue());
            }
        });
        HBox box = new HBox(word, slider, value);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("dial");
        return box;
    }

    private static String number(double factor) {
        return String.format(Locale.ROOT, factor < 0.1 ? "%.2f" : factor < 9.95 ? "%.1f" : "%.0f", factor);
    }

    /** The chosen node and its successors on one side, the greater half on the other. */
    private void cutAtSelected() {
        List<Uid> living = desk.view().get().nodes().stream().filter(node -> node.health().isLiving()).map(NodeView::uid).toList();
        if (living.size() < 2) {
            return;
        }
        int first = Math.max(0, living.indexOf(desk.selectedNode().get()));
        Set<Uid> side = new LinkedHashSet<>();
        for (int i = 0; i < Math.max(1, (living.size() - 1) / 2); i++) {
            side.add(living.get((first + i) % living.size()));
        }
        controls.cut(side);
    }

    void show(ClusterFeed feed, ClusterView view) {
        SimulationControls now = feed.simulation().orElse(null);
        controls = now;
        setManaged(now != null);
        setVisible(now != null);
        if (now == null) {
            return;
        }
        boolean still = now.dials().paused();
        if (pause.getGraphic() == null || !pause.getText().equals(still ? "Play" : "Pause")) {
            pause.setText(still ? "Play" : "Pause");
            pause.setGraphic(new FontIcon(still ? Feather.PLAY : Feather.PAUSE));
        }
        cut.setDisable(now.dials().cut() || view.alive() < 2);
        heal.setDisable(!now.dials().cut());
    }
}
