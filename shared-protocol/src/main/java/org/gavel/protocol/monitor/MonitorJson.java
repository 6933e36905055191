package org.gavel.protocol.monitor;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.MalformedException;

/** Statuses and trace events as JSON: uids as 16 hex digits, everything else as the records name it. */
public final class MonitorJson {
    private static final TypeToken<List<TraceEvent>> EVENTS = new TypeToken<>() { };
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().registerTypeAdapter(Uid.class, new HexUid()).create();

    private MonitorJson() { }

    public static String write(NodeStatus status) {
        return GSON.toJson(status);
    }

    public static NodeStatus readStatus(String json) throws MalformedException {
        return read(() -> GSON.fromJson(json, NodeStatus.class));
    }

    public static String write(List<TraceEvent> events) {
        return GSON.toJson(events, EVENTS.getType());
    }

    public static List<TraceEvent> readEvents(String json) throws MalformedException {
        return read(() -> GSON.fromJson(json, EVENTS));
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T read(Reading<T> reading) throws MalformedException {
        try {
            T read = reading.read();
            if (read == null) {
                throw new MalformedException("an empty report");
            }
            return read;
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new MalformedException("a report that cannot be read: " + e.getMessage(), e);
        }
    }

    private static final class HexUid extends TypeAdapter<Uid> {
        @Override
        public void write(JsonWriter out, Uid uid) throws IOException {
            out.value(uid.toString());
        }

        @Override
        public Uid read(JsonReader in) throws IOException {
            return Uid.parseHex(in.nextString());
        }
    }
}
