package org.gavel.desktop.cluster;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;

/** The Cluster screen. */
public final class ClusterScreen implements Screen {
    @Override
    public ScreenId id() {
        return ScreenId.CLUSTER;
    }

    @Override
    public Parent build(Desk desk) {
        return new StackPane(new Label("Cluster"));
    }
}
