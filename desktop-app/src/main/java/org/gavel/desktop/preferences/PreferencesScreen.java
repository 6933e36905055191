package org.gavel.desktop.preferences;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;

/** The Preferences screen. */
public final class PreferencesScreen implements Screen {
    @Override
    public ScreenId id() {
        return ScreenId.PREFERENCES;
    }

    @Override
    public Parent build(Desk desk) {
        return new StackPane(new Label("Preferences"));
    }
}
