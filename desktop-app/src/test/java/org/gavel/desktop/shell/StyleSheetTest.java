package org.gavel.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.CssWarnings;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.TestWindow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleSheetTest {
    @ParameterizedTest
    @CsvSource({"false, 14", "true, 14", "false, 12", "true, 18"})
    void shouldShowEveryScreenWithoutAComplaintAboutStyleSheets(boolean dark, int fontPx) {
        try (CssWarnings warnings = new CssWarnings();
            TestWindow window = TestWindow.open(FakeFeed.ringOf(6), TestWindow.preferences().withDark(dark).withFontPx(fontPx), false)) {
            TestWindow.await("nodes are shown", () -> window.window().view().get().alive() == 6);
            for (ScreenId screen : ScreenId.values()) {
                TestWindow.run(() -> {
                    window.window().open(screen);
                    window.window().scene().getRoot().applyCss();
                    window.window().scene().getRoot().layout();
                });
                window.find(Ids.screen(screen), javafx.scene.Parent.class);
            }
            assertThat(warnings.all()).isEmpty();
        }
    }
}
