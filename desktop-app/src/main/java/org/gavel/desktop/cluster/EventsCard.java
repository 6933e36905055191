package org.gavel.desktop.cluster;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.model.Sentences;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Tick;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/** The last few events in plain words; the whole log is on the Timeline screen. */
final class EventsCard extends VBox {
    static final int LINES = 5;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Deque<TraceEvent> last = new ArrayDeque<>();
    private final GridPane grid = new GridPane();
    private final Label none = new Label("Nothing has happened yet.");

    EventsCard() {
        setId(Ids.Cluster.EVENTS);
        getStyleClass().addAll("card", "events-card");
        Label title = new Label("Events");
        title.getStyleClass().add("title");
        Label note = new Label("routine hidden · all on the Timeline, Ctrl+3");
        note.getStyleClass().add("subtle");
        HBox head = new HBox(title, note);
        head.getStyleClass().add("card-head");
        head.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        grid.getStyleClass().add("event-grid");
        for (int column = 0; column < 5; column++) {
            ColumnConstraints constraints = new ColumnConstraints();
            if (column < 4) {
                constraints.setMinWidth(USE_PREF_SIZE);
            } else {
                constraints.setHgrow(Priority.ALWAYS);
                constraints.setMinWidth(0);
            }
            grid.getColumnConstraints().add(constraints);
        }
        none.getStyleClass().add("subtle");
        getChildren().addAll(head, none);
    }

    /** Redrawn only while it can be seen. */
    void show(Tick tick, boolean visible) {
        if (tick.reset()) {
            last.clear();
        }
        boolean news = tick.reset();
        for (TraceEvent event : tick.events()) {
            if (Sentences.isNews(event) || Sentences.isCommit(event)) {
                news = true;
                add(event);
            }
        }
        if (news && visible) {
            draw(tick.view());
        }
    }

    private void add(TraceEvent event) {
        // Of commits one after the other only each auction's newest stays: bids come faster than anybody reads, and elections are what people look for here.
        if (Sentences.isCommit(event)) {
            List<TraceEvent> commits = last.stream().takeWhile(Sentences::isCommit).filter(before -> before.group() == event.group()).toList();
            last.removeAll(commits);
        }
        last.addFirst(event);
        if (last.size() > LINES) {
            last.removeLast();
        }
    }

    void draw(ClusterView view) {
        Map<Uid, String> names = view.nodes().stream().collect(Collectors.toMap(NodeView::uid, NodeView::name));
        grid.getChildren().clear();
        int row = 0;
        for (TraceEvent event : last) {
            Label time = new Label(CLOCK.format(Instant.ofEpochMilli(event.atMs())));
            time.getStyleClass().addAll("mono", "subtle");
            Label node = new Label(view.nameOf(event.node()));
            node.getStyleClass().add("event-node");
            Circle dot = new Circle(4);
            dot.getStyleClass().addAll("event-dot", kind(event));
            Label protocol = new Label(event.protocol());
            protocol.getStyleClass().add("subtle");
            Label sentence = new Label(Sentences.withNames(event.sentence(), names));
            sentence.getStyleClass().add("event-sentence");
            grid.addRow(row++, time, node, dot, protocol, sentence);
        }
        getChildren().set(1, last.isEmpty() ? none : grid);
    }

    private static String kind(TraceEvent event) {
        if (List.of("dead", "corruption", "take-over-failed", "fenced").contains(event.kind())) {
            return "bad";
        }
        return switch (event.protocol()) {
            case "election" -> "elect";
            case "heartbeat" -> "suspect";
            case "auction" -> "lead";
            default -> "follow";
        };
    }
}
