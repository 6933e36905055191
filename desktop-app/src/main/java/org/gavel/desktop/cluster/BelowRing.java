package org.gavel.desktop.cluster;

import java.util.List;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Ids;

/** Auctions and events, side by side; in a low window a strip that opens one of them, so that the ring keeps its room until one is wanted. */
final class BelowRing extends VBox {
    private static final double AUCTIONS_SHARE = 0.43;

    private final AuctionsCard auctions;
    private final EventsCard events;
    private final HBox cards;
    private final ToggleButton showAuctions = new ToggleButton("Auctions");
    private final ToggleButton showEvents = new ToggleButton("Events");
    private final SegmentedButton strip = new SegmentedButton(showAuctions, showEvents);
    private boolean low;

    BelowRing(Desk desk, AuctionsCard auctions, EventsCard events) {
        this.auctions = auctions;
        this.events = events;
        getStyleClass().add("below-ring");
        // As wide as the mock has them.
        cards = new HBox(auctions, events);
        cards.getStyleClass().add("below");
        for (Region card : new Region[] {auctions, events}) {
            HBox.setHgrow(card, Priority.ALWAYS);
            card.setMaxWidth(Double.MAX_VALUE);
        }
        auctions.prefWidthProperty().bind(cards.widthProperty().multiply(AUCTIONS_SHARE));
        events.prefWidthProperty().bind(cards.widthProperty().multiply(1 - AUCTIONS_SHARE));
        showAuctions.setId(Ids.Cluster.SHOW_AUCTIONS);
        showEvents.setId(Ids.Cluster.SHOW_EVENTS);
        strip.getStyleClass().add("below-strip");
        strip.getToggleGroup().selectedToggleProperty().addListener((property, before, now) -> arrange());
        desk.board().addListener((property, before, now) -> count(now.size()));
        count(desk.board().get().size());
        getChildren().addAll(strip, cards);
        arrange();
    }

    private void count(int running) {
        showAuctions.setText(running == 0 ? "Auctions" : "Auctions (" + running + ")");
    }

    /** @param isLow the ring would have too little room beside both */
    void fit(boolean isLow) {
        low = isLow;
        getStyleClass().setAll(isLow ? List.of("below-ring", "low") : List.of("below-ring"));
        arrange();
    }

    private void arrange() {
        show(strip, low);
        show(auctions, !low || showAuctions.isSelected());
        show(events, !low || showEvents.isSelected());
        show(cards, auctions.isManaged() || events.isManaged());
    }

    private static void show(Region part, boolean wanted) {
        part.setVisible(wanted);
        part.setManaged(wanted);
    }
}
