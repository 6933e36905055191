package org.gavel.desktop.timeline;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;

/** The Timeline screen. */
public final class TimelineScreen implements Screen {
    @Override
    public ScreenId id() {
        return ScreenId.TIMELINE;
    }

    @Override
    public Parent build(Desk desk) {
        return new StackPane(new Label("Timeline"));
    }
}
