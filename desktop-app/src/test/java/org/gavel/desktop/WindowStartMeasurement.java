package org.gavel.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gavel.desktop.testing.OwnProcess;
import org.gavel.node.processes.NodeProcesses;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No test of the build: measures how long the program takes from the start of its process to a window with content, and, as a demo, to a ring of
 * seven (docs/BENCHMARKS.md). Run by
 * {@code mvn -pl desktop-app -am test -Dtest=WindowStartMeasurement -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class WindowStartMeasurement {
    private static final int STARTS = 10;

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"", "--demo"})
    void measure(String option) throws IOException, InterruptedException {
        Map<String, List<Long>> tookMs = new LinkedHashMap<>();
        for (int i = 0; i < STARTS; i++) {
            start(option, tookMs);
        }
        tookMs.forEach((sight, all) -> {
            Collections.sort(all);
            System.out.printf(Locale.ROOT, "%s %s: %d ms (median), %d to %d ms, %d starts%n", option.isEmpty() ? "nobody on the air" : option, sight,
                all.get(all.size() / 2), all.get(0), all.get(all.size() - 1), all.size());
        });
        assertThat(tookMs.get("shown")).hasSize(STARTS);
    }

    private void start(String option, Map<String, List<Long>> tookMs) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--port", String.valueOf(NodeProcesses.freePort())));
        arguments.addAll(Arrays.stream(new String[] {option}).filter(word -> !word.isEmpty()).toList());
        ProcessBuilder builder = OwnProcess.drawingIntoMemory(List.of(), StartedWindow.class, arguments).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        builder.environment().put("DISPLAY", ":0");
        long startedNs = System.nanoTime();
        Process process = builder.start();
        int sights = option.isEmpty() ? 1 : 3;
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < sights; i++) {
                String sight = out.readLine();
                tookMs.computeIfAbsent(sight, word -> new ArrayList<>()).add((System.nanoTime() - startedNs) / 1_000_000);
            }
            process.toHandle().destroy();
            // Its second process and its nodes are gone, too, before the next start.
            assertThat(out.lines()).isEmpty();
            process.waitFor();
        }
    }
}
