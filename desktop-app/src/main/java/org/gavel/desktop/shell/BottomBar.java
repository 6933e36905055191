package org.gavel.desktop.shell;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.screen.Ids;

/** The last event in plain words; how fresh all this is. */
final class BottomBar extends HBox {
    private static final long OLD_MS = 10_000;

    private final Label event = new Label();
    private final Label figures = new Label();

    BottomBar() {
        setId(Ids.BOTTOM_BAR);
        getStyleClass().add("bottom-bar");
        setAlignment(Pos.CENTER_LEFT);
        event.setId(Ids.LAST_EVENT);
        event.getStyleClass().add("subtle");
        event.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(event, Priority.ALWAYS);
        figures.setId(Ids.FEED_FIGURES);
        figures.getStyleClass().addAll("subtle", "mono");
        figures.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(event, figures);
    }

    void show(ClusterView view) {
        event.setText(view.lastSentence());
        figures.setText(age(view.feedAgeMs()) + " · " + String.format(Locale.ROOT, "%.0f events/s", view.eventsPerS())
            + " · " + view.eventsDropped() + " dropped");
    }

    private static String age(long ms) {
        if (ms < 0) {
            return "nothing heard yet";
        }
        return ms < OLD_MS ? "feed " + ms + " ms old" : "feed " + ms / 1_000 + " s old";
    }
}
