package org.gavel.desktop.charts;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;

/** The Charts screen. */
public final class ChartsScreen implements Screen {
    @Override
    public ScreenId id() {
        return ScreenId.CHARTS;
    }

    @Override
    public Parent build(Desk desk) {
        return new StackPane(new Label("Charts"));
    }
}
