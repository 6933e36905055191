package org.gavel.protocol.auction;

import java.nio.charset.StandardCharsets;
import org.gavel.protocol.identity.Uid;

/** Writes one flat JSON object without white space, as {@link FlatJsonReader} reads it fastest. */
final class FlatJsonWriter {
    private static final String HEX = "0123456789abcdef";
    private final StringBuilder out = new StringBuilder(320);

    FlatJsonWriter field(String name, String value) {
        name(name);
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                out.append(c);
            }
        }
        out.append('"');
        return this;
    }

    FlatJsonWriter field(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    FlatJsonWriter field(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    /** Sixteen hex digits, or an empty text for nobody. */
    FlatJsonWriter field(String name, Uid uid) {
        name(name);
        out.append('"');
        if (!uid.isNobody()) {
            for (int shift = 60; shift >= 0; shift -= 4) {
                out.append(HEX.charAt((int) (uid.value() >>> shift) & 15));
            }
        }
        out.append('"');
        return this;
    }

    private void name(String name) {
        out.append(out.length() == 0 ? '{' : ',').append('"').append(name).append("\":");
    }

    byte[] bytes() {
        return (out.length() == 0 ? "{}" : out.append('}').toString()).getBytes(StandardCharsets.UTF_8);
    }
}
