package org.gavel.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Cell;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import org.gavel.desktop.feed.FeedMode;
import org.gavel.desktop.feed.Market;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.ItemInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every control of every screen. */
class ControlsTest {
    private static final int RING = 6;

    private interface Look {
        void at(Parent screen);
    }

    private static void eachScreen(TestWindow window, Look look) {
        TestWindow.await("nodes are shown", () -> window.window().view().get().alive() == RING);
        for (ScreenId screen : ScreenId.values()) {
            TestWindow.run(() -> {
                window.window().open(screen);
                if (screen == ScreenId.CLUSTER) {
                    window.window().selectedNode().set(Statuses.uid(2));
                }
                Parent root = window.window().scene().getRoot();
                root.applyCss();
                root.layout();
                look.at(root);
            });
        }
    }

    private static boolean isSeen(Node node) {
        for (Node one = node; one != null; one = one.getParent()) {
            if (!one.isVisible()) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldTellAScreenReaderWhatEveryControlIs() {
        List<String> silent = new ArrayList<>();
        try (TestWindow window = TestWindow.open(FakeFeed.ringOf(RING))) {
            eachScreen(window, root -> root.lookupAll("*").stream().filter(ControlsTest::isSeen).filter(ControlsTest::isSilent)
                .forEach(node -> silent.add(window.window().front().id() + " " + node)));
        }
        assertThat(silent).isEmpty();
    }

    /** It takes part in the keyboard's walk, and has neither a text of its own nor one for a screen reader. */
    private static boolean isSilent(Node node) {
        boolean control = node instanceof ButtonBase || node instanceof TextInputControl || node instanceof ComboBoxBase<?> || node instanceof Slider || node instanceof Spinner<?>;
        boolean hasText = node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank();
        boolean told = node.getAccessibleText() != null && !node.getAccessibleText().isBlank();
        boolean partOfAnother = node.getParent() instanceof ComboBoxBase<?> || node.getParent() instanceof Spinner<?> || hasLabel(node);
        return control && node.isFocusTraversable() && !hasText && !told && !partOfAnother;
    }

    /** A label that names it. */
    private static boolean hasLabel(Node node) {
        return node.getScene().getRoot().lookupAll(".label").stream().anyMatch(label -> label instanceof javafx.scene.control.Label one && one.getLabelFor() == node);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 14, 16, 18})
    void shouldCutNoWordOfABarOrAButtonAtAnyFontSize(int fontPx) {
        List<String> cut = new ArrayList<>();
        try (TestWindow window = TestWindow.open(FakeFeed.ringOf(RING), TestWindow.preferences().withFontPx(fontPx), 1_000, 700)) {
            eachScreen(window, root -> root.lookupAll("*").stream().filter(ControlsTest::isSeen).filter(node -> node instanceof ButtonBase || isInABar(node))
                .filter(ControlsTest::isCut).forEach(node -> cut.add(window.window().front().id() + " " + node)));
        }
        assertThat(cut).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FeedMode.class)
    void shouldReachNoFurtherThanASmallWindowWithTheLargestFont(FeedMode mode) {
        List<String> beyond = new ArrayList<>();
        FakeFeed feed = FakeFeed.ringOf(RING);
        feed.mode(mode);
        AuctionInfo lamp = new AuctionInfo("lamp-1", "lamp", "running", Statuses.uid(1).toString(), List.of(), 12_500, "tove", 41, 128_000, null);
        feed.market(new Market(new AuctionList(List.of(new ItemInfo("lamp", "Banker's lamp", null, 4_000, 500, null)), List.of(lamp), null), null, feed.nowMs(), ""));
        try (TestWindow window = TestWindow.open(feed, TestWindow.preferences().withFontPx(18), 1_000, 700)) {
            eachScreen(window, root -> root.lookupAll("*").stream().filter(ControlsTest::isSeen)
                .filter(node -> node instanceof ButtonBase || node instanceof TextInputControl || isInABar(node))
                .filter(node -> node.localToScene(node.getLayoutBounds()).getMaxX() > root.getScene().getWidth() + 0.5)
                .forEach(node -> beyond.add(window.window().front().id() + " " + node)));
        }
        assertThat(beyond).isEmpty();
    }

    /** The last event's sentence may be longer than any window. */
    private static boolean isInABar(Node node) {
        for (Node one = node.getParent(); one != null; one = one.getParent()) {
            if (Ids.TOP_BAR.equals(one.getId()) || Ids.RAIL.equals(one.getId()) || Ids.BOTTOM_BAR.equals(one.getId())) {
                return !Ids.LAST_EVENT.equals(node.getId());
            }
        }
        return false;
    }

    private static boolean isCut(Node node) {
        if (!(node instanceof Labeled labeled) || node instanceof Cell<?> || labeled.getText() == null || labeled.getText().isEmpty()) {
            return false;
        }
        // Where the cluster is may give way in a narrow window: a tooltip says it in full.
        if (Ids.CLUSTER_PLACE.equals(node.getId())) {
            return !labeled.getTooltip().getText().equals(labeled.getText());
        }
        return labeled.getChildrenUnmodifiable().stream().filter(Text.class::isInstance).map(text -> ((Text) text).getText())
            .anyMatch(shown -> !shown.equals(labeled.getText()) && shown.endsWith(labeled.getEllipsisString()));
    }
}
