package org.gavel.node.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.protocol.identity.Uid;

/** The bidders kept on this machine: a name and a lasting uid each, in {@code identities.json} of the person's configuration directory. */
public final class IdentityFile {
    /** Names kept; further ones are refused. */
    static final int IDENTITIES_MAX = 1_024;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();
    private static final TypeToken<TreeMap<String, String>> NAMES = new TypeToken<>() { };

    private final Path file;

    IdentityFile(Path file) {
        this.file = file;
    }

    public static IdentityFile ofPerson(Map<String, String> environment, String osName, String home) {
        return new IdentityFile(directory(environment, osName, home).resolve("identities.json"));
    }

    /** Where this operating system keeps a person's settings. */
    public static Path directory(Map<String, String> environment, String osName, String home) {
        String os = osName.toLowerCase(Locale.ROOT);
        Path base;
        if (os.contains("win")) {
            base = Path.of(environment.getOrDefault("APPDATA", home));
        } else if (os.contains("mac")) {
            base = Path.of(home, "Library", "Application Support");
        } else {
            String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
            base = xdg.startsWith("/") ? Path.of(xdg) : Path.of(home, ".config");
        }
        return base.resolve("gavel");
    }

    /** The uid of this name; drawn and kept when the name is new. Two processes that ask at once get the same. */
    public Uid uidOf(String name) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel lockFile = FileChannel.open(file.resolveSibling("identities.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
                    FileLock lock = lockFile.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("the lock was lost");
                }
                return readOrDraw(name);
            }
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "the identities in " + file + " cannot be read or written (" + e.getMessage()
                    + "); repair the directory's permissions, or point XDG_CONFIG_HOME elsewhere", e);
        }
    }

    private Uid readOrDraw(String name) throws IOException {
        TreeMap<String, String> names = read();
        String known = names.get(name);
        if (known != null) {
            return uid(name, known);
        }
        if (names.size() >= IDENTITIES_MAX) {
            throw CliException.usage(file + " already keeps " + IDENTITIES_MAX + " names; remove some");
        }
        Uid drawn = new Uid(new SecureRandom().nextLong() | 1);
        names.put(name, drawn.toString());
        AtomicFile.write(file, GSON.toJson(names) + "\n");
        return drawn;
    }

    private TreeMap<String, String> read() throws IOException {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            JsonElement names = JsonParser.parseString(Files.readString(file));
            if (names.isJsonObject()) {
                return GSON.fromJson(names, NAMES);
            }
        } catch (JsonParseException e) {
            throw new CliException(ExitCode.USAGE, damaged(), e);
        }
        throw CliException.usage(damaged());
    }

    private String damaged() {
        return file + " is damaged: it is not a JSON object of names and uids; repair it or move it away";
    }

    private Uid uid(String name, String hex) {
        try {
            Uid uid = Uid.parseHex(hex);
            if (!uid.isNobody()) {
                return uid;
            }
        } catch (NumberFormatException e) {
            throw CliException.usage(file + " is damaged: the uid of '" + name + "' is not 16 hex digits; repair it or remove the line");
        }
        throw CliException.usage(file + " is damaged: the uid of '" + name + "' is zero; repair it or remove the line");
    }
}
