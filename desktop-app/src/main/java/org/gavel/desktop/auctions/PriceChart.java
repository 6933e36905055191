package org.gavel.desktop.auctions;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import org.gavel.desktop.screen.Ids;
import org.gavel.node.client.Durations;
import org.gavel.protocol.auction.Money;

/** The price over auction time, as steps: it stands until the next bid. */
final class PriceChart extends Pane {
    private static final double LEFT = 72;
    private static final double BOTTOM = 20;
    private static final double TOP = 8;
    private static final double RIGHT = 8;

    private final Path path = new Path();
    private final Line floor = new Line();
    private final Label highest = label();
    private final Label lowest = label();
    private final Label begin = label();
    private final Label end = label();
    private final Label none = new Label();
    private List<PriceStep> steps = List.of();
    private long untilMs;

    PriceChart() {
        super();
        setId(Ids.Auctions.PRICE_CHART);
        getStyleClass().add("price-chart");
        path.getStyleClass().add("price-line");
        floor.getStyleClass().add("price-floor");
        none.getStyleClass().add("subtle");
        path.setManaged(false);
        floor.setManaged(false);
        getChildren().addAll(floor, path, highest, lowest, begin, end, none);
        setMinHeight(96);
        setPrefHeight(128);
    }

    private static Label label() {
        Label label = new Label();
        label.getStyleClass().addAll("subtle", "mono", "axis");
        return label;
    }

    /** @param nowMs auction time; the last price stands until then */
    void show(List<PriceStep> newSteps, long nowMs) {
        if (newSteps.equals(steps) && nowMs / 1_000 == untilMs / 1_000) {
            return;
        }
        steps = newSteps;
        untilMs = nowMs;
        requestLayout();
    }

    /** What stands here as long as there is no step. */
    void none(String words) {
        none.setText(words);
    }

    @Override
    protected void layoutChildren() {
        boolean any = !steps.isEmpty();
        none.setVisible(!any);
        for (Label label : List.of(highest, lowest, begin, end)) {
            label.setVisible(any);
        }
        path.getElements().clear();
        double width = getWidth() - LEFT - RIGHT;
        double height = getHeight() - TOP - BOTTOM;
        floor.setStartX(LEFT);
        floor.setEndX(LEFT + width);
        floor.setStartY(TOP + height);
        floor.setEndY(TOP + height);
        none.autosize();
        none.relocate(LEFT + (width - none.getWidth()) / 2, TOP + (height - none.getHeight()) / 2);
        if (any && width > 0 && height > 0) {
            draw(width, height);
        }
        setAccessibleText(any ? "price from " + lowest.getText() + " to " + highest.getText() : none.getText());
    }

    private void draw(double width, double height) {
        long from = steps.get(0).timeMs();
        long until = Math.max(untilMs, steps.get(steps.size() - 1).timeMs());
        long low = steps.get(0).priceCents();
        long high = steps.get(steps.size() - 1).priceCents();
        double perMs = width / Math.max(1, until - from);
        double perCent = height / Math.max(1, high - low);
        List<PathElement> elements = path.getElements();
        double y = TOP + height;
        for (PriceStep step : steps) {
            double x = LEFT + (step.timeMs() - from) * perMs;
            double next = TOP + height - (step.priceCents() - low) * perCent;
            elements.add(elements.isEmpty() ? new MoveTo(x, next) : new LineTo(x, y));
            elements.add(new LineTo(x, next));
            y = next;
        }
        elements.add(new LineTo(LEFT + width, y));
        place(highest, Money.format(high), true, high > low ? TOP : TOP + height);
        lowest.setVisible(high > low);
        place(lowest, Money.format(low), true, TOP + height);
        place(begin, Durations.clock(from), false, LEFT);
        place(end, Durations.clock(until), false, LEFT + width);
    }

    private static void place(Label label, String text, boolean left, double at) {
        label.setText(text);
        label.autosize();
        if (left) {
            label.relocate(Math.max(0, LEFT - 8 - label.getWidth()), Math.max(0, at - label.getHeight() / 2));
        } else {
            double middle = at - (at > LEFT ? label.getWidth() : 0);
            label.relocate(middle, label.getParent().getLayoutBounds().getHeight() - label.getHeight());
        }
    }
}
