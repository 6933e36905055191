package org.gavel.protocol.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Uid;

/**
 * A JSON object that somebody else wrote, read field by field: whatever is missing, of another type or too long ends in a
 * {@link MalformedException} whose sentence names the field. Nothing else is ever thrown, so what is built on it is total.
 */
public final class JsonFields {
    private static final Gson WRITER = new GsonBuilder().disableHtmlEscaping().create();
    private static final TypeAdapter<JsonElement> ELEMENTS = WRITER.getAdapter(JsonElement.class);

    private final JsonObject object;
    private final String what;

    private JsonFields(JsonObject object, String what) {
        this.object = object;
        this.what = what;
    }

    /** Reads an object from UTF-8 bytes; {@code what} names it in sentences, such as "the command". */
    public static JsonFields parse(byte[] json, String what) throws MalformedException {
        return of(element(new String(json, StandardCharsets.UTF_8), what), what);
    }

    /** Any JSON value. */
    public static JsonElement element(String json, String what) throws MalformedException {
        try (JsonReader reader = new JsonReader(new StringReader(json))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = ELEMENTS.read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedException(what + " goes on behind its JSON");
            }
            return element;
        } catch (JsonParseException | IOException e) {
            throw new MalformedException(what + " is not JSON", e);
        }
    }

    public static JsonFields of(JsonElement element, String what) throws MalformedException {
        if (element == null || !element.isJsonObject()) {
            throw new MalformedException(what + " is not a JSON object");
        }
        return new JsonFields(element.getAsJsonObject(), what);
    }

    /** UTF-8 of an element, nulls left out, nothing escaped that need not be. */
    public static byte[] bytes(JsonElement element) {
        return WRITER.toJson(element).getBytes(StandardCharsets.UTF_8);
    }

    /** True if the field is there and not null. */
    public boolean has(String name) {
        JsonElement value = object.get(name);
        return value != null && !value.isJsonNull();
    }

    public Iterable<String> names() {
        return object.keySet();
    }

    /** The value as it is, or null. */
    public JsonElement raw(String name) {
        return has(name) ? object.get(name) : null;
    }

    /** A text of at most {@code charsMax} chars, well-formed (no half of a surrogate pair: it would not survive a snapshot). */
    public String text(String name, int charsMax) throws MalformedException {
        JsonPrimitive value = primitive(name);
        if (!value.isString()) {
            throw new MalformedException(what + ": " + name + " is not a text");
        }
        String text = value.getAsString();
        if (text.length() > charsMax) {
            throw new MalformedException(what + ": " + name + " has " + text.length() + " characters, at most " + charsMax + " are allowed");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedException(what + ": " + name + " is not well-formed text");
        }
        return text;
    }

    /** The same, or {@code fallback} where the field is missing or null. */
    public String textOr(String name, int charsMax, String fallback) throws MalformedException {
        return has(name) ? text(name, charsMax) : fallback;
    }

    /** A whole number of 64 bits. */
    public long number(String name) throws MalformedException {
        JsonPrimitive value = primitive(name);
        try {
            if (value.isNumber()) {
                return Long.parseLong(value.getAsString());
            }
        } catch (NumberFormatException e) {
            throw new MalformedException(what + ": " + name + " is not a whole number of 64 bits", e);
        }
        throw new MalformedException(what + ": " + name + " is not a number");
    }

    /** The same, or {@code fallback} (which may be null) where the field is missing or null. */
    public Long numberOr(String name, Long fallback) throws MalformedException {
        return has(name) ? Long.valueOf(number(name)) : fallback;
    }

    public boolean flagOr(String name, boolean fallback) throws MalformedException {
        if (!has(name)) {
            return fallback;
        }
        JsonPrimitive value = primitive(name);
        if (!value.isBoolean()) {
            throw new MalformedException(what + ": " + name + " is neither true nor false");
        }
        return value.getAsBoolean();
    }

    /** A uid as hex digits; missing or empty is {@link Uid#NOBODY}. */
    public Uid uid(String name) throws MalformedException {
        return new Uid(hex(name));
    }

    /** 64 bits as hex digits; missing or empty is 0. */
    public long hex(String name) throws MalformedException {
        String digits = textOr(name, 16, "");
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 16);
        } catch (NumberFormatException e) {
            throw new MalformedException(what + ": " + name + " is not 16 hex digits", e);
        }
    }

    /** An array of objects of at most {@code countMax}; missing is empty. */
    public List<JsonFields> objects(String name, int countMax) throws MalformedException {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonElement element : array(name, countMax)) {
            objects.add(of(element, what + ": " + name + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /** An array of at most {@code countMax} values; missing is empty. */
    public List<JsonElement> array(String name, int countMax) throws MalformedException {
        if (!has(name)) {
            return List.of();
        }
        JsonElement value = object.get(name);
        if (!value.isJsonArray()) {
            throw new MalformedException(what + ": " + name + " is not an array");
        }
        if (value.getAsJsonArray().size() > countMax) {
            throw new MalformedException(what + ": " + name + " has " + value.getAsJsonArray().size() + " elements, at most " + countMax
                    + " are allowed");
        }
        return value.getAsJsonArray().asList();
    }

    /** An array of uids. */
    public List<Uid> uids(String name, int countMax) throws MalformedException {
        List<Uid> uids = new ArrayList<>();
        for (JsonElement element : array(name, countMax)) {
            JsonObject holder = new JsonObject();
            holder.add(name, element);
            uids.add(new JsonFields(holder, what).uid(name));
        }
        return uids;
    }

    private JsonPrimitive primitive(String name) throws MalformedException {
        if (!has(name)) {
            throw new MalformedException(what + ": " + name + " is missing");
        }
        JsonElement value = object.get(name);
        if (!value.isJsonPrimitive()) {
            throw new MalformedException(what + ": " + name + " is not a plain value");
        }
        return value.getAsJsonPrimitive();
    }
}
