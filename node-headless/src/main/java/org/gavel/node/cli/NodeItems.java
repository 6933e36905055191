package org.gavel.node.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/** The items that a node brings along: from its {@code --items} file, or the built-in samples. */
final class NodeItems {
    static final int ITEMS_MAX = 500;
    static final long FILE_BYTES_MAX = 1 << 20;

    private NodeItems() { }

    /** @param file null: the samples */
    static List<Item> load(Path file) {
        return file == null ? samples() : parse(file, read(file));
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw CliException.usage(file + " is larger than 1 MiB; give --items a smaller file");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CliException(ExitCode.USAGE, "there is no file " + file + "; give --items a file that exists", e);
        } catch (CharacterCodingException e) {
            throw new CliException(ExitCode.USAGE, file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, file + " cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static List<Item> parse(Path file, String text) {
        JsonElement array;
        try {
            array = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new CliException(ExitCode.USAGE, file + " is not JSON; give --items an array of items, as docs/CLI.md shows", e);
        }
        if (!array.isJsonArray()) {
            throw CliException.usage(file + " is not a JSON array of items; docs/CLI.md shows one");
        }
        List<Item> items = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonElement element : array.getAsJsonArray()) {
            String which = file + ", item " + (items.size() + 1) + ": ";
            try {
                Item item = Item.fromJson(JsonFields.of(element, "the item"));
                if (!ids.add(item.id())) {
                    throw CliException.usage(which + "the id '" + item.id() + "' is there twice; ids are unique");
                }
                items.add(item);
            } catch (MalformedException e) {
                throw new CliException(ExitCode.USAGE, which + e.getMessage(), e);
            }
            if (items.size() > ITEMS_MAX) {
                throw CliException.usage(file + " holds more than " + ITEMS_MAX + " items");
            }
        }
        return items;
    }

    private static List<Item> samples() {
        return List.of(
                new Item("lamp", "Brass lamp", null, 1_000, 100, null));
    }
}
