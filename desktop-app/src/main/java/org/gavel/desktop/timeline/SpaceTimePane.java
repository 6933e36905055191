package org.gavel.desktop.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import org.gavel.desktop.screen.Ids;
import org.gavel.protocol.identity.Uid;

/**
 * The space-time diagram: a line per node, time downwards, a row per event, messages as arrows. Only what is in sight is drawn. Choosing an event lights up
 * what happened before it.
 */
final class SpaceTimePane extends Pane {
    static final double ROW = 22;
    private static final double HEAD = 30;
    private static final double COLUMN_MIN = 64;
    /** Beyond the last column, in font sizes: words stand at the right of its line, too. */
    private static final double TAIL_EM = 1.5;
    private static final double DOT = 4.5;
    private static final double FAINT = 0.22;
    /** Where in its column a node's line stands: words stand at its right. */
    private static final double LINE_AT = 0.36;
    private static final double[] DASHES = {4, 3};

    private final Canvas canvas = new Canvas();
    private final ScrollBar down = new ScrollBar();
    private final ScrollBar across = new ScrollBar();
    private final Map<String, Rectangle> probes = new HashMap<>();
    private final LongConsumer onChosen;
    private List<TimelineEntry> entries = List.of();
    private List<HappenedBefore.Arrow> arrows = List.of();
    private List<Uid> nodes = List.of();
    private Map<Uid, String> names = Map.of();
    private Map<Uid, String> clients = Map.of();
    private Map<Long, Integer> rows = Map.of();
    private Set<Long> lit = Set.of();
    private long chosen;
    private double fontPx = 12;
    private boolean following = true;
    /** As drawn, by name, for columns of this width. */
    private final Map<String, String> heads = new HashMap<>();
    private double headRoom;

    SpaceTimePane(LongConsumer onChosen) {
        super();
        this.onChosen = onChosen;
        setId(Ids.Timeline.DIAGRAM);
        getStyleClass().add("space-time");
        setFocusTraversable(true);
        down.setOrientation(Orientation.VERTICAL);
        down.valueProperty().addListener((property, was, now) -> draw());
        across.valueProperty().addListener((property, was, now) -> draw());
        // Style sheets name the colours; these invisible shapes tell the canvas what they are in the present theme.
        for (String colour : List.of("lead", "follow", "elect", "good", "bad", "line", "text", "muted", "ground")) {
            Rectangle probe = new Rectangle();
            probe.getStyleClass().add("probe-" + colour);
            probe.setManaged(false);
            probe.setVisible(false);
            probe.fillProperty().addListener((property, was, now) -> draw());
            probes.put(colour, probe);
            getChildren().add(probe);
        }
        getChildren().addAll(canvas, down, across);
        setOnScroll(event -> {
            down.setValue(Math.max(0, Math.min(down.getMax(), down.getValue() - event.getDeltaY())));
            following = down.getValue() >= down.getMax() - ROW;
        });
        canvas.setOnMouseClicked(event -> choose(event.getX(), event.getY()));
        setOnKeyPressed(event -> {
            switch (event.getCode()) {
                case DOWN -> step(1);
                case UP -> step(-1);
                default -> {
                    return;
                }
            }
            event.consume();
        });
        setMinSize(200, 160);
    }

    void font(double px) {
        fontPx = px;
        heads.clear();
        requestLayout();
    }

