package org.gavel.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Notice;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.TestWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToastsTest {
    /** Of WCAG 2.1, 1.4.3: text that is not large. */
    private static final double CONTRAST_MIN = 4.5;

    private static Parent shown(TestWindow window, int notices) {
        for (int i = 0; i < notices; i++) {
            window.window().notify(Notice.warning("Outbid on lamp " + i, "noa bids 70.00; the minimum is now 75.00, and this sentence goes on, so that it needs a second line")
                .withAction("Bid again", () -> { }));
        }
        Parent root = window.window().scene().getRoot();
        root.applyCss();
        root.layout();
        return root;
    }

    @ParameterizedTest
    @CsvSource({"true, 14", "false, 14", "true, 18", "false, 12"})
    void shouldBeReadableInBothThemesAndLeaveTheTicketsCornerFree(boolean dark, int fontPx) {
        try (TestWindow window = TestWindow.open(FakeFeed.ringOf(3), TestWindow.preferences().withDark(dark).withFontPx(fontPx), 1_000, 700)) {
            TestWindow.run(() -> {
                Parent root = shown(window, 1);
                Region toast = (Region) root.lookup(".toast");
                Color ground = (Color) toast.getBackground().getFills().get(2).getFill();
                for (Node label : toast.lookupAll(".label")) {
                    assertThat(contrast((Color) ((Label) label).getTextFill(), ground)).as(((Label) label).getText()).isGreaterThan(CONTRAST_MIN);
                }
                Bounds bounds = toast.localToScene(toast.getLayoutBounds());
                assertThat(bounds.getMaxX()).as("beside the ticket").isLessThan(1_000 * 0.67);
                assertThat(bounds.getHeight()).as("two or three lines").isBetween(30.0, 140.0);
                assertThat(bounds.getMaxY()).isLessThan(root.lookup("#" + Ids.BOTTOM_BAR).getLayoutY() + 1);
            });
        }
    }

    @Test
    void shouldKeepTheNewestWithTheirButtonsWhenManyComeAtOnce() {
        try (TestWindow window = TestWindow.open(FakeFeed.ringOf(3))) {
            TestWindow.run(() -> {
                VBox toasts = (VBox) shown(window, Toasts.SHOWN_MAX + 3).lookup("#" + Ids.TOASTS);
                List<String> titles = toasts.lookupAll(".toast-title").stream().map(title -> ((Label) title).getText()).toList();
                assertThat(titles).containsExactly("Outbid on lamp 3", "Outbid on lamp 4", "Outbid on lamp 5", "Outbid on lamp 6");
                assertThat(toasts.lookupAll(".button")).hasSize(2 * Toasts.SHOWN_MAX).noneMatch(Node::isFocusTraversable);
            });
        }
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen()) + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
