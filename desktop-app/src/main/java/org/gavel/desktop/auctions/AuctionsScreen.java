package org.gavel.desktop.auctions;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;

/** The Auctions screen. */
public final class AuctionsScreen implements Screen {
    @Override
    public ScreenId id() {
        return ScreenId.AUCTIONS;
    }

    @Override
    public Parent build(Desk desk) {
        return new StackPane(new Label("Auctions"));
    }
}
