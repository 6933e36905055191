package org.gavel.desktop.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.TestWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;

class PreferencesTest {
    private static final Preferences DEFAULTS = Preferences.defaults("mika");

    @TempDir
    Path folder;
    private final List<String> complaints = new ArrayList<>();

    private PreferencesFile file() {
        return new PreferencesFile(folder.resolve("gavel").resolve(PreferencesFile.NAME), DEFAULTS, complaints::add);
    }

    @Test
    void shouldKeepWhatWasChosenUntilTheNextStart() {
        assertThat(file().load()).isEqualTo(DEFAULTS);
        Preferences chosen = DEFAULTS.withDark(true).withFontPx(17).withNetwork("lan", 45_000).withName("tove").withSound(true).withReducedMotion(true);
        file().save(chosen);
        assertThat(file().load()).isEqualTo(chosen);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[1]", "{\"port\":\"many\"}"})
    void shouldOpenWithTheDefaultsAndPutABadFileAside(String text) throws IOException {
        file().save(DEFAULTS);
        Path path = folder.resolve("gavel").resolve(PreferencesFile.NAME);
        Files.writeString(path, text);
        assertThat(file().load()).isEqualTo(DEFAULTS);
        assertThat(complaints).singleElement().asString().contains("cannot be read");
        assertThat(path.resolveSibling(PreferencesFile.NAME + ".unreadable")).hasContent(text);
    }

    @Test
    void shouldMendValuesThatAreOutOfRange() throws IOException {
        file().save(DEFAULTS);
        Files.writeString(folder.resolve("gavel").resolve(PreferencesFile.NAME), "{\"dark\":true,\"fontPx\":400,\"port\":-3,\"name\":\" \"}");
        assertThat(file().load()).isEqualTo(DEFAULTS.withDark(true).withFontPx(18));
    }

    @Test
    void shouldNameWhatIsWrong() {
        assertThat(PreferencesModel.portComplaint("x")).contains("1 to 65535");
        assertThat(PreferencesModel.portComplaint("70000")).contains("not 70000");
        assertThat(PreferencesModel.portComplaint("45454")).isEmpty();
        assertThat(PreferencesModel.bindComplaint(" ")).contains("loopback");
        assertThat(PreferencesModel.nameComplaint("")).contains("choose one");
        assertThat(PreferencesModel.nameComplaint("x".repeat(200))).contains("choose a shorter one");
    }

    @Test
    void shouldApplyTheLookAtOnceAndTheNetworkWithItsButton() {
        FxRobot robot = new FxRobot();
        try (TestWindow window = TestWindow.open(FakeFeed.ringOf(3))) {
            TestWindow.run(() -> window.window().open(ScreenId.PREFERENCES));
            TestWindow.await("the buttons are there", () -> window.window().scene().lookup("#" + Ids.Preferences.DARK) != null);
            robot.clickOn("#" + Ids.Preferences.DARK);
            TestWindow.await("dark", () -> window.window().preferences().get().dark());
            Button apply = window.find(Ids.Preferences.APPLY, Button.class);
            assertThat(apply.isDisabled()).isTrue();
            TestWindow.run(() -> window.find(Ids.Preferences.PORT, TextField.class).setText("0"));
            assertThat(apply.isDisabled()).isTrue();
            TestWindow.run(() -> window.find(Ids.Preferences.PORT, TextField.class).setText("45999"));
            robot.clickOn("#" + Ids.Preferences.APPLY);
            TestWindow.await("the new port is kept and looked at", () -> window.window().preferences().get().port() == 45_999 && window.window().settings().port() == 45_999);
        }
    }
}
