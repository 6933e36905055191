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

    /** @throws MalformedException if it is no status, or one without what every version says */
    public static NodeStatus readStatus(String json) throws MalformedException {
        NodeStatus status = read(() -> GSON.fromJson(json, NodeStatus.class));
        if (status.uid() == null || status.name() == null || status.role() == null || status.phase() == null || status.view() == null
            || status.inm() == null || status.auctionId() == null) {
            throw new MalformedException("a status without uid, name, role, phase, view, INM or auction");
        }
        return status;
    }

    public static String write(List<TraceEvent> events) {
        return GSON.toJson(events, EVENTS.getType());
    }

    /** @throws MalformedException if these are no events, or some without what every version says */
    public static List<TraceEvent> readEvents(String json) throws MalformedException {
        List<TraceEvent> events = read(() -> GSON.fromJson(json, EVENTS));
        for (TraceEvent event : events) {
            if (event == null || event.node() == null || event.protocol() == null || event.kind() == null || event.subject() == null) {
                throw new MalformedException("an event without node, protocol, kind or subject");
            }
        }
        return events;
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
