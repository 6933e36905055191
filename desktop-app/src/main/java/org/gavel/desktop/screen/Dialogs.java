package org.gavel.desktop.screen;

import javafx.scene.Scene;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;

/** Dialogs look like the window they belong to. */
public final class Dialogs {
    private static final double WIDTH = 460;

    private Dialogs() { }

    /** Theme, font and owner; called before the dialog is shown. */
    public static void dress(DialogPane pane, Desk desk) {
        dress(pane, desk, WIDTH);
    }

    /** @param width in pixels; less where the window has less */
    public static void dress(DialogPane pane, Desk desk, double width) {
        Scene owner = desk.window().getScene();
        Scene scene = pane.getScene();
        if (scene.getWindow() instanceof javafx.stage.Stage stage && stage.getOwner() == null) {
            stage.initOwner(desk.window());
        }
        scene.setUserAgentStylesheet(owner.getUserAgentStylesheet());
        scene.getStylesheets().setAll(owner.getStylesheets());
        pane.getStyleClass().add("gavel");
        pane.setStyle("-fx-font-size: " + desk.preferences().get().fontPx() + "px;");
        pane.setPrefWidth(Math.min(width, owner.getWidth()));
        pane.setMinHeight(DialogPane.USE_PREF_SIZE);
        pane.lookupAll(".label").forEach(label -> ((Label) label).setWrapText(true));
    }
}
