package org.gavel.protocol.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.HexFormat;
import java.util.function.Function;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.Uid;

/**
 * How single values are spelled: uids as 16 hex digits, addresses as {@code 127.0.0.1:4711}, all 64 bits of a long as a JSON number
 * (never by way of a double). A number in quotes, a fraction or a value out of range is an error, not a guess.
 */
final class ScalarJson {
    private static final HexFormat HEX = HexFormat.of();

    private ScalarJson() { }

    static Gson gson() {
        return new GsonBuilder().disableHtmlEscaping().setStrictness(Strictness.STRICT)
                .registerTypeAdapterFactory(new RecordJson())
                .registerTypeAdapter(Uid.class, text(ScalarJson::uid, uid -> HEX.toHexDigits(uid.value())))
                .registerTypeAdapter(Address.class, text(Address::parse, Address::toString))
                .registerTypeAdapter(String.class, text(Function.identity(), Function.identity()))
                .registerTypeAdapter(long.class, number(Long::valueOf))
                .registerTypeAdapter(int.class, number(Integer::valueOf))
                .registerTypeAdapter(boolean.class, new Truth())
                .create();
    }

    private static Uid uid(String hex) {
        if (hex.length() != 16) {
            throw new JsonParseException("a uid has 16 hex digits, not " + hex.length());
        }
        return new Uid(HexFormat.fromHexDigitsToLong(hex));
    }

    private static void expect(JsonReader in, JsonToken token) throws IOException {
        if (in.peek() != token) {
            throw new JsonParseException("found " + in.peek() + " where " + token + " belongs, at " + in.getPath());
        }
    }

    private static <T> TypeAdapter<T> text(Function<String, T> parse, Function<T, String> spell) {
        return new TypeAdapter<>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                out.value(spell.apply(value));
            }

            @Override
            public T read(JsonReader in) throws IOException {
                expect(in, JsonToken.STRING);
                return parse.apply(in.nextString());
            }
        };
    }

    private static <T extends Number> TypeAdapter<T> number(Function<String, T> parse) {
        return new TypeAdapter<>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                out.value(value.longValue());
            }

            @Override
            public T read(JsonReader in) throws IOException {
                expect(in, JsonToken.NUMBER);
                return parse.apply(in.nextString());
            }
        };
    }

    private static final class Truth extends TypeAdapter<Boolean> {
        @Override
        public void write(JsonWriter out, Boolean value) throws IOException {
            out.value(value);
        }

        @Override
        public Boolean read(JsonReader in) throws IOException {
            expect(in, JsonToken.BOOLEAN);
            return in.nextBoolean();
        }
    }
}
