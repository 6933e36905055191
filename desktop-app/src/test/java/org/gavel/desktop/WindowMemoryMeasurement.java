package org.gavel.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import org.gavel.desktop.testing.OwnProcess;
import org.junit.jupiter.api.Test;

/**
 * No test of the build: eight hours of a ring of 100 nodes with 500 events a second, simulated at speed, and the memory that the window's process holds
 * (docs/BENCHMARKS.md). In a process of its own with the flags that the program gives itself. Takes about seven minutes. Run by
 * {@code mvn -pl desktop-app -am test -Dtest=WindowMemoryMeasurement -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class WindowMemoryMeasurement {
    @Test
    void measure() throws IOException, InterruptedException {
        ProcessBuilder builder = OwnProcess.drawingIntoMemory(SmallMemory.FLAGS, EightHours.class, List.of()).redirectErrorStream(true);
        builder.environment().put(SmallMemory.ARENAS, "2");
        Process process = builder.start();
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(System.out::println);
        }
        assertThat(process.waitFor()).isZero();
    }
}
