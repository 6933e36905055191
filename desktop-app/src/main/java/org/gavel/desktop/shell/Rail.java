package org.gavel.desktop.shell;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.gavel.desktop.screen.Glyphs;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The left rail: one button a screen. */
final class Rail extends VBox {
    private final Map<ScreenId, ToggleButton> buttons = new EnumMap<>(ScreenId.class);

    Rail(Consumer<ScreenId> open) {
        setId(Ids.RAIL);
        getStyleClass().add("rail");
        setAlignment(Pos.TOP_CENTER);
        Label name = new Label("Gavel");
        name.getStyleClass().add("program-name");
        getChildren().add(name);
        ToggleGroup group = new ToggleGroup();
        for (ScreenId screen : ScreenId.values()) {
            ToggleButton button = new ToggleButton(screen.title(), icon(screen));
            button.setId(Ids.rail(screen));
            button.setContentDisplay(ContentDisplay.TOP);
            button.setMaxWidth(Double.MAX_VALUE);
            button.getStyleClass().add("rail-button");
            button.setToggleGroup(group);
            button.setAccessibleText(screen.title() + " screen");
            button.setTooltip(new Tooltip(screen.title() + " (Ctrl+" + (screen.ordinal() + 1) + ")"));
            button.setOnAction(event -> open.accept(screen));
            buttons.put(screen, button);
            getChildren().add(button);
        }
    }

    /** The button of the screen in front stays pressed. */
    void select(ScreenId screen) {
        buttons.get(screen).setSelected(true);
    }

    private static Node icon(ScreenId screen) {
        return switch (screen) {
            case CLUSTER -> new FontIcon(Feather.SHARE_2);
            case AUCTIONS -> Glyphs.shape(Glyphs.GAVEL, "rail-gavel");
            case TIMELINE -> new FontIcon(Feather.GIT_COMMIT);
            case CHARTS -> new FontIcon(Feather.ACTIVITY);
            case PREFERENCES -> new FontIcon(Feather.SETTINGS);
        };
    }
}
