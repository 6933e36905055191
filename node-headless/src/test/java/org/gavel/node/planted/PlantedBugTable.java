package org.gavel.node.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of docs/PLANTED-BUGS.md: what the last full search found, and from which seed on the test looks again. */
final class PlantedBugTable {
    /** Within so many seeds every bug must be caught. */
    static final long SEEDS_MAX = 1_000;

    private static final String BEGIN = "<!-- table: written by PlantedBugSearch -->";
    private static final String HEAD = "| planted bug | breaks | campaign | seeds | caught by | simulated time |\n| --- | --- | --- | ---: | --- | ---: |\n";

    /**
     * One line.
     *
     * @param caught null if nothing was found
     */
    record Row(PlantedBug bug, Hunt.Catch caught) {
        String line() {
            String found = caught == null ? "not caught | - | -"
                : caught.seed() + " | `" + caught.invariant() + "` | " + String.format(java.util.Locale.ROOT, "%.1f s", caught.atMs() / 1e3);
            return "| `" + bug.name() + "`: " + bug.says() + " | " + bug.source() + " | " + bug.profile() + " | " + found + " |\n";
        }
    }

    private PlantedBugTable() { }

    private static Path file() {
        return Project.directory().resolve("docs/PLANTED-BUGS.md");
    }

    /** Puts these rows in place of the same bugs' old ones; the other bugs' rows stay, those of bugs that are gone go. */
    static synchronized void write(List<Row> rows) {
        try {
            String text = Files.readString(file());
            int from = text.indexOf(BEGIN) + BEGIN.length() + 1;
            int to = text.indexOf(BEGIN, from);
            Map<String, String> lines = new HashMap<>();
            text.substring(from, to).lines().filter(l -> l.startsWith("| `")).forEach(l -> lines.put(name(l), l + "\n"));
            rows.forEach(row -> lines.put(row.bug().name(), row.line()));
            StringBuilder table = new StringBuilder(HEAD);
            PlantedBug.all().stream().sorted(Comparator.comparing(PlantedBug::profile).thenComparing(PlantedBug::name))
                .forEach(bug -> table.append(lines.getOrDefault(bug.name(), "")));
            Files.writeString(file(), text.substring(0, from) + table + text.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(String line) {
        return line.substring(line.indexOf('`') + 1, line.indexOf("`:"));
    }

    /** The seed at which each bug was caught, by the bug's name. */
    static Map<String, Long> seeds() {
        Map<String, Long> seeds = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file())) {
                String[] cells = line.split("\\|");
                if (line.startsWith("| `") && cells.length > 4 && cells[4].strip().matches("\\d+")) {
                    seeds.put(name(line), Long.parseLong(cells[4].strip()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seeds;
    }
}
