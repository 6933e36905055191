package org.gavel.node.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A mistake that somebody could have made, as a patch of production sources: proof that the campaign would have found it.
 * <p>Format of {@code planted/NAME.patch.txt}: lines {@code key: value} (says, source, profile), then for each change a line {@code @@ path} below the
 * project's directory and whole lines behind a sign: ' ' stays, '-' goes, '+' comes. The lines that stay or go must stand in the file exactly once.
 *
 * @param name    of the file
 * @param says    the mistake in one sentence
 * @param source  the rule of protocol.md that it breaks
 * @param profile the campaign that has to find it, see {@link Trial}
 */
record PlantedBug(String name, String says, String source, String profile, List<Change> changes) {
    private static final String SUFFIX = ".patch.txt";

    /** One place of one file. */
    record Change(String path, String oldText, String newText) {
        /** The file's new text; a change whose place is gone, or is there twice, is out of date. */
        String applyTo(String text, String bug) {
            int at = text.indexOf("\n" + oldText + "\n");
            if (at < 0 || text.indexOf("\n" + oldText + "\n", at + 1) >= 0) {
                throw new AssertionError("planted bug '" + bug + "': these lines do not stand in " + path + " exactly once; adapt its patch:\n" + oldText);
            }
            return text.substring(0, at + 1) + newText + text.substring(at + 1 + oldText.length());
        }
    }

    /** All there are, by name. */
    static List<PlantedBug> all() {
        try (Stream<Path> files = Files.list(Project.directory().resolve("node-headless/src/test/resources/planted"))) {
            return files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().map(PlantedBug::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PlantedBug read(Path file) {
        String name = file.getFileName().toString().replace(SUFFIX, "");
        Map<String, String> keys = new LinkedHashMap<>();
        List<Change> changes = new ArrayList<>();
        String path = null;
        List<String> hunk = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("@@ ")) {
                add(changes, path, hunk);
                path = line.substring(3);
            } else if (path != null) {
                hunk.add(line);
            } else if (!line.isBlank()) {
                keys.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip());
            }
        }
        add(changes, path, hunk);
        if (changes.isEmpty() || !keys.keySet().containsAll(List.of("says", "source", "profile"))) {
            throw new AssertionError("planted bug '" + name + "' needs says, source, profile and a change");
        }
        return new PlantedBug(name, keys.get("says"), keys.get("source"), keys.get("profile"), List.copyOf(changes));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(List<Change> changes, String path, List<String> hunk) {
        if (path != null) {
            changes.add(new Change(path, text(hunk, '-'), text(hunk, '+')));
        }
        hunk.clear();
    }

    private static String text(List<String> hunk, char sign) {
        return String.join("\n", hunk.stream().map(l -> l.isEmpty() ? " " : l).filter(l -> l.charAt(0) == ' ' || l.charAt(0) == sign).map(l -> l.substring(1))
            .toList());
    }
}
