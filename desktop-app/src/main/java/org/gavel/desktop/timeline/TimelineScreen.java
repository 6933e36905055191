package org.gavel.desktop.timeline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.stage.FileChooser;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.replay.Recorder;
import org.gavel.desktop.replay.ReplayFeed;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Notice;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.screen.Tick;
import org.gavel.protocol.identity.Uid;

/** The Timeline screen: left the event log, right the space-time diagram. */
public final class TimelineScreen implements Screen {
    /** Height of a line, in font sizes. */
    private static final double LINE = 1.9;
    private static final double LOG_SHARE = 0.55;

    private final TimelineModel model = new TimelineModel();
    private final Recorder recorder = new Recorder();
    private final Map<Uid, String> names = new TreeMap<>();
    private final Map<String, CheckMenuItem> protocols = new LinkedHashMap<>();
    private final ObservableList<TimelineEntry> rows = FXCollections.observableArrayList();
    private final ListView<TimelineEntry> log = new ListView<>(rows);
    private final SpaceTimePane diagram = new SpaceTimePane(this::choose);
    private final TextField filter = new TextField();
    private final MenuButton protocolMenu = new MenuButton("Protocols");
    private final ToggleButton routine = new ToggleButton("Routine");
    private final ToggleButton hold = new ToggleButton("Hold");
    private final Button copy = new Button("Copy");
    private final MenuButton export = new MenuButton("Export");
    private final Button replay = new Button("Open recording…");
    private final Label count = new Label();
    private Desk desk;
    private VBox root;
    private long shownChanges = -1;
    private boolean inFront;
    private boolean choosing;

    @Override
    public ScreenId id() {
        return ScreenId.TIMELINE;
    }

    @Override
    public List<String> stylesheets() {
        return List.of(Objects.requireNonNull(TimelineScreen.class.getResource("timeline.css"), "timeline.css").toExternalForm());
    }

