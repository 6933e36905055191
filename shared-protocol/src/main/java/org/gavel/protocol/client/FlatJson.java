package org.gavel.protocol.client;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.gavel.protocol.wire.MalformedException;

/**
 * Finds the members of a flat JSON object without making a single string: values are read where they lie, when they are asked for, since
 * most never are. Objects and arrays are told as their JSON text; names are plain, one with an escape is simply never found.
 */
final class FlatJson {
    /** Outcomes have a dozen members; more than this many are refused. */
    static final int MEMBERS_MAX = 64;
    private static final int NUMBER_DIGITS_MAX = 18;

    private final byte[] in;
    private final int end;
    private int at;
    /** For each member: where its name starts and ends, where its value starts and ends (a text with its quotes). */
    private int[] places = new int[16 * 4];
    private int size;
    private String unreadable;

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
        json.unreadable = reason;
        return json;
    }

    /** The value of {@code name}; {@code otherwise} if it is missing or null. */
    String text(String name, String otherwise) {
        if (unreadable != null) {
            return name.equals("type") ? "unreadable" : name.equals("reason") ? unreadable : otherwise;
        }
        int member = find(name);
        if (member < 0) {
            return otherwise;
        }
        int from = places[member + 2];
        int to = places[member + 3];
        if (in[from] == '"') {
            return string(from + 1, to - 1);
        }
        return isNull(from, to) ? otherwise : new String(in, from, to - from, StandardCharsets.UTF_8);
    }

    /** The value of {@code name}; {@code otherwise} if it is missing, null or no whole number. */
    long number(String name, long otherwise) {
        int member = unreadable == null ? find(name) : -1;
        if (member < 0) {
            return otherwise;
        }
        int from = places[member + 2];
        int to = places[member + 3];
        boolean negative = in[from] == '-';
        int digits = negative ? from + 1 : from;
        if (to == digits || to - digits > NUMBER_DIGITS_MAX) {
            return otherwise;
        }
        long value = 0;
        for (int i = digits; i < to; i++) {
            if (in[i] < '0' || in[i] > '9') {
                return otherwise;
            }
            value = value * 10 + in[i] - '0';
        }
        return negative ? -value : value;
    }

    private int find(String name) {
        for (int member = 0; member < size * 4; member += 4) {
            int length = places[member + 1] - places[member];
            if (length == name.length() && matches(name, places[member])) {
                return member;
            }
        }
        return -1;
    }

    private boolean matches(String name, int from) {
        for (int i = 0; i < name.length(); i++) {
            if (in[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isNull(int from, int to) {
        return to - from == 4 && in[from] == 'n' && in[from + 1] == 'u' && in[from + 2] == 'l' && in[from + 3] == 'l';
    }

    private String string(int from, int to) {
        String raw = new String(in, from, to - from, StandardCharsets.UTF_8);
        // Was read once already: its escapes are right.
        return raw.indexOf('\\') < 0 ? raw : JsonParser.parseString('"' + raw + '"').getAsString();
    }

    private void readObject() throws MalformedException {
        expect('{');
        if (peek() == '}') {
            at++;
        } else {
            do {
                readMember();
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

    private void readMember() throws MalformedException {
        if (size == MEMBERS_MAX) {
            throw new MalformedException("more than " + MEMBERS_MAX + " members");
        }
        if (size * 4 == places.length) {
            places = Arrays.copyOf(places, MEMBERS_MAX * 4);
        }
        int member = size * 4;
        expect('"');
        places[member] = at;
        skipString();
        places[member + 1] = at - 1;
        expect(':');
        int first = peek();
        places[member + 2] = at;
        if (first == '"') {
            at++;
            skipString();
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            skipLiteral();
        }
        places[member + 3] = at;
        size++;
    }

    private void skipLiteral() throws MalformedException {
        int from = at;
        while (at < end && in[at] != ',' && in[at] != '}' && in[at] != ']' && in[at] > ' ') {
            at++;
        }
        if (at == from) {
            throw new MalformedException("a value is missing at " + at);
        }
    }

    /** From behind the opening quote to behind the closing one. */
    private void skipString() throws MalformedException {
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
        if (escaped) {
            checkEscapes(new String(in, from, at - from, StandardCharsets.UTF_8));
        }
        at++;
    }

    private static void checkEscapes(String raw) throws MalformedException {
        try {
            JsonParser.parseString('"' + raw + '"');
        } catch (JsonParseException e) {
            throw new MalformedException("a text has an escape that is none", e);
        }
    }

    private void skipNested() throws MalformedException {
        int depth = 0;
        do {
            int next = peek();
            at++;
            if (next == '"') {
                skipString();
            } else if (next == '{' || next == '[') {
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
