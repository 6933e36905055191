package org.gavel.desktop.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.List;
import javafx.application.Application;
import javafx.scene.Parent;
import javafx.scene.Scene;
import org.gavel.desktop.preferences.Preferences;

/** AtlantaFX's Primer, the bridge for ControlsFX, our own sheets, and the font's size. */
public final class Theme {
    private static final List<String> COMMON = List.of("modena-bridge.css", "gavel.css");

    private Theme() { }

    /** Dresses a scene; called again whenever the preferences change. */
    public static void apply(Scene scene, Preferences preferences, List<String> screenSheets) {
        String base = preferences.dark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet();
        // Of the whole program too: what pops up is measured before it takes over its owner's sheet.
        if (!base.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(base);
        }
        if (!base.equals(scene.getUserAgentStylesheet())) {
            scene.setUserAgentStylesheet(base);
        }
        List<String> sheets = new java.util.ArrayList<>(COMMON.stream().map(Theme::sheet).toList());
        sheets.add(sheet(preferences.dark() ? "colours-dark.css" : "colours-light.css"));
        sheets.addAll(screenSheets);
        if (!sheets.equals(scene.getStylesheets())) {
            scene.getStylesheets().setAll(sheets);
        }
        Parent root = scene.getRoot();
        root.setStyle("-fx-font-size: " + preferences.fontPx() + "px;");
    }

    private static String sheet(String name) {
        URL url = Theme.class.getResource(name);
        if (url == null) {
            throw new IllegalStateException("the style sheet " + name + " is not in this program");
        }
        return url.toExternalForm();
    }
}
