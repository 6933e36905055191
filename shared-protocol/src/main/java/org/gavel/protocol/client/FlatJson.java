package org.gavel.protocol.client;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.gavel.protocol.wire.MalformedException;

/**
 * Reads a flat JSON object into name and value pairs in about a third of a general reader's time. Values are kept as text; objects and
 * arrays as their JSON text. Names are short and plain: one with an escape is refused.
 */
final class FlatJson {
    /** Outcomes have a dozen members; more than this many are refused. */
    static final int MEMBERS_MAX = 64;

    private final byte[] in;
    private final int end;
    private int at;
    private String[] names = new String[16];
    private String[] values = new String[16];
    private int size;

    private FlatJson(byte[] in, int offset, int length) {
        this.in = in;
        this.at = offset;
        this.end = offset + length;
    }

    static FlatJson read(byte[] in, int offset, int length) throws MalformedException {
        FlatJson json = new FlatJson(in, offset, length);
        json.readObject();
        return json;
    }

    /** Stands in for bytes that are no flat object: type "unreadable", the reason as its reason. */
    static FlatJson unreadable(String reason) {
        FlatJson json = new FlatJson(new byte[0], 0, 0);
        json.put("type", "unreadable");
        json.put("reason", reason);
        return json;
    }

    /** The value of {@code name}; {@code otherwise} if it is missing or null. */
    String text(String name, String otherwise) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return values[i] == null ? otherwise : values[i];
            }
        }
        return otherwise;
    }

    /** The value of {@code name}; {@code otherwise} if it is missing, null or no whole number. */
    long number(String name, long otherwise) {
        String text = text(name, null);
        if (text == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private void readObject() throws MalformedException {
        expect('{');
        if (peek() == '}') {
            at++;
        } else {
            do {
                String name = readString();
                expect(':');
                put(name, readValue());
            } while (more());
        }
        skipSpace();
        if (at != end) {
            throw new MalformedException("text behind the object");
        }
    }

    private boolean more() throws MalformedException {
        int next = peek();
        at++;
        if (next == ',') {
            return true;
        }
        if (next != '}') {
            throw new MalformedException("neither ',' nor '}' at " + at);
        }
        return false;
    }

    private void put(String name, String value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, MEMBERS_MAX);
            values = Arrays.copyOf(values, MEMBERS_MAX);
        }
        names[size] = name;
        values[size++] = value;
    }

    private String readValue() throws MalformedException {
        if (size == MEMBERS_MAX) {
            throw new MalformedException("more than " + MEMBERS_MAX + " members");
        }
        int first = peek();
        if (first == '"') {
            return readString();
        }
        int from = at;
        if (first == '{' || first == '[') {
            skipNested();
        } else {
            while (at < end && ",}] \t\r\n".indexOf(in[at]) < 0) {
                at++;
            }
        }
        String text = new String(in, from, at - from, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            throw new MalformedException("a value is missing at " + at);
        }
        return text.equals("null") ? null : text;
    }

    private String readString() throws MalformedException {
        expect('"');
        int from = at;
        boolean escaped = false;
        while (at < end && in[at] != '"') {
            if (in[at] == '\\') {
                escaped = true;
                at++;
            }
            at++;
        }
        if (at >= end) {
            throw new MalformedException("a text does not end");
        }
        String raw = new String(in, from, at++ - from, StandardCharsets.UTF_8);
        return escaped ? unescape(raw) : raw;
    }

    private static String unescape(String raw) throws MalformedException {
        try {
            return JsonParser.parseString('"' + raw + '"').getAsString();
        } catch (JsonParseException e) {
            throw new MalformedException("a text has an escape that is none", e);
        }
    }

    private void skipNested() throws MalformedException {
        int depth = 0;
        do {
            int next = peek();
            if (next == '"') {
                readString();
                continue;
            }
            at++;
            if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
            }
        } while (depth > 0);
    }

    private void expect(char c) throws MalformedException {
        if (peek() != c) {
            throw new MalformedException("'" + c + "' expected at " + at);
        }
        at++;
    }

    private int peek() throws MalformedException {
        skipSpace();
        if (at >= end) {
            throw new MalformedException("the object does not end");
        }
        return in[at];
    }

    private void skipSpace() {
        while (at < end && (in[at] == ' ' || in[at] == '\t' || in[at] == '\n' || in[at] == '\r')) {
            at++;
        }
    }
}
