package org.gavel.desktop.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.replay.ReplayControls;
import org.gavel.desktop.screen.Ids;
import org.gavel.node.client.Durations;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The dials of a replay: play, step, scrub, speed. Hidden in front of any other feed. */
final class ReplayBar extends HBox {
    private static final Double[] SPEEDS = {0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 20.0};

    private final Button play = new Button();
    private final Slider scrub = new Slider();
    private final Label at = new Label();
    private ReplayControls controls;
    private boolean showing;

    ReplayBar() {
        super();
        setId(Ids.REPLAY_BAR);
        getStyleClass().addAll("simulation-bar", "replay-bar");
        setAlignment(Pos.CENTER_LEFT);
        setManaged(false);
        setVisible(false);
        play.setId(Ids.REPLAY_PLAY);
        play.setMinWidth(USE_PREF_SIZE);
        play.setOnAction(event -> controls.play(!controls.playing()));
        scrub.setId(Ids.REPLAY_SCRUB);
        scrub.setAccessibleText("Place in the recording");
        scrub.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(scrub, Priority.ALWAYS);
        scrub.valueProperty().addListener((property, was, now) -> {
            if (!showing && controls != null) {
                controls.seek(controls.beginMs() + now.longValue());
            }
        });
        at.getStyleClass().add("mono");
        at.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(step(Feather.SKIP_BACK, Ids.REPLAY_BACK, "Back to the event before", false), play,
            step(Feather.SKIP_FORWARD, Ids.REPLAY_STEP, "On to the next event", true), scrub, at, speed());
    }

    private Button step(Feather icon, String id, String sentence, boolean forward) {
        Button button = new Button("", new FontIcon(icon));
        button.setId(id);
        button.setAccessibleText(sentence);
        button.setTooltip(new Tooltip(sentence));
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> controls.step(forward));
        return button;
    }

    private ChoiceBox<Double> speed() {
        ChoiceBox<Double> speed = new ChoiceBox<>();
        speed.setId(Ids.REPLAY_SPEED);
        speed.setAccessibleText("Speed");
        speed.setConverter(new StringConverter<>() {
            @Override
            public String toString(Double factor) {
                return factor == null ? "" : (factor < 1 ? factor.toString() : Long.toString(Math.round(factor))) + "×";
            }

            @Override
            public Double fromString(String text) {
                return Double.valueOf(text.replace("×", ""));
            }
        });
        speed.getItems().setAll(SPEEDS);
        speed.setValue(1.0);
        speed.setMinWidth(USE_PREF_SIZE);
        speed.valueProperty().addListener((property, was, now) -> {
            if (controls != null && now != null) {
                controls.speed(now);
            }
        });
        return speed;
    }

    void show(ClusterFeed feed) {
        controls = feed.replay().orElse(null);
        setManaged(controls != null);
        setVisible(controls != null);
        if (controls == null) {
            return;
        }
        String word = controls.playing() ? "Pause" : "Play";
        if (!word.equals(play.getText())) {
            play.setText(word);
            play.setGraphic(new FontIcon(controls.playing() ? Feather.PAUSE : Feather.PLAY));
        }
        long length = controls.endMs() - controls.beginMs();
        long place = controls.positionMs() - controls.beginMs();
        showing = true;
        scrub.setMax(Math.max(1, length));
        if (!scrub.isValueChanging()) {
            scrub.setValue(place);
        }
        showing = false;
        at.setText(Durations.clock(place) + " of " + Durations.clock(length));
    }
}
