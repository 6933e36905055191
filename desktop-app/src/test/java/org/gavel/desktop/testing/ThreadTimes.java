package org.gavel.desktop.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the threads between an arrival and the screen did with their time: how long each ran, and how long it could have run but waited for a processor, from
 * Linux's {@code /proc/self/task/TID/schedstat} (ns). Where that is not to be had, nothing is said of them.
 */
public final class ThreadTimes {
    private static final Path TASKS = Path.of("/proc/self/task");
    /** The first letters of their names, as many as Linux keeps, and what they are. */
    private static final Map<String, String> WATCHED = Map.of("JavaFX Applicat", "FX thread", "QuantumRenderer", "renderer", "pump", "pump");

    private final Map<String, Path> files = new LinkedHashMap<>();

    /** Of the threads that there are now. */
    public ThreadTimes() throws IOException {
        if (Files.isReadable(Path.of("/proc/self/schedstat"))) {
            try (Stream<Path> tasks = Files.list(TASKS)) {
                for (Path task : tasks.toList()) {
                    String name = WATCHED.get(Files.readString(task.resolve("comm")).strip());
                    if (name != null) {
                        files.put(name, task.resolve("schedstat"));
                    }
                }
            }
        }
    }

    /** At this moment: for each thread ns run and ns waited, at the end ms of collections. */
    public List<Long> now() {
        List<Long> now = new ArrayList<>();
        for (Path file : files.values()) {
            try {
                String[] numbers = Files.readString(file).strip().split(" ");
                now.add(Long.parseLong(numbers[0]));
                now.add(Long.parseLong(numbers[1]));
            } catch (IOException e) {
                throw new UncheckedIOException("the thread has ended", e);
            }
        }
        now.add(ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum());
        return now;
    }

    /** In between: 'FX thread ran 12 ms, waited 3 ms; ...; collections 0 ms'. */
    public String between(List<Long> before, List<Long> after) {
        List<String> words = new ArrayList<>();
        int i = 0;
        for (String name : files.keySet()) {
            words.add(name + " ran " + (after.get(i) - before.get(i)) / 1_000_000 + " ms, waited " + (after.get(i + 1) - before.get(i + 1)) / 1_000_000 + " ms");
            i += 2;
        }
        words.add("collections " + (after.get(i) - before.get(i)) + " ms");
        return String.join("; ", words);
    }
}
