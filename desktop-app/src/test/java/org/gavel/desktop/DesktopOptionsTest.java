package org.gavel.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.gavel.desktop.screen.ScreenId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class DesktopOptionsTest {
    private static DesktopOptions parse(String... arguments) {
        DesktopOptions options = new DesktopOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--port 0|--port is 1 to 65535, not 0", "--port 70000|not 70000", "--peer here|--peer takes HOST:PORT, not 'here'",
        "--screen kitchen|--screen is cluster, auctions, timeline, charts or preferences, not 'kitchen'", "--theme pink|--theme is dark or light, not 'pink'",
        "--size big|--size is WIDTHxHEIGHT", "--size 99x9999|--size is WIDTHxHEIGHT", "--as  |--as", "--nonsense|Unknown option"})
    void shouldNameWhatIsWrongOnTheCommandLine(String line, String words) {
        assertThatThrownBy(() -> parse(line.split(" "))).isInstanceOf(ParameterException.class).hasMessageContaining(words);
    }

    @Test
    void shouldRefuseAClustersNameThatNobodyCanRead() {
        assertThatThrownBy(() -> parse("--cluster", "a\u0007b")).isInstanceOf(ParameterException.class).hasMessageContaining("visible characters");
        assertThatThrownBy(() -> parse("--cluster", "x".repeat(65))).isInstanceOf(ParameterException.class).hasMessageContaining("1 to 64");
    }

    @Test
    void shouldTakeWhatANodeTakes() {
        DesktopOptions options = parse("--cluster", "hall", "--port", "40400", "--bind", "lan", "--peer", "10.0.0.5:1", "--peer", "10.0.0.6:2", "--read-only", "--screen",
            "Auctions", "--size", "1000x700");
        assertThat(options.cluster()).isEqualTo("hall");
        assertThat(options.port()).isEqualTo(40_400);
        assertThat(options.bind).isEqualTo("lan");
        assertThat(options.peers()).hasSize(2);
        assertThat(options.readOnly).isTrue();
        assertThat(options.screen).isEqualTo(ScreenId.AUCTIONS);
        assertThat(options.size).isEqualTo(new DesktopOptions.Size(1_000, 700));
        assertThat(options.dark()).as("as in the preferences").isNull();
    }

    @ParameterizedTest
    @CsvSource({"Linux, '', '', false", "Linux, ':0', '', true", "Linux, '', wayland-0, true", "Mac OS X, '', '', true", "Windows 11, '', '', true"})
    void shouldKnowWhetherThereIsADisplay(String os, String x11, String wayland, boolean isThere) {
        assertThat(Display.isThere(Map.of("DISPLAY", x11, "WAYLAND_DISPLAY", wayland), os)).isEqualTo(isThere);
    }
}
