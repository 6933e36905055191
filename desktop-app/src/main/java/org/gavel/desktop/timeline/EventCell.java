package org.gavel.desktop.timeline;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** One line of the log; what it has no room for is in its tip. */
final class EventCell extends ListCell<TimelineEntry> {
    private static final double PROTOCOL_FROM_WIDTH = 500;
    private static final double TIP_WIDTH_MAX = 560;
    private final Tooltip whole = new Tooltip();
    private final Label at = label("at", "mono");
    private final Label where = label("where");
    private final Label protocol = label("protocol");
    private final Label what = label("what");
    private final HBox line = new HBox(at, where, protocol, what);

    EventCell() {
        super();
        // As wide as the list: a long sentence ends in dots.
        setPrefWidth(0);
        whole.setWrapText(true);
        whole.setMaxWidth(TIP_WIDTH_MAX);
        HBox.setHgrow(what, Priority.ALWAYS);
        what.setMaxWidth(Double.MAX_VALUE);
        line.getStyleClass().add("row");
        // What happened says more than which protocol it was, which the sentence tells anyway.
        widthProperty().addListener((property, was, now) -> {
            protocol.setVisible(now.doubleValue() >= PROTOCOL_FROM_WIDTH);
            protocol.setManaged(protocol.isVisible());
        });
    }

    private static Label label(String... styles) {
        Label label = new Label();
        label.getStyleClass().addAll(styles);
        return label;
    }

    @Override
    protected void updateItem(TimelineEntry entry, boolean empty) {
        super.updateItem(entry, empty);
        getStyleClass().removeAll("grave", "leads");
        setGraphic(empty || entry == null ? null : line);
        if (empty || entry == null) {
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        at.setText(Clock.ofDay(entry.event().atMs()));
        where.setText(entry.node());
        protocol.setText(entry.event().protocol());
        what.setText(entry.sentence());
        setAccessibleText(entry.line());
        whole.setText(entry.line());
        setTooltip(whole);
        switch (entry.event().kind()) {
            case "dead", "suspected", "take-over-failed", "corruption", "fenced" -> getStyleClass().add("grave");
            case "elected", "serving", "nominated" -> getStyleClass().add("leads");
            default -> { }
        }
    }
}
