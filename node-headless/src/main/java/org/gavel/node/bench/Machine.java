package org.gavel.node.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures were measured on; without it they say nothing. */
record Machine(int cores, String processor, String system, String java) {
    static Machine here() {
        return new Machine(Runtime.getRuntime().availableProcessors(), processorName(),
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    }

    private static String processorName() {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            try (Stream<String> lines = Files.lines(info)) {
                return lines.filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst()
                    .orElse(System.getProperty("os.arch"));
            } catch (IOException e) {
                return System.getProperty("os.arch") + " (" + e.getMessage() + ")";
            }
        }
        return System.getProperty("os.arch");
    }

    /** Resident memory of a process in KiB; -1 where the system does not say. */
    static long residentKb(long pid) {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:")).map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong).findFirst().orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return cores + " cores of " + processor + ", " + system + ", " + java;
    }
}