    @Override
    public Parent build(Desk window) {
        desk = window;
        log.setId(Ids.Timeline.LOG);
        log.setAccessibleText("What happened, the newest last");
        log.setCellFactory(list -> new EventCell());
        log.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        Label nothing = new Label("Nothing to tell yet, or nothing that fits the filter. Routine shows the rest.");
        nothing.setWrapText(true);
        nothing.getStyleClass().add("log-empty");
        log.setPlaceholder(nothing);
        log.getSelectionModel().selectedItemProperty().addListener((property, was, now) -> {
            if (!choosing) {
                diagram.choose(now == null ? 0 : now.number());
            }
        });
        log.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
                copy();
                event.consume();
            }
        });
        VBox.setVgrow(diagram, Priority.ALWAYS);
        VBox picture = new VBox(legend(), diagram);
        picture.getStyleClass().add("diagram-side");
        SplitPane split = new SplitPane(log, picture);
        split.setDividerPositions(LOG_SHARE);
        VBox.setVgrow(split, Priority.ALWAYS);
        root = new VBox(bar(), split);
        root.getStyleClass().add("timeline");
        desk.preferences().addListener((property, was, now) -> font(now.fontPx()));
        font(desk.preferences().get().fontPx());
        return root;
    }

    private void font(int px) {
        diagram.font(px - 2);
        log.setFixedCellSize(Math.round(px * LINE));
    }

    /** What the colours say; each is a switch, too. */
    private FlowPane legend() {
        FlowPane legend = new FlowPane();
        legend.getStyleClass().add("way-legend");
        for (Way way : List.of(Way.ELECTION, Way.TAKE_OVER, Way.BID)) {
            ToggleButton shown = new ToggleButton(way.title(), swatch(way));
            shown.setId(Ids.Timeline.way(way.word()));
            shown.getStyleClass().add("way");
            shown.setSelected(true);
            shown.setTooltip(new Tooltip(way.meaning() + "; click to hide or to draw them"));
            shown.setAccessibleHelp(way.meaning());
            shown.setOnAction(event -> {
                model.way(way, shown.isSelected());
                refresh(true);
            });
            legend.getChildren().add(shown);
        }
        Label held = new Label("held", swatch(Way.HELD));
        Label committed = new Label("committed, delivered", swatch(Way.COMMIT));
        Circle hollow = new Circle(4);
        hollow.getStyleClass().add("client-dot");
        Label client = new Label("client, on its active's word", hollow);
        for (Label label : List.of(held, committed, client)) {
            label.getStyleClass().addAll("subtle", "way-label");
            legend.getChildren().add(label);
        }
        return legend;
    }

    private static Line swatch(Way way) {
        Line line = new Line(0, 0, 16, 0);
        line.getStyleClass().addAll("swatch", way.word());
        return line;
    }

    private HBox bar() {
        filter.setId(Ids.Timeline.FILTER);
        filter.setPromptText("Filter (Ctrl+F)");
        filter.setTooltip(new Tooltip("A node, a protocol, any word"));
        filter.setAccessibleText("Filter events");
        filter.textProperty().addListener((property, was, now) -> {
            model.words(now);
            refresh(true);
        });
        HBox.setHgrow(filter, Priority.ALWAYS);
        protocolMenu.setId(Ids.Timeline.PROTOCOLS);
        routine.setId(Ids.Timeline.ROUTINE);
        routine.setTooltip(new Tooltip("Show links and other routine too"));
        routine.setOnAction(event -> {
            model.routine(routine.isSelected());
            refresh(true);
        });
        hold.setId(Ids.Timeline.HOLD);
        hold.setTooltip(new Tooltip("Stand still while you read; events go on being recorded"));
        hold.setOnAction(event -> refresh(true));
        copy.setId(Ids.Timeline.COPY);
        copy.setTooltip(new Tooltip("Copy the chosen lines (Ctrl+C), or all that are shown"));
        copy.setOnAction(event -> copy());
        MenuItem trace = new MenuItem("Trace as JSON lines…");
        trace.setId(Ids.Timeline.EXPORT_TRACE);
        trace.setOnAction(event -> save("trace", "gavel-trace.jsonl", file -> recorder.write(file, desk.feed().cluster())));
        MenuItem shiViz = new MenuItem("ShiViz log…");
        shiViz.setId(Ids.Timeline.EXPORT_SHIVIZ);
        shiViz.setOnAction(event -> save("ShiViz log", "gavel-shiviz.log", file -> Files.writeString(file.toPath(), ShiVizLog.of(model.all()))));
        export.setId(Ids.Timeline.EXPORT);
        export.getItems().setAll(trace, shiViz);
        replay.setId(Ids.Timeline.OPEN_RECORDING);
        replay.setTooltip(new Tooltip("Replay an exported trace: scrub, play, step back"));
        replay.setOnAction(event -> openRecording());
        for (var control : List.of(protocolMenu, routine, hold, copy, export, replay)) {
            control.setMinWidth(HBox.USE_PREF_SIZE);
        }
        count.getStyleClass().addAll("subtle", "mono");
        count.setMinWidth(HBox.USE_PREF_SIZE);
        FlowPane buttons = new WrappingButtons(protocolMenu, routine, hold, copy, export, replay);
        buttons.getStyleClass().add("buttons");
        HBox bar = new HBox(filter, count, buttons);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("row");
        return bar;
    }

    @Override
    public void onTick(Tick tick) {
        if (tick.reset()) {
            model.clear();
            recorder.clear();
            names.clear();
        }
        for (NodeView node : tick.view().nodes()) {
            names.put(node.uid(), node.name());
        }
        recorder.record(tick);
        model.tick(tick.events(), names);
        if (inFront && !hold.isSelected()) {
            refresh(false);
        }
    }

    private void refresh(boolean always) {
        if (!always && shownChanges == model.changes()) {
            return;
        }
        shownChanges = model.changes();
        model.protocols().forEach(this::offer);
        List<TimelineEntry> shown = model.shown();
        TimelineEntry chosen = log.getSelectionModel().getSelectedItem();
        boolean atEnd = chosen == null;
        choosing = true;
        update(shown);
        if (chosen != null && log.getSelectionModel().getSelectedItem() == null && rows.contains(chosen)) {
            log.getSelectionModel().select(chosen);
        }
        choosing = false;
        diagram.show(model.drawn(), names);
        if (atEnd && !rows.isEmpty()) {
            log.scrollTo(rows.size() - 1);
        }
        count.setText(shown.size() + " of " + model.total());
    }

    /** Appends where it can: a list that is made anew forgets where the person was. */
    private void update(List<TimelineEntry> shown) {
        int kept = 0;
        long firstNumber = shown.isEmpty() ? Long.MAX_VALUE : shown.get(0).number();
        int gone = 0;
        while (gone < rows.size() && rows.get(gone).number() < firstNumber) {
            gone++;
        }
        while (gone + kept < rows.size() && kept < shown.size() && rows.get(gone + kept).number() == shown.get(kept).number()) {
            kept++;
        }
        if (gone + kept == rows.size() && kept > 0) {
            rows.remove(0, gone);
            rows.addAll(shown.subList(kept, shown.size()));
        } else {
            rows.setAll(shown);
        }
    }

    private void offer(String protocol) {
        protocols.computeIfAbsent(protocol, name -> {
            CheckMenuItem item = new CheckMenuItem(name);
            item.setSelected(true);
            item.setOnAction(event -> {
                model.protocol(name, item.isSelected());
                refresh(true);
            });
            protocolMenu.getItems().add(item);
            return item;
        });
    }

    private void choose(long number) {
        diagram.choose(number);
        choosing = true;
        log.getSelectionModel().clearSelection();
        rows.stream().filter(entry -> entry.number() == number).findFirst().ifPresent(entry -> {
            log.getSelectionModel().select(entry);
            log.scrollTo(entry);
        });
        choosing = false;
    }

    // ---------------------------------------------------------------- out of the window

    private void copy() {
        List<TimelineEntry> chosen = log.getSelectionModel().getSelectedItems().isEmpty() ? rows : log.getSelectionModel().getSelectedItems();
        StringBuilder text = new StringBuilder();
        chosen.stream().filter(Objects::nonNull).forEach(entry -> text.append(entry.line()).append('\n'));
        ClipboardContent content = new ClipboardContent();
        content.putString(text.toString());
        Clipboard.getSystemClipboard().setContent(content);
    }

    private interface Writing {
        void to(File file) throws IOException;
    }

    private void save(String what, String name, Writing writing) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export the " + what);
        chooser.setInitialFileName(name);
        File file = chooser.showSaveDialog(desk.window());
        if (file == null) {
            return;
        }
        try {
            writing.to(file);
            desk.notify(Notice.of("Exported", file.getPath()));
        } catch (IOException e) {
            desk.notify(Notice.warning("The " + what + " was not exported", file.getPath() + " cannot be written: " + e.getMessage() + "; choose another place"));
        }
    }

    private void openRecording() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Open a recording");
        File file = chooser.showOpenDialog(desk.window());
        if (file != null) {
            desk.show(() -> ReplayFeed.open(file.toPath()));
        }
    }

    @Override
    public void shown() {
        inFront = true;
        refresh(true);
        // Not the filter: while somebody types, single keys mean letters. The pane takes its parts in with its first style only.
        root.applyCss();
        log.requestFocus();
    }

    @Override
    public void hidden() {
        inFront = false;
    }

    @Override
    public void focusFilter() {
        filter.requestFocus();
    }
}