    /** @param newEntries the rows, the oldest first */
    void show(List<TimelineEntry> newEntries, Map<Uid, String> nodeNames) {
        entries = newEntries;
        names = nodeNames;
        HappenedBefore relation = new HappenedBefore(entries);
        arrows = relation.arrows();
        rows = new HashMap<>();
        clients = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            rows.put(entries.get(i).number(), i);
            if (entries.get(i).client()) {
                clients.put(entries.get(i).event().node(), entries.get(i).node());
            }
        }
        nodes = new ArrayList<>(relation.nodes());
        heads.clear();
        // Clients stand at the left, where a bid begins.
        nodes.sort(Comparator.comparing((Uid node) -> !clients.containsKey(node)).thenComparing(this::name));
        lit = rows.containsKey(chosen) ? relation.past(chosen) : Set.of();
        setAccessibleText("Space-time diagram: " + nodes.size() + " nodes, " + entries.size() + " events, " + arrows.size() + " messages"
            + (clients.isEmpty() ? "" : "; " + clients.size() + " clients, as their actives tell"));
        requestLayout();
    }

    /** Lights up the past of this event; 0 for none. */
    void choose(long number) {
        if (chosen != number) {
            chosen = number;
            lit = rows.containsKey(number) ? new HappenedBefore(entries).past(number) : Set.of();
            Integer row = rows.get(number);
            if (row != null) {
                following = false;
                double y = row * ROW;
                double height = height();
                if (y < down.getValue() || y > down.getValue() + height - ROW) {
                    down.setValue(Math.max(0, Math.min(down.getMax(), y - height / 2)));
                }
            }
            draw();
        }
    }

    /** Numbers lit up. */
    Set<Long> lit() {
        return lit;
    }

    List<HappenedBefore.Arrow> arrows() {
        return arrows;
    }

    private void step(int by) {
        Integer row = rows.get(chosen);
        int next = row == null ? entries.size() - 1 : row + by;
        if (next >= 0 && next < entries.size()) {
            onChosen.accept(entries.get(next).number());
        }
    }

    private void choose(double x, double y) {
        requestFocus();
        int row = (int) ((y - HEAD + down.getValue()) / ROW);
        if (y > HEAD && row >= 0 && row < entries.size()) {
            onChosen.accept(entries.get(row).number());
        }
    }

    private double height() {
        return Math.max(0, getHeight() - HEAD - (across.isVisible() ? across.prefHeight(-1) : 0));
    }

    private double columnWidth() {
        double width = getWidth() - down.prefWidth(-1);
        return nodes.isEmpty() ? width : Math.max(COLUMN_MIN * fontPx / 12, (width - tail()) / nodes.size());
    }

    private double tail() {
        return TAIL_EM * fontPx;
    }

    @Override
    protected void layoutChildren() {
        double bar = down.prefWidth(-1);
        double width = Math.max(0, getWidth() - bar);
        double all = columnWidth() * nodes.size() + tail();
        across.setVisible(all > width + 1);
        double low = across.isVisible() ? across.prefHeight(-1) : 0;
        canvas.setWidth(width);
        canvas.setHeight(Math.max(0, getHeight() - low));
        down.resizeRelocate(width, 0, bar, Math.max(0, getHeight() - low));
        across.resizeRelocate(0, getHeight() - low, width, low);
        across.setMax(Math.max(0, all - width));
        across.setVisibleAmount(all <= 0 ? 0 : across.getMax() * width / all);
        double content = entries.size() * ROW;
        double most = Math.max(0, content - height());
        down.setVisibleAmount(content <= 0 ? 0 : most * height() / content);
        down.setMax(most);
        down.setVisible(most > 0);
        if (following || down.getValue() > most) {
            down.setValue(most);
        }
        draw();
    }

    private Paint paint(String name) {
        Paint fill = probes.get(name).getFill();
        return fill == null ? Color.GREY : fill;
    }

    private double x(Uid node) {
        double width = columnWidth();
        return nodes.indexOf(node) * width + width * LINE_AT - (across.isVisible() ? across.getValue() : 0);
    }

    private double y(int row) {
        return HEAD + row * ROW + ROW / 2 - down.getValue();
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setGlobalAlpha(1);
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        int first = (int) Math.max(0, down.getValue() / ROW - 1);
        int last = (int) Math.min(entries.size() - 1L, (down.getValue() + height()) / ROW + 1);
        g.setLineWidth(1);
        g.setStroke(paint("line"));
        for (Uid node : nodes) {
            g.setLineDashes(clients.containsKey(node) ? DASHES : null);
            g.strokeLine(x(node), HEAD, x(node), canvas.getHeight());
        }
        g.setLineDashes((double[]) null);
        drawArrows(g, first, last);
        for (int row = first; row <= last; row++) {
            drawDot(g, entries.get(row), row);
        }
        drawHead(g);
    }

    private void drawArrows(GraphicsContext g, int first, int last) {
        for (HappenedBefore.Arrow arrow : arrows) {
            Integer from = rows.get(arrow.sent().number());
            Integer to = rows.get(arrow.received().number());
            if (from == null || to == null || Math.max(from, to) < first || Math.min(from, to) > last) {
                continue;
            }
            boolean bright = lit.isEmpty() || lit.contains(arrow.sent().number()) && lit.contains(arrow.received().number());
            g.setGlobalAlpha(bright ? 1 : FAINT);
            Way way = Way.of(arrow.sent().event());
            String colour = way == Way.NONE ? "muted" : way.colour();
            g.setStroke(paint(colour));
            g.setFill(paint(colour));
            g.setLineWidth(bright && !lit.isEmpty() ? 2 : 1.2);
            g.setLineDashes(way == Way.HELD ? DASHES : null);
            arrow(g, x(arrow.sent().event().node()), y(from), x(arrow.received().event().node()), y(to));
        }
        g.setLineDashes((double[]) null);
        g.setGlobalAlpha(1);
    }

    private static void arrow(GraphicsContext g, double x1, double y1, double x2, double y2) {
        double angle = Math.atan2(y2 - y1, x2 - x1);
        double tipX = x2 - DOT * Math.cos(angle);
        double tipY = y2 - DOT * Math.sin(angle);
        g.strokeLine(x1, y1, tipX, tipY);
        double wing = 7;
        g.fillPolygon(new double[] {tipX, tipX - wing * Math.cos(angle - 0.4), tipX - wing * Math.cos(angle + 0.4)},
            new double[] {tipY, tipY - wing * Math.sin(angle - 0.4), tipY - wing * Math.sin(angle + 0.4)}, 3);
    }

    private void drawDot(GraphicsContext g, TimelineEntry entry, int row) {
        double x = x(entry.event().node());
        double y = y(row);
        boolean bright = lit.isEmpty() || lit.contains(entry.number());
        g.setGlobalAlpha(bright ? 1 : FAINT);
        g.setFill(paint(entry.client() ? "ground" : colour(entry)));
        g.fillOval(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
        if (entry.client()) {
            // Hollow: nobody saw it there, the active says so.
            g.setStroke(paint(colour(entry)));
            g.setLineWidth(1.5);
            g.strokeOval(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
        }
        if (entry.number() == chosen) {
            g.setStroke(paint("text"));
            g.setLineWidth(2);
            g.strokeOval(x - DOT - 3, y - DOT - 3, 2 * DOT + 6, 2 * DOT + 6);
        }
        drawWord(g, entry, x + DOT + 4, y, bright);
        g.setGlobalAlpha(1);
    }

    /** On a ground of its own, so that arrows pass behind it. */
    private void drawWord(GraphicsContext g, TimelineEntry entry, double x, double y, boolean bright) {
        String word = word(entry);
        double px = fontPx * 0.8;
        boolean last = entry.event().node().equals(nodes.get(nodes.size() - 1));
        double room = Math.max(10, columnWidth() * (last ? 1 - LINE_AT : 1) + (last ? tail() : 0) - DOT - 10);
        double width = Math.min(room, word.length() * px * 0.58 + 2);
        g.setGlobalAlpha(bright ? 0.8 : FAINT);
        g.setFill(paint("ground"));
        g.fillRect(x, y - px * 0.6, width, px * 1.2);
        g.setGlobalAlpha(bright ? 1 : FAINT);
        g.setFill(paint("text"));
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Font.font(px));
        g.fillText(word, x, y, room);
    }

    /** The arrow says which way it goes. */
    private static String word(TimelineEntry entry) {
        String kind = entry.event().kind();
        return Way.of(entry.event()) == Way.NONE ? kind : kind.replace("-sent", "").replace("-received", "");
    }

    private static String colour(TimelineEntry entry) {
        return switch (entry.event().kind()) {
            case "dead", "suspected", "token-swallowed", "take-over-failed", "corruption", "fenced" -> "bad";
            case "elected", "serving", "nominated", "view" -> "lead";
            default -> {
                Way way = Way.of(entry.event());
                yield way != Way.NONE ? way.colour() : entry.event().protocol().equals("election") ? "elect" : "follow";
            }
        };
    }

    private void drawHead(GraphicsContext g) {
        g.setFill(paint("ground"));
        g.fillRect(0, 0, canvas.getWidth(), HEAD);
        g.setFill(paint("text"));
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Font.font(fontPx));
        for (Uid node : nodes) {
            g.fillText(head(node), x(node), HEAD / 2);
        }
        g.setStroke(paint("line"));
        g.setLineWidth(1);
        g.strokeLine(0, HEAD, canvas.getWidth(), HEAD);
    }

    /** What stands above a node's line: its name, or as much of it as its column has room for. */
    String head(Uid node) {
        double room = columnWidth() * LINE_AT * 2 - 6;
        if (room != headRoom) {
            headRoom = room;
            heads.clear();
        }
        return heads.computeIfAbsent(name(node), whole -> shortened(whole, room));
    }

    private String shortened(String whole, double room) {
        Text measure = new Text(whole);
        measure.setFont(Font.font(fontPx));
        for (int kept = whole.length(); kept > 1 && measure.getLayoutBounds().getWidth() > room; kept--) {
            measure.setText(whole.substring(0, kept - 1) + "…");
        }
        return measure.getText();
    }

    private String name(Uid node) {
        return clients.containsKey(node) ? clients.get(node) : names.getOrDefault(node, node.shortForm());
    }
}
