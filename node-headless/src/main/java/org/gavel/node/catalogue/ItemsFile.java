package org.gavel.node.catalogue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * The file behind {@code --items}: a JSON array of {@code {id, title, description?, startPriceCents, incrementCents, reserveCents?}}.
 * Other fields are left alone, unless one is a known field's name in other letters: then a price was surely meant and would be lost.
 */
public final class ItemsFile {
    /** Far above 500 items; keeps a wrongly named file from filling the memory. */
    public static final long FILE_BYTES_MAX = 4L << 20;
    private static final String SHAPE = "write an array like [{\"id\":\"lamp\",\"title\":\"Banker's lamp\",\"startPriceCents\":4000,\"incrementCents\":500}]";
    private static final List<String> FIELDS = List.of("id", "title", "description", "startPriceCents", "incrementCents", "reserveCents");

    private ItemsFile() { }

    /** Reads and validates; called by the program before its node starts. */
    public static ItemCatalogue read(Path file) throws ItemsFileException {
        return parse(load(file), file.toString());
    }

    private static String load(Path file) throws ItemsFileException {
        try {
            if (Files.isDirectory(file)) {
                throw new ItemsFileException("items file " + file + " is a directory; name a JSON file in it");
            }
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new ItemsFileException("items file " + file + " has " + Files.size(file) + " bytes, at most " + FILE_BYTES_MAX
                        + " are read; is it the right file?");
            }
            String text = Files.readString(file);
            // Some editors put a byte order mark in front.
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new ItemsFileException("items file " + file + " does not exist; check the path, or leave --items out for the built-in items", e);
        } catch (CharacterCodingException e) {
            throw new ItemsFileException("items file " + file + " is not text in UTF-8; save it as UTF-8", e);
        } catch (IOException e) {
            throw new ItemsFileException("items file " + file + " cannot be read (" + e.getMessage() + "); check its permissions", e);
        }
    }

    /** @param name of the file, for sentences */
    static ItemCatalogue parse(String text, String name) throws ItemsFileException {
        if (text.isBlank()) {
            throw new ItemsFileException("items file " + name + " is empty; " + SHAPE);
        }
        JsonElement root = root(text, name);
        if (!root.isJsonArray()) {
            throw new ItemsFileException("items file " + name + " holds no JSON array at its top; " + SHAPE);
        }
        JsonArray array = root.getAsJsonArray();
        if (array.isEmpty()) {
            throw new ItemsFileException("items file " + name + " holds no item; " + SHAPE);
        }
        List<Item> items = new ArrayList<>();
        for (JsonElement element : array) {
            items.add(item(element, name, items.size() + 1));
        }
        try {
            return new ItemCatalogue(items);
        } catch (IllegalArgumentException e) {
            throw new ItemsFileException("items file " + name + ": " + e.getMessage(), e);
        }
    }

    private static JsonElement root(String text, String name) throws ItemsFileException {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement root = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new ItemsFileException("items file " + name + " goes on behind its array; keep one array and nothing else");
            }
            return root;
        } catch (JsonParseException | IOException e) {
            throw new ItemsFileException("items file " + name + " is not JSON (" + where(e) + "); " + SHAPE, e);
        }
    }

    /** The parser's own 'line 3 column 7', without its class names and links. */
    private static String where(Exception e) {
        String message = String.valueOf(e.getMessage());
        int line = message.indexOf("line ");
        if (line < 0) {
            return "it ends too early";
        }
        int end = message.indexOf(" path", line);
        return message.substring(line, end < 0 ? message.length() : end);
    }

    private static Item item(JsonElement element, String name, int position) throws ItemsFileException {
        try {
            JsonFields fields = JsonFields.of(element, "it");
            for (String field : fields.names()) {
                refuseMisspelling(field);
            }
            return Item.fromJson(fields);
        } catch (MalformedException e) {
            throw new ItemsFileException("items file " + name + ": item " + position + ": " + e.getMessage() + "; correct it there", e);
        }
    }

    private static void refuseMisspelling(String field) throws MalformedException {
        String letters = field.replaceAll("[_\\- ]", "").toLowerCase(Locale.ROOT);
        for (String known : FIELDS) {
            if (!known.equals(field) && known.toLowerCase(Locale.ROOT).equals(letters)) {
                throw new MalformedException("it has a field '" + field + "', surely '" + known + "' is meant");
            }
        }
    }
}
