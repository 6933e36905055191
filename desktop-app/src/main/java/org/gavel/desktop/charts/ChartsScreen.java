package org.gavel.desktop.charts;

import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.StringConverter;
import org.controlsfx.control.SegmentedButton;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Notice;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.screen.Tick;
import org.gavel.desktop.snapshot.PngFile;
import org.gavel.node.client.Durations;

/** The Charts screen: bids a second, round trip, resends, heartbeat age, over one minute, five minutes, or everything since the feed was opened. */
public final class ChartsScreen implements Screen {
    private static final long MINUTE_MS = 60_000;
    private static final long FIVE_MINUTES_MS = 5 * MINUTE_MS;
    private static final double HALF = 50;
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final ChartsModel model = new ChartsModel();
    private final Map<TimeSeries, XYChart.Series<Number, Number>> lines = new LinkedHashMap<>();
    private final Map<TimeSeries, NumberAxis> axes = new LinkedHashMap<>();
    private final Map<TimeSeries, Label> newest = new LinkedHashMap<>();
    private final GridPane grid = new GridPane();
    private Desk desk;
    private long spanMs = MINUTE_MS;
    private boolean inFront;

    @Override
    public ScreenId id() {
        return ScreenId.CHARTS;
    }

    @Override
    public List<String> stylesheets() {
        return List.of(Objects.requireNonNull(ChartsScreen.class.getResource("charts.css"), "charts.css").toExternalForm());
    }

    @Override
    public Parent build(Desk window) {
        desk = window;
        grid.setId(Ids.Charts.GRID);
        grid.getStyleClass().add("grid");
        grid.add(card("Bids per second", "accepted, all auctions together", "", model.bids()), 0, 0);
        grid.add(card("Round trip", "median between neighbours, as last measured, ms", " ms", model.roundTrip()), 1, 0);
        grid.add(card("Resends per second", "datagrams sent again, all nodes together", "", model.resends()), 0, 1);
        grid.add(card("Heartbeat age", "oldest last word of a living node, s", " s", model.heartbeatAge()), 1, 1);
        for (int i = 0; i < 2; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(HALF);
            RowConstraints row = new RowConstraints();
            row.setPercentHeight(HALF);
            grid.getColumnConstraints().add(column);
            grid.getRowConstraints().add(row);
        }
        VBox.setVgrow(grid, Priority.ALWAYS);
        VBox root = new VBox(bar(), grid);
        root.getStyleClass().add("charts");
        window.view().addListener((property, was, now) -> {
            if (was.isStale() != now.isStale()) {
                root.pseudoClassStateChanged(STALE, now.isStale());
            }
        });
        return root;
    }

    private HBox bar() {
        SegmentedButton spans = new SegmentedButton(span("1 min", Ids.Charts.MINUTE, MINUTE_MS), span("5 min", Ids.Charts.FIVE_MINUTES, FIVE_MINUTES_MS),
            span("All", Ids.Charts.ALL, Long.MAX_VALUE));
        spans.getButtons().get(0).setSelected(true);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button export = new Button("Export picture…");
        export.setId(Ids.Charts.EXPORT);
        export.setTooltip(new Tooltip("All four charts as one PNG"));
        export.setOnAction(event -> export());
        HBox bar = new HBox(spans, gap, export);
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private ToggleButton span(String name, String id, long ms) {
        ToggleButton button = new ToggleButton(name);
        button.setId(id);
        button.setAccessibleText("Show " + name);
        button.setOnAction(event -> {
            button.setSelected(true);
            spanMs = ms;
            draw();
        });
        return button;
    }

    private VBox card(String title, String sentence, String unit, TimeSeries series) {
        NumberAxis time = new NumberAxis();
        time.setAutoRanging(false);
        time.setForceZeroInRange(false);
        time.setMinorTickVisible(false);
        time.setTickLabelFormatter(new Ago());
        NumberAxis value = new NumberAxis();
        value.setMinorTickVisible(false);
        value.setForceZeroInRange(true);
        LineChart<Number, Number> chart = new LineChart<>(time, value);
        chart.setAnimated(false);
        chart.setVerticalZeroLineVisible(false);
        chart.setCreateSymbols(false);
        chart.setLegendVisible(false);
        chart.setAccessibleText(title);
        chart.setMinSize(0, 0);
        XYChart.Series<Number, Number> line = new XYChart.Series<>();
        chart.getData().add(line);
        lines.put(series, line);
        axes.put(series, time);
        Label now = new Label("–");
        now.getStyleClass().addAll("mono", "now");
        now.setUserData(unit);
        newest.put(series, now);
        Label name = new Label(title);
        name.getStyleClass().add("title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Label what = new Label(sentence);
        what.getStyleClass().add("subtle");
        VBox.setVgrow(chart, Priority.ALWAYS);
        VBox card = new VBox(new HBox(name, gap, now), what, chart);
        card.getStyleClass().add("card");
        return card;
    }

    @Override
    public void onTick(Tick tick) {
        if (tick.reset()) {
            model.clear();
        }
        if (model.tick(tick.view()) && inFront) {
            draw();
        }
    }

    private void draw() {
        long now = model.atMs();
        lines.forEach((series, line) -> {
            List<TimeSeries.Point> points = series.since(spanMs == Long.MAX_VALUE ? Long.MIN_VALUE : now - spanMs);
            line.getData().setAll(points.stream().map(point -> new XYChart.Data<Number, Number>((point.atMs() - now) / 1_000.0, point.value())).toList());
            double from = spanMs != Long.MAX_VALUE ? -spanMs / 1_000.0 : points.isEmpty() ? -60 : Math.min(-60, (points.get(0).atMs() - now) / 1_000.0);
            NumberAxis axis = axes.get(series);
            axis.setLowerBound(from);
            axis.setUpperBound(0);
            axis.setTickUnit(-from / 4);
            newest.get(series).setText(points.isEmpty() || model.isSilent() ? "–" : String.format(java.util.Locale.ROOT, "%.1f", points.get(points.size() - 1).value()) + newest.get(series).getUserData());
        });
    }

    private void export() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export the charts");
        chooser.setInitialFileName("gavel-charts.png");
        File file = chooser.showSaveDialog(desk.window());
        if (file == null) {
            return;
        }
        try {
            PngFile.write(grid.snapshot(null, null), file.toPath());
            desk.notify(Notice.of("Charts exported", file.getPath()));
        } catch (IOException e) {
            desk.notify(Notice.warning("The charts were not exported", file.getPath() + " cannot be written: " + e.getMessage() + "; choose another place"));
        }
    }

    @Override
    public void shown() {
        inFront = true;
        draw();
        grid.requestFocus();
    }

    @Override
    public void hidden() {
        inFront = false;
    }

    /** Seconds before now, as '-0:45'. */
    private static final class Ago extends StringConverter<Number> {
        @Override
        public String toString(Number seconds) {
            return Math.round(seconds.doubleValue()) == 0 ? "now" : "-" + Durations.clock(Math.round(-seconds.doubleValue()) * 1_000);
        }

        @Override
        public Number fromString(String text) {
            throw new UnsupportedOperationException("the axis is only read");
        }
    }
}
