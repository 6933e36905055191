package org.gavel.desktop.preferences;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * Preferences as JSON in the person's configuration folder. A file that cannot be read is told once, put aside under another name, and the defaults
 * take its place: a window must open.
 */
public final class PreferencesFile implements PreferencesStore {
    public static final String NAME = "window.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();
    private static final int PORT_MAX = 65_535;

    private final Path file;
    private final Preferences defaults;
    private final Consumer<String> complain;

    /** @param complain told what could not be read or written, as a sentence */
    public PreferencesFile(Path file, Preferences defaults, Consumer<String> complain) {
        this.file = file;
        this.defaults = defaults;
        this.complain = complain;
    }

    @Override
    public Preferences load() {
        try {
            Preferences read = GSON.fromJson(Files.readString(file), Preferences.class);
            if (read == null) {
                throw new JsonParseException("it is empty");
            }
            return sane(read);
        } catch (NoSuchFileException e) {
            return defaults;
        } catch (IOException | JsonParseException e) {
            complain.accept("the preferences in " + file + " cannot be read (" + e.getMessage() + "); the defaults are used");
            putAside();
            return defaults;
        }
    }

    /** What a hand may have written wrong gets its default. */
    private Preferences sane(Preferences read) {
        String bind = read.bind() == null || read.bind().isBlank() ? defaults.bind() : read.bind();
        String name = read.name() == null || read.name().isBlank() ? defaults.name() : read.name();
        int port = read.port() < 1 || read.port() > PORT_MAX ? defaults.port() : read.port();
        return new Preferences(read.dark(), read.fontPx(), read.reducedMotion(), bind, port, name, read.sound()).withFontPx(read.fontPx());
    }

    private void putAside() {
        try {
            Files.move(file, file.resolveSibling(NAME + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            complain.accept(file + " could not be put aside (" + e.getMessage() + ")");
        }
    }

    @Override
    public void save(Preferences preferences) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(NAME + ".new");
            Files.writeString(next, GSON.toJson(preferences));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            complain.accept("the preferences were not kept: " + file + " cannot be written (" + e.getMessage() + ")");
        }
    }
}
